"""What follows a handover: a late answer, a correction, the erasure of what was given."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import RecordId, SubjectId, new_id
from yaksok.policy.deadlines import calendar_of, over
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import Country, deadline
from yaksok.policy.retention import Period
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.noting import note
from yaksok.privacy.disclosure.register import (
    FOLLOWING,
    OPEN,
    RECALLED,
    Answer,
    Entry,
    Message,
    State,
    entry_of,
)
from yaksok.privacy.vault import gate

SENDER = Actor.system("deliver")


def correct(subject: SubjectId, record: RecordId, *, actor: Actor) -> int:
    """Tell everybody who received ``record`` that it changed, through the outbox (P4.5).

    To be called in the transaction that amends the record. What was not sent yet needs no
    correction: it is opened when it is sent.

    Returns:
        How many recipients will be told.

    Records:
        Event.DISCLOSURE_HANDOVER_PLANNED for each.
    """
    rows = list(_received(subject).filter(record_id=record))
    _follow(rows, Message.CORRECTION, actor, gate.trail_of(subject))
    return len(rows)


def recall(
    subject: SubjectId,
    records: Collection[RecordId] | None,
    *,
    actor: Actor,
    recipient: str | None = None,
    quietly: bool = False,
) -> int:
    """Have everybody who received something of ``subject`` erase it, through the outbox.

    To be called in the transaction that erases, or that takes a consent back, before it erases. The
    messages carry the reference and nothing else, so they outlive the person here. What was planned
    and not sent stays here for good; what is under way is followed by its erasure. Calling it again
    plans nothing new.

    Arguments:
        records: Which records; None for all.
        recipient: Only of this one; None for everybody.
        quietly: It ends as it was told beforehand that it would, so nobody is written to about it.

    Returns:
        How many recipients will be told.

    Records:
        Event.DISCLOSURE_HANDOVER_PLANNED for each.

    Source:
        P4.7, P3.7; GDPR 19.
    """
    handed = Handover.objects.filter(subject_id=subject, message=Message.HANDOVER, recalled_at=None)
    if records is not None:
        handed = handed.filter(record_id__in=list(records))
    if recipient is not None:
        handed = handed.filter(recipient=recipient)
    rows = list(handed.select_for_update())
    if not rows:
        return 0
    ids, references = [row.id for row in rows], [row.reference for row in rows]
    Handover.objects.filter(subject_id=subject, id__in=ids).update(recalled_at=clock.now())
    Handover.objects.filter(
        subject_id=subject,
        reference__in=references,
        message=Message.CORRECTION,
        state__in=OPEN,
    ).update(state=State.GIVEN_UP, reason=RECALLED, told=State.GIVEN_UP)
    received = [row for row in rows if row.sent_at is not None]
    _follow(received, Message.ERASURE, actor, gate.trail_of(subject), quietly=quietly)
    return len(received)


def retry(subject: SubjectId, key: UUID, *, actor: Actor) -> None:
    """Send a correction or an erasure again that was given up.

    Raises:
        NotFound: there is no such message, or it was not given up by a recipient's fault.

    Records:
        Event.DISCLOSURE_HANDOVER_PLANNED.
    """
    row = (
        Handover.objects.select_for_update()
        .filter(subject_id=subject, id=key, message__in=FOLLOWING)
        .first()
    )
    if row is None or not entry_of(row).broken:
        msg = "there is no message here that could be sent again"
        raise NotFound(msg)
    Handover.objects.filter(subject_id=subject, id=key).update(
        state=State.PLANNED, reason="", attempts=0, next_try=clock.now(), leased_until=None
    )
    note(Event.DISCLOSURE_HANDOVER_PLANNED, entry_of(row), actor, gate.trail_of(subject))


def came_through(subject: SubjectId, reference: str) -> bool:
    """The recipient shows by what it does that it has the parcel, though its answer never came.

    Returns:
        Whether that was news; then it is not sent again.
    """
    row = Handover.objects.filter(
        subject_id=subject,
        reference=reference,
        message=Message.HANDOVER,
        attempts__gt=0,
    ).exclude(state=State.ACKNOWLEDGED)
    found = row.select_for_update().first()
    return found is not None and _settled_late(found, Answer.DONE)


def settle(recipient: str, key: UUID, answer: Answer) -> bool:
    """A partner says later what it did with the message ``key``. Repetitions change nothing.

    Returns:
        Whether that was news. It is none for a message that never left, or of another recipient.
    """
    row = Handover.objects.filter(recipient=recipient, id=key, attempts__gt=0).exclude(
        state=State.ACKNOWLEDGED
    )
    found = row.select_for_update().first()
    if found is None or (found.message == Message.HANDOVER and answer is Answer.NOT_HELD):
        return False
    return _settled_late(found, answer)


def _settled_late(row: Handover, answer: Answer) -> bool:
    entry = entry_of(row)
    Handover.objects.filter(subject_id=entry.subject, id=entry.id).update(
        state=State.ACKNOWLEDGED,
        reason="",
        answer=answer,
        acknowledged_at=clock.now(),
        leased_until=None,
    )
    trail = gate.trail_of(entry.subject)
    note(Event.DISCLOSURE_HANDOVER_ACKNOWLEDGED, entry, SENDER, trail)
    return True


def told(subject: SubjectId, states: Iterable[tuple[UUID, State]]) -> None:
    """Note that the person was told where each message stands."""
    for key, state in states:
        Handover.objects.filter(subject_id=subject, id=key).update(told=state)


def locked(subject: SubjectId) -> tuple[Entry, ...]:
    """Corrections and erasures of ``subject``, oldest first; nobody else tells of them meanwhile.

    Without those of which nobody has to be told.
    """
    rows = Handover.objects.filter(subject_id=subject, message__in=FOLLOWING, due_at__isnull=False)
    return tuple(entry_of(row) for row in rows.order_by("id").select_for_update())


def due(at: datetime) -> datetime:
    """Until when a person must know what became of a correction or an erasure that began ``at``."""
    body = policy().document.body
    calendar = calendar_of(body)
    country: Country = "eu" if calendar.european else "kr"
    row = deadline("correction", calendar.day_of(at), country)
    return over(calendar, at, Period.parse(row.period))


def _received(subject: SubjectId) -> QuerySet[Handover]:
    """Handovers whose recipient has the items, or may have them, and was not asked to erase them."""
    return Handover.objects.filter(
        subject_id=subject,
        message=Message.HANDOVER,
        sent_at__isnull=False,
        recalled_at=None,
    )


def _follow(
    rows: list[Handover],
    message: Message,
    actor: Actor,
    trail: UUID | None,
    *,
    quietly: bool = False,
) -> None:
    at = clock.now()
    until = None if quietly else due(at)
    for row in rows:
        following = Handover(
            subject_id=row.subject_id,
            id=new_id(),
            recipient=row.recipient,
            message=message,
            kind=row.kind,
            record_id=row.record_id,
            items=row.items,
            purpose=row.purpose,
            promise="P4.7" if message is Message.ERASURE else "P4.5",
            reference=row.reference,
            state=State.PLANNED,
            planned_at=at,
            next_try=at,
            due_at=until,
            way=row.way,
        )
        following.save(force_insert=True)
        note(Event.DISCLOSURE_HANDOVER_PLANNED, entry_of(following), actor, trail)
