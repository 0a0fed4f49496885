"""Read the register of handovers: what was handed to whom, and what they said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Min

from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.disclosure.models import Handover


class Message(StrEnum):
    """What a handover tells its recipient."""

    CORRECTION = "correction"
    """What was handed over before has changed."""
    HANDOVER = "handover"


class State(StrEnum):
    """Where a handover stands."""

    ACKNOWLEDGED = "acknowledged"
    """The recipient said that it has it."""
    GIVEN_UP = "given_up"
    """It will not be tried again; ``reason`` says why."""
    PLANNED = "planned"
    """Nothing has left yet."""
    SENDING = "sending"
    """It was or is being sent, and no answer is on record."""


UNREACHABLE = "unreachable"
"""The recipient gave no usable answer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. Names of items, never values."""

    subject: SubjectId
    id: UUID
    recipient: str
    message: Message
    kind: RecordKind
    record: RecordId
    items: tuple[Item, ...]
    purpose: Purpose
    promise: str
    reference: str
    state: State
    reason: str
    attempts: int
    planned_at: datetime
    next_try: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None


def for_subject(subject: SubjectId) -> tuple[Entry, ...]:
    """All that was or will be handed over of ``subject``, oldest first. For the person's own page."""
    return tuple(
        entry_of(row) for row in Handover.objects.filter(subject_id=subject).order_by("id")
    )


def of_references(subjects: Collection[SubjectId]) -> Mapping[str, Entry]:
    """The handover of each parcel of ``subjects``, by parcel number. For lists."""
    rows = Handover.objects.filter(subject_id__in=subjects, message=Message.HANDOVER)
    return {row.reference: entry_of(row) for row in rows}


def waiting() -> tuple[int, datetime | None]:
    """How many handovers were tried and not taken yet, and when the next one is tried."""
    rows = Handover.objects.filter(state=State.SENDING, reason=UNREACHABLE)
    found = rows.aggregate(count=Count("id"), next=Min("next_try"))
    return int(found["count"]), found["next"]


def entry_of(row: Handover) -> Entry:
    """A row as a value."""
    return Entry(
        SubjectId(row.subject_id),
        row.id,
        row.recipient,
        Message(row.message),
        RecordKind(row.kind),
        RecordId(row.record_id),
        tuple(Item(name) for name in row.items),
        Purpose(row.purpose),
        row.promise,
        row.reference,
        State(row.state),
        row.reason,
        row.attempts,
        row.planned_at,
        row.next_try,
        row.sent_at,
        row.acknowledged_at,
    )
