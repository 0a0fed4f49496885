"""Hand parcels to a courier in a file: asked for, allowed by another person, taken once, answered by hand.

Nothing happens to an order before its file is taken. At that moment, in one transaction, each order is
locked and moves from paid to dispatching, the policy is asked about each label, the register and the log
say that it left, and the file is made in memory; it is kept nowhere. A kill before the end of that
transaction hands nothing over; a file that was lost after it is made again, and the register counts it.
"""

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import at_work, safe_numbers
from yaksok.journeys.courier_files import MAY_ALLOW, Outcome, Stage, rows, stage
from yaksok.journeys.dispatch import ABOUT_THE_ACTOR, BEYOND
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.errors import Invalid, NotFound, Refused, Shredded
from yaksok.kernel.ids import OrderId, SubjectId
from yaksok.mall.orders import finding, moving
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels, sheets
from yaksok.mall.shipping.sheets import Line, Sheet
from yaksok.policy.entries import Text
from yaksok.policy.masks import HIDDEN
from yaksok.policy.vocabulary import Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure import handover, layouts
from yaksok.privacy.disclosure import sheets as filing
from yaksok.privacy.disclosure.handover import COURIER
from yaksok.privacy.disclosure.label import Incomplete
from yaksok.privacy.disclosure.layouts import JSON, Consigned, Layout, LayoutError

MOST = 50
"""Orders in one file: what one page of the list shows."""
PROMISE = "P4.11"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NO_ORDER = Text(ko="넘길 수 있는 주문을 고르세요.", en="Choose orders that can be handed over.")
TOO_MANY = Text(
    ko=f"한 파일에는 주문을 {MOST}건까지 담을 수 있습니다.",
    en=f"One file takes at most {MOST} orders.",
)
NO_LAYOUT = Text(ko="택배사의 양식을 고르세요.", en="Choose the courier's layout.")
NO_REASON = Text(ko="까닭을 고르세요.", en="Choose a reason.")
NOTHING_LEFT = Text(
    ko="지금 넘길 수 있는 주문이 하나도 없어 파일을 만들지 않았습니다.",
    en="None of the orders can be handed over now, so no file was made.",
)


class Reason(StrEnum):
    """Why a file instead of the wire. Closed words, so that nothing of anybody is written into them."""

    AGAIN = "again"
    """The earlier file was lost before it reached the courier."""
    BY_CONTRACT = "by_contract"
    """The courier takes files only."""
    COURIER_DOWN = "courier_down"
    """The courier's wire does not answer."""


@dataclass(frozen=True, slots=True, repr=False)
class File:
    """What the browser saves. Says nothing when it is printed."""

    name: str
    type: str
    content: bytes

    def __repr__(self) -> str:
        return f"File({HIDDEN})"


def offered(language: Language) -> Mapping[str, str]:
    """The layouts by key, each with its name; JSON last.

    Raises:
        Invalid: a layout of the operator's own cannot be read; none is offered then.
    """
    named = {key: layout.name.in_(language) for key, layout in _layouts(language).items()}
    return {**named, JSON: "JSON"}


def name_of(layout: str, language: Language) -> str:
    """How a layout is called; its key when it is not there any more."""
    try:
        return offered(language).get(layout, layout)
    except Invalid:
        return layout


@retrying
def ask(
    order_ids: Collection[UUID],
    layout: str,
    reason: str,
    actor: Actor,
    *,
    language: Language,
    again_of: UUID | None = None,
) -> UUID:
    """Ask for a file with these orders. Nothing is opened and no order moves.

    Raises:
        Invalid: by field; no order that can go, no such layout, no reason.

    Refuses:
        Refused: the actor is no trained clerk (P7.13, P7.14).

    Records:
        Event.DISCLOSURE_SHEET_MOVED, ``asked``.
    """
    by = _clerk(actor)
    problems: dict[str, str] = {}
    if layout != JSON and layout not in _layouts(language):
        problems["layout"] = NO_LAYOUT.in_(language)
    if reason not in set(Reason):
        problems["reason"] = NO_REASON.in_(language)
    wanted = list(dict.fromkeys(order_ids))
    if len(wanted) > MOST:
        problems["order"] = TOO_MANY.in_(language)
    with keeper():
        found = finding.by_ids([OrderId(one) for one in wanted[:MOST]])
        anew = _unanswered(again_of)
        places = [(one.subject, one.id) for one in found.values() if _can_go(one, anew)]
        if not places:
            problems.setdefault("order", NO_ORDER.in_(language))
        if problems:
            raise Invalid(problems)
        key = sheets.ask(places, layout=layout, reason=reason, by=by, again_of=again_of)
        _note(actor, "asked", key, len(places))
    return key


def again(key: UUID, actor: Actor, *, language: Language) -> UUID:
    """Ask for the same file again, with what of it the courier has not answered. Raises like :func:`ask`."""
    with keeper():
        sheet = sheets.one(key)
        ids = [row.order.id for row in rows(sheet) if row.waits]
    return ask(ids, sheet.layout, Reason.AGAIN, actor, language=language, again_of=sheet.id)


@retrying
def allow(key: UUID, actor: Actor) -> None:
    """Another trained person allows the file. From now on it can be taken for half an hour.

    Refuses:
        Refused: it is the one who asked (P4.11), or somebody who is not trained (P7.13, P7.14).

    Raises:
        NotFound: no such file waits.

    Records:
        Event.DISCLOSURE_SHEET_MOVED, ``allowed``.
    """
    by = _trained(actor, MAY_ALLOW)
    with keeper():
        sheet = sheets.locked(key)
        _must_stand(sheet, Stage.ASKED)
        if by == sheet.asked_by:
            msg = "refused to act alone: another person must allow the file"
            raise Refused(msg, promise=PROMISE)
        sheets.allowed(key, by=by)
        _note(actor, "allowed", key, len(sheets.lines(key)))


@retrying
def close(key: UUID, actor: Actor) -> None:
    """Turn a file down, or take the wish for it back. Raises and refuses like :func:`allow`, but for who."""
    _trained(actor, MAY_ALLOW)
    with keeper():
        sheet = sheets.locked(key)
        _must_stand(sheet, Stage.ASKED, Stage.ALLOWED)
        sheets.closed(key)
        _note(actor, "closed", key, len(sheets.lines(key)))


def take(key: UUID, actor: Actor, *, language: Language) -> File:
    """The file, made now and in memory, to the one who asked, once.

    Each order is decided alone: what the policy refuses, what went another way meanwhile, or what
    waits for a safe number is left out, and the file's own page says why. Numbers are lent before.

    Refuses:
        Refused: somebody else asked for it (P4.11), or the actor is no trained clerk.

    Raises:
        NotFound: it was not allowed, was taken before, or its half-hour is over.
        Invalid: none of its orders can be handed over; it is not used up.

    Records:
        Event.DISCLOSURE_SHEET_MOVED, ``taken``, once for the list; and for each recipient, under their
        own trail, Event.VAULT_ITEMS_OPENED and Event.DISCLOSURE_HANDOVER_SENT.

    Source:
        P4.11-P4.13; P7.13 (two persons, ours).
    """
    safe_numbers.fetch(_to_lend(key, actor))
    return _take(key, actor, language)


@retrying
def _to_lend(key: UUID, actor: Actor) -> list[handover.Name]:
    """Have the provider asked for the safe numbers of the file's orders, before anything is in it."""
    with keeper():
        sheet = _mine(key, actor)
        anew = _unanswered(sheet.again_of)
        orders = [moving.lock(*line.place) for line in sheets.lines(key)]
        planned = [_lending(one, actor) for one in orders if _can_go(one, anew)]
    return [name for name in planned if name is not None]


def _lending(order: Order, actor: Actor) -> handover.Name | None:
    try:
        return safe_numbers.plan(order, actor)
    except Refused as refusal:
        if refusal.promise in ABOUT_THE_ACTOR:
            raise
        return None  # the file itself says why it is left out


def _mine(key: UUID, actor: Actor) -> Sheet:
    """The locked file, which this person asked for and may take now."""
    by = _clerk(actor)
    sheet = sheets.locked(key)
    if by != sheet.asked_by:
        msg = "refused: a file is taken by the one who asked for it"
        raise Refused(msg, promise=PROMISE)
    _must_stand(sheet, Stage.ALLOWED)
    return sheet


@retrying
def _take(key: UUID, actor: Actor, language: Language) -> File:
    with keeper():
        sheet = _mine(key, actor)
        layout = None if sheet.layout == JSON else _layouts(language).get(sheet.layout)
        if layout is None and sheet.layout != JSON:
            raise Invalid({"layout": NO_LAYOUT.in_(language)})
        anew = _unanswered(sheet.again_of)
        results = [_claim(line, anew, actor) for line in sheets.lines(key)]
        consigned = [one for _, one in results if one is not None]
        if not consigned:
            raise Invalid({"": NOTHING_LEFT.in_(language)})
        sheets.taken(key, [line for line, _ in results])
        _note(actor, "taken", key, len(consigned))
        return _file(sheet, layout, consigned)


def _claim(line: Line, anew: frozenset[OrderId], actor: Actor) -> tuple[Line, Consigned | None]:
    order = moving.lock(*line.place)
    if not _can_go(order, anew):
        why = Outcome.OTHERWISE if order.state in BEYOND else Outcome.GONE
        return Line(line.place, why, ""), None
    if safe_numbers.missing(order):
        return Line(line.place, Outcome.NUMBER_AWAITED, ""), None
    parcel = parcels.open_for(*line.place)
    try:
        consigned = filing.give(
            order.recipient,
            order.recipient_record,
            parcel.number,
            kind=RecordKind.ORDER_RECIPIENT,
            purpose=Purpose.DELIVERY,
            actor=actor,
            items=safe_numbers.items_of(order),
        )
    except Refused as refusal:
        if refusal.promise in ABOUT_THE_ACTOR:
            raise
        return Line(line.place, Outcome.REFUSED, refusal.promise), None
    except (Incomplete, NotFound, Shredded):
        return Line(line.place, Outcome.INCOMPLETE, ""), None
    if order.state is OrderState.PAID:
        moving.move(order, OrderState.DISPATCHING)
    return Line(line.place, Outcome.HANDED, ""), consigned


def _can_go(order: Order, anew: frozenset[OrderId]) -> bool:
    """Whether it is paid and nowhere yet; or in a file that is made again and was not answered."""
    return order.state is OrderState.PAID or (
        order.state is OrderState.DISPATCHING and order.id in anew
    )


def _unanswered(key: UUID | None) -> frozenset[OrderId]:
    """The orders of a file that the courier has not answered."""
    if key is None:
        return frozenset()
    return frozenset(row.order.id for row in rows(sheets.one(key)) if row.waits)


def _file(sheet: Sheet, layout: Layout | None, consigned: Sequence[Consigned]) -> File:
    day = clock.now().astimezone(SEOUL).date()
    end, kind = ("json", "application/json") if layout is None else ("xlsx", WORKBOOK)
    return File(f"parcels-{sheet.layout}-{day}.{end}", kind, layouts.file_of(layout, consigned))


def _layouts(language: Language) -> Mapping[str, Layout]:
    try:
        return layouts.layouts()
    except LayoutError as error:
        said = Text(
            ko=f"직접 만든 양식을 읽을 수 없어 파일을 만들지 않습니다: {error}",
            en=f"A layout of your own cannot be read, so no file is made: {error}",
        )
        raise Invalid({"layout": said.in_(language)}) from None


def _must_stand(sheet: Sheet, *stages: Stage) -> None:
    if stage(sheet) not in stages:
        msg = "the file does not stand so any more: its time is over, or somebody was there before"
        raise NotFound(msg)


def _clerk(actor: Actor) -> SubjectId:
    return _trained(actor, frozenset({Role.CLERK}))


def _trained(actor: Actor, roles: Container[Role]) -> SubjectId:
    return at_work.trained(actor, roles, "hand parcels over by file")


def _note(actor: Actor, step: str, key: UUID, orders: int) -> None:
    """One entry for the whole list; each recipient has their own besides."""
    act = log.Act(
        Event.DISCLOSURE_SHEET_MOVED,
        actor,
        kinds=[RecordKind.ORDER_RECIPIENT],
        purpose=Purpose.DELIVERY,
        promise=PROMISE,
        recipient=COURIER,
        reason=f"{step}:{key}",
        subjects=orders,
    )
    log.record_all([act])
