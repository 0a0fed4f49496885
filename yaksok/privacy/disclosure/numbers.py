"""Safe numbers in the register: a line of their provider, for a line of the courier that waits for it.

A number is lent for one recipient's record and one parcel. Its line is a handover like any other: the
provider is given the telephone, a correction follows it there, and its erasure gives the number back.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy.safe_number import PROVIDER
from yaksok.policy.vocabulary import Item
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.noting import note
from yaksok.privacy.disclosure.register import (
    AWAITED,
    NO_NUMBER,
    Entry,
    Message,
    State,
    entry_of,
)
from yaksok.privacy.vault import gate

COURIER = "courier"
"""The recipient's name in the policy; all others are partners, but for the provider of safe numbers."""
SAFE_NUMBERS = PROVIDER
"""The provider's name in the policy, if it has one."""

Name = tuple[SubjectId, RecordId]


def lent(name: Name) -> Entry | None:
    """The provider's line for the record, under way or answered; None when none stands."""
    rows = _of(name, SAFE_NUMBERS).filter(recalled_at=None)
    row = rows.order_by("-id").first()
    return entry_of(row) if row else None


def ready(name: Name) -> bool:
    """Whether the record has a number that leads to its recipient now."""
    found = lent(name)
    return found is not None and found.state is State.ACKNOWLEDGED


def awaits(entry: Entry) -> bool:
    """Whether the courier's line must wait, because its number was not lent yet."""
    wanted = entry.message is Message.HANDOVER and Item.SAFE_NUMBER in entry.items
    waits = entry.recipient == COURIER and wanted and entry.recalled_at is None
    return waits and not ready((entry.subject, entry.record))


def hold(entry: Entry, until: datetime) -> None:
    """The courier's line is looked at again then; whoever lends the number wakes it before."""
    _rows(entry).update(next_try=until, reason=AWAITED)


def wake(name: Name) -> None:
    """What waited for the record's number is sent now, or decided anew."""
    _waiting(name).update(next_try=clock.now(), reason="")


def abandon(name: Name, *, actor: Actor) -> tuple[str, ...]:
    """Give up what waited for a number that is not lent; the parcels' numbers.

    Records:
        Event.DISCLOSURE_HANDOVER_GIVEN_UP for each.
    """
    waiting = list(_waiting(name).select_for_update())
    trail = gate.trail_of(name[0]) if waiting else None
    for row in waiting:
        _rows(entry_of(row)).update(state=State.GIVEN_UP, reason=NO_NUMBER, leased_until=None)
        note(Event.DISCLOSURE_HANDOVER_GIVEN_UP, entry_of(row), actor, trail, NO_NUMBER)
    return tuple(row.reference for row in waiting)


def lend_until(name: Name, at: datetime) -> None:
    """The number is given back then. Belongs to the transaction in which it is lent."""
    _of(name, SAFE_NUMBERS).filter(recalled_at=None).update(next_try=at)


def ends_by(name: Name, at: datetime) -> None:
    """The number is given back then, if its days are not over before."""
    lent_now = _of(name, SAFE_NUMBERS).filter(state=State.ACKNOWLEDGED, recalled_at=None)
    lent_now.filter(next_try__gt=at).update(next_try=at)


def over(limit: int) -> tuple[Name, ...]:
    """Records whose number is to be given back, the longest waiting first."""
    rows = Handover.objects.filter(
        recipient=SAFE_NUMBERS,
        message=Message.HANDOVER,
        state=State.ACKNOWLEDGED,
        recalled_at=None,
        next_try__lte=clock.now(),
    )
    found = rows.order_by("next_try").values_list("subject_id", "record_id")[:limit]
    return tuple((SubjectId(subject), RecordId(record)) for subject, record in found)


def _of(name: Name, recipient: str) -> QuerySet[Handover]:
    return Handover.objects.filter(
        subject_id=name[0], record_id=name[1], recipient=recipient, message=Message.HANDOVER
    )


def _waiting(name: Name) -> QuerySet[Handover]:
    wanted = Q(items__contains=[Item.SAFE_NUMBER]) & Q(state=State.PLANNED, recalled_at=None)
    return _of(name, COURIER).filter(wanted)


def _rows(entry: Entry) -> QuerySet[Handover]:
    return Handover.objects.filter(subject_id=entry.subject, id=entry.id)
