"""Read the register of handovers: what was handed to whom, and what they said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, Min, Q

from yaksok.kernel import clock
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.disclosure.models import Handover


class Message(StrEnum):
    """What a handover tells its recipient."""

    CORRECTION = "correction"
    """What was handed over before has changed."""
    ERASURE = "erasure"
    """What was handed over before must be erased there too. Carries the reference and no value."""
    HANDOVER = "handover"


FOLLOWING = (Message.CORRECTION, Message.ERASURE)
"""What goes to somebody who received something before; the person is told what came of it."""


class Way(StrEnum):
    """How a message reaches its recipient."""

    FILE = "file"
    """In a file that a person took along; whatever follows it is told by a person too."""
    WIRE = "wire"


class State(StrEnum):
    """Where a handover stands."""

    ACKNOWLEDGED = "acknowledged"
    """The recipient said that it did what it was told; ``answer`` says which way."""
    FILED = "filed"
    """A person has it in a file, and the recipient's answer was not brought back yet. Never sent by wire."""
    GIVEN_UP = "given_up"
    """It will not be tried again; ``reason`` says why."""
    PLANNED = "planned"
    """Nothing has left yet."""
    SENDING = "sending"
    """It was or is being sent, and no answer is on record."""
    TAKEN = "taken"
    """The recipient has it and will say later what it did; it is asked again until then."""


OPEN = (State.PLANNED, State.SENDING, State.TAKEN)
SETTLED = (State.ACKNOWLEDGED, State.GIVEN_UP)


class Answer(StrEnum):
    """What a recipient says that it did."""

    DONE = "done"
    NOT_HELD = "not_held"
    """It has nothing under this reference, or nothing any more."""


UNREACHABLE = "unreachable"
"""The recipient gave no usable answer."""
AWAITED = "number_awaited"
"""It is for the courier, and its safe number was not lent yet."""
NO_NUMBER = "no_number"
"""The same, and it will not be: the provider refuses, or never answered."""
ERASED = "erased"
"""The mall itself holds nothing of it any more, so there was nothing to send."""
RECALLED = "recalled"
"""An erasure went after it, or the person took it back before it left."""

NO_FAULT = (ERASED, RECALLED)
"""Reasons for giving up that are as they should be; of a refusal the same is true."""

BROKEN = (
    Q(message__in=FOLLOWING, state=State.GIVEN_UP)
    & ~Q(reason__in=NO_FAULT)
    & ~Q(reason__startswith="refused:")
)
"""A correction or an erasure that did not reach somebody who holds the data."""


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
    answer: str = ""
    due_at: datetime | None = None
    told: str = ""
    recalled_at: datetime | None = None
    way: Way = Way.WIRE

    @property
    def last_moment(self) -> datetime | None:
        """The end of the last day on which the person must hear of it; ``due_at`` is the next day's start."""
        return self.due_at - timedelta(microseconds=1) if self.due_at is not None else None

    @property
    def broken(self) -> bool:
        """Whether somebody who holds the data was not reached, so that a person must see to it."""
        own = self.reason in NO_FAULT or self.reason.startswith("refused:")
        return self.message in FOLLOWING and self.state is State.GIVEN_UP and not own


@dataclass(frozen=True, slots=True)
class Alarms:
    """What a person must look at: messages that were given up, and those whose day has passed."""

    given_up: int
    overdue: int

    @property
    def any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.given_up or self.overdue)


def for_subject(subject: SubjectId) -> tuple[Entry, ...]:
    """All that was or will be handed over of ``subject``, oldest first. For the person's own page."""
    return tuple(
        entry_of(row) for row in Handover.objects.filter(subject_id=subject).order_by("id")
    )


def for_subjects(subjects: Collection[SubjectId]) -> tuple[Entry, ...]:
    """The same of several, oldest first, in one query."""
    rows = Handover.objects.filter(subject_id__in=list(subjects)).order_by("id")
    return tuple(entry_of(row) for row in rows)


def of_references(subjects: Collection[SubjectId]) -> Mapping[str, Entry]:
    """The handover of each parcel of ``subjects``, by parcel number. For lists."""
    rows = Handover.objects.filter(subject_id__in=subjects, message=Message.HANDOVER)
    return {row.reference: entry_of(row) for row in rows}


def waiting(recipient: str) -> tuple[int, datetime | None]:
    """How many messages to ``recipient`` were tried and not taken yet, and when the next one is tried."""
    rows = Handover.objects.filter(recipient=recipient, state=State.SENDING, reason=UNREACHABLE)
    found = rows.aggregate(count=Count("id"), next=Min("next_try"))
    return int(found["count"]), found["next"]


def alarms() -> Alarms:
    """What of corrections and erasures a person must look at now. Two counts on partial indices."""
    at = clock.now()
    open_ones = Handover.objects.filter(message__in=FOLLOWING, state__in=OPEN)
    return Alarms(Handover.objects.filter(BROKEN).count(), open_ones.filter(due_at__lte=at).count())


def to_look_at(limit: int = 100) -> tuple[Entry, ...]:
    """The messages behind :func:`alarms`, the longest waiting first."""
    late = Q(message__in=FOLLOWING, state__in=OPEN, due_at__lte=clock.now())
    rows = Handover.objects.filter(BROKEN | late).order_by("planned_at")[:limit]
    return tuple(entry_of(row) for row in rows)


def untold(before: datetime, limit: int) -> tuple[SubjectId, ...]:
    """Persons who were not told yet what became of a correction or an erasure, each once.

    Those of a message that is settled, and those whose message is open and due ``before``. What
    nobody has to be told of has no day on which it is due.
    """
    settled = Q(state__in=SETTLED) & ~Q(told=F("state"))
    late = Q(state__in=OPEN, told="", due_at__lte=before)
    rows = (
        Handover.objects.filter(settled | late, message__in=FOLLOWING, due_at__isnull=False)
        .order_by("due_at")
        .values_list("subject_id", flat=True)[:limit]
    )
    return tuple(dict.fromkeys(SubjectId(one) for one in rows))


def page(
    *, recipient: str = "", before: UUID | None = None, limit: int = 50
) -> tuple[tuple[Entry, ...], bool]:
    """Lines of the whole register, newest first, those before the line ``before``; and whether more follow."""
    rows = Handover.objects.order_by("-id")
    if recipient:
        rows = rows.filter(recipient=recipient)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = [entry_of(row) for row in rows[: limit + 1]]
    return tuple(found[:limit]), len(found) > limit


def tally(recipient: str) -> Mapping[str, int]:
    """How many persons' data ``recipient`` has, waits for, and was asked to erase. Counts only."""
    rows = Handover.objects.filter(recipient=recipient, message=Message.HANDOVER)
    live = Q(recalled_at=None)
    found = rows.aggregate(
        given=Count("id", filter=live & Q(state=State.ACKNOWLEDGED)),
        waiting=Count("id", filter=live & Q(state__in=(*OPEN, State.FILED))),
        failed=Count("id", filter=live & Q(state=State.GIVEN_UP)),
        recalled=Count("id", filter=~live),
    )
    return {name: int(count) for name, count in found.items()}


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
        row.answer,
        row.due_at,
        row.told,
        row.recalled_at,
        Way(row.way),
    )
