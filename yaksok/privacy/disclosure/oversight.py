"""Look after those who work for the mall under contract: dated entries of what was done, for good."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import new_id
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure.models import Oversight


class Kind(StrEnum):
    """What was done (PIPA 26, Decree 28)."""

    CONTRACT = "contract"
    """The written contract was signed or renewed."""
    DESTRUCTION = "destruction"
    """It confirmed that what it had was destroyed."""
    INSPECTION = "inspection"
    REENTRUSTMENT = "reentrustment"
    """The mall agreed that it passes some of the work on."""
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Entered:
    """One line of the book."""

    processor: str
    kind: Kind
    day: date
    note: str


def enter(processor: str, kind: Kind, day: date, note: str, *, actor: Actor) -> None:
    """Write down what was done with ``processor`` on ``day``. It cannot be changed any more.

    Arguments:
        note: A few words without anybody's name, as the journey checked them.

    Records:
        Event.DISCLOSURE_OVERSIGHT_ENTERED.
    """
    if actor.subject is None:
        msg = "refused: somebody must answer for the entry"
        raise Refused(msg, promise="P7.13")
    Oversight.objects.create(
        id=new_id(),
        processor=processor,
        kind=kind,
        day=day,
        note=note,
        entered_by=actor.subject,
        entered_at=clock.now(),
    )
    log.record(
        Event.DISCLOSURE_OVERSIGHT_ENTERED,
        actor=actor,
        promise="P4.11",
        recipient=processor,
        reason=kind.value,
    )


def of(processor: str) -> tuple[Entered, ...]:
    """What was done with ``processor``, the latest day first."""
    rows = Oversight.objects.filter(processor=processor).order_by("-day", "-id")
    return tuple(Entered(row.processor, Kind(row.kind), row.day, row.note) for row in rows)
