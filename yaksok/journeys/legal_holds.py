"""Legal holds: two officers keep what belongs to one order from being destroyed, and two let it go."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys.legal_doors import another, moved, named, names_of, officer, overseer
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, Refused
from yaksok.kernel.ids import OrderId
from yaksok.mall.orders import finding
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit.events import Event
from yaksok.privacy.retention import copies, grounds, holds
from yaksok.privacy.retention.holds import Hold
from yaksok.privacy.vault import gate

LONGEST_REVIEW = timedelta(days=366)
"""At the latest after this a hold is looked at again."""

WRONG_DAY = Text(
    ko="다시 살펴볼 날을 내일부터 한 해 안에서 고릅니다.",
    en="Choose the day of review between tomorrow and a year from now.",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One hold as the list shows it. ``overdue``: its day of review has passed."""

    hold: Hold
    number: str
    overdue: bool


@retrying
def ask(
    number: str,
    ground: str,
    document: str,
    review_on: str,
    *,
    actor: Actor,
    language: Language,
) -> UUID:
    """Ask that the records of the order ``number`` are held. Nothing is held until another agrees.

    Arguments:
        review_on: When it is looked at again, ``2026-12-31``; within a year.

    Raises:
        Invalid: no such order, ground, number of a document, or day.

    Records:
        Event.RETENTION_HOLD_MOVED, ``asked``.
    """
    by = officer(actor)
    why, paper = grounds.checked(ground, document, language=language)
    day = _day(review_on, language)
    with keeper():
        order = named(number, language).order
        key = holds.ask(
            order.subject,
            order.id,
            ground=why,
            document=paper,
            review_on=day,
            by=by,
            at=clock.now(),
        )
        moved(Event.RETENTION_HOLD_MOVED, actor, "asked")
    return key


@retrying
def second(hold_id: UUID, *, actor: Actor) -> None:
    """Another officer agrees: from now on nothing that a law keeps of the order is destroyed.

    The records themselves still end on their day, so that nobody uses them; what stays is the law's
    copy under its own key, and its date waits until the hold is lifted.

    Refuses:
        Refused: the same officer, or a hold that stands or is over.

    Records:
        Event.RETENTION_HOLD_MOVED, ``set``.
    """
    with keeper():
        hold = holds.locked(hold_id)
        by = another(actor, hold.asked_by)
        _must(hold, hold.seconded_at is None)
        names = names_of(finding.of(hold.subject, hold.order)).records
        holds.second(hold, names, by=by, at=clock.now())
        for subject, record in names:
            for copy in copies.of(subject, [record]):
                gate.set_end(subject, copy.record, None)
        moved(Event.RETENTION_HOLD_MOVED, actor, "set")


@retrying
def ask_release(hold_id: UUID, *, actor: Actor) -> None:
    """Ask that the hold is lifted. Records Event.RETENTION_HOLD_MOVED, ``release_asked``."""
    by = officer(actor)
    with keeper():
        hold = holds.locked(hold_id)
        _must(hold, hold.stands)
        holds.ask_release(hold, by=by, at=clock.now())
        moved(Event.RETENTION_HOLD_MOVED, actor, "release_asked")


@retrying
def release(hold_id: UUID, *, actor: Actor) -> None:
    """Another officer agrees: what is past its date is destroyed by the next sweep, the rest on its date.

    Refuses:
        Refused: the same officer, or nobody asked for it.

    Records:
        Event.RETENTION_HOLD_MOVED, ``lifted``.
    """
    with keeper():
        hold = holds.locked(hold_id)
        _must(hold, hold.stands and hold.release_by is not None)
        by = another(actor, hold.release_by or hold.asked_by)
        for subject, record in holds.release(hold, by=by, at=clock.now()):
            for copy in copies.of(subject, [record]):
                gate.set_end(subject, copy.record, copy.until)
        moved(Event.RETENTION_HOLD_MOVED, actor, "lifted")


def every(actor: Actor) -> tuple[Listed, ...]:
    """All holds, the newest first."""
    overseer(actor)
    today = clock.today()
    with keeper():
        found = holds.every()
        orders = finding.by_ids({hold.order for hold in found})
        return tuple(
            Listed(hold, _number(orders, hold.order), hold.stands and hold.review_on < today)
            for hold in found
        )


def _number(orders: dict[OrderId, finding.Order], order: OrderId) -> str:
    return orders[order].number if order in orders else "-"


def _day(typed: str, language: Language) -> date:
    today = clock.today()
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = today
    if not today < day <= today + LONGEST_REVIEW:
        raise Invalid({"review_on": WRONG_DAY.in_(language)})
    return day


def _must(hold: Hold, fits: bool) -> None:  # noqa: FBT001 - what must be true
    if not fits:
        msg = f"refused: hold {hold.id} is not at this step"
        raise Refused(msg, promise="P3.10")
