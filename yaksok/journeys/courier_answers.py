"""Bring a courier's answer to a file back, and tell it by telephone what changed since."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import at_work, dispatch
from yaksok.journeys.courier_files import must_look
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders import moving
from yaksok.mall.orders.finding import Place
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language
from yaksok.privacy.disclosure import handover, layouts, spreadsheet
from yaksok.privacy.disclosure import sheets as filing
from yaksok.privacy.disclosure.label import Label
from yaksok.privacy.disclosure.layouts import LayoutError
from yaksok.privacy.disclosure.register import Answer, Entry
from yaksok.privacy.disclosure.spreadsheet import Unreadable

PARCEL = re.compile(r"[0-9a-f]{20}")
TRACKING = re.compile(r"\d{9,14}")
TELEPHONE = re.compile(r"01[016789]\d{7,8}")
"""Looks like a mobile telephone's number: somebody took the wrong column, and it is not kept."""
PARCEL_TITLES = frozenset({"소포번호", "소포 번호", "parcel"})
TRACKING_TITLES = frozenset({"운송장번호", "운송장 번호", "송장번호", "tracking_number"})

UNREADABLE = {
    "empty": Text(ko="적힌 것이 없습니다.", en="There is nothing in it."),
    "formula": Text(
        ko="수식이 든 칸이 있어 받지 않았습니다. 값만 붙여 넣어 주세요.",
        en="A cell holds a formula, so it was not taken. Paste values only.",
    ),
    "not_a_table": Text(
        ko="xlsx나 CSV 표로 읽을 수 없습니다.", en="It cannot be read as an xlsx or CSV table."
    ),
    "titles": Text(
        ko="소포 번호와 운송장 번호의 칸을 하나씩 찾지 못했습니다. 첫 줄에 칸 이름이 있어야 합니다.",
        en="One column for the parcel number and one for the tracking number are needed, named in the first row.",
    ),
    "too_long": Text(ko="너무 깁니다. 나누어 올려 주세요.", en="It is too long. Split it up."),
}
BOTH = Text(
    ko="파일이나 붙여 넣은 글 하나만 보내 주세요.", en="Send a file or pasted text, not both."
)


class Outcome(StrEnum):
    """What became of one line of an answer."""

    CANCELLED = "cancelled"
    """The courier has a parcel of an order that was cancelled: call it back."""
    OTHER = "other"
    """It has another tracking number already; nothing was changed."""
    SAME = "same"
    """It was known."""
    TAKEN = "taken"
    """The order is shipped now, and the payer is written to."""
    TWICE = "twice"
    """The parcel or the number stands in this answer more than once, so none of these lines was taken."""
    UNFIT = "unfit"
    """One of the two is no such number."""
    UNKNOWN = "unknown"
    """No parcel that was handed over by file is called so."""
    USED = "used"
    """The tracking number belongs to another parcel."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it stood, and what became of it. ``parcel`` only when it looks like one."""

    number: int
    parcel: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Work:
    """What a person must see to: parcels without an answer, and what the courier must be told."""

    late: tuple[Entry, ...]
    to_tell: tuple[Entry, ...]


def bring_back(file: bytes, pasted: str, actor: Actor, *, language: Language) -> tuple[Line, ...]:
    """Take the courier's numbers, line by line: each good line ships its order, the others say why not.

    Only the two columns are read; whatever else the courier wrote into its file is forgotten at once.

    Arguments:
        file: A workbook or CSV with titles, at most 256 KiB and 1,000 rows; empty when text is pasted.
        pasted: The same as text; without titles the first column is the parcel's number.

    Raises:
        Invalid: it cannot be read at all, or holds a formula; nothing was taken.

    Refuses:
        Refused: the actor is no trained clerk (P7.13, P7.14).

    Records:
        Event.DISCLOSURE_HANDOVER_ACKNOWLEDGED for each parcel.
    """
    _must_be_a_clerk(actor)
    if bool(file) == bool(pasted.strip()):
        raise Invalid({"": (BOTH if file else UNREADABLE["empty"]).in_(language)})
    pairs = _pairs(file or pasted.encode(), language)
    often = Counter(parcel for _, parcel, _ in pairs)
    numbers = Counter(tracking for _, _, tracking in pairs)
    return tuple(
        Line(
            number,
            parcel if PARCEL.fullmatch(parcel) else "",
            Outcome.TWICE
            if often[parcel] > 1 or numbers[tracking] > 1
            else _answered(parcel, tracking),
        )
        for number, parcel, tracking in pairs
    )


def work(actor: Actor) -> Work:
    """What waits for a person. Refuses whoever is not staff of orders (P7.13)."""
    must_look(actor)
    with keeper():
        return Work(filing.unanswered(), filing.to_tell())


@retrying
def not_taken(parcel: str, actor: Actor) -> None:
    """The courier does not have this parcel: its order is paid again and can be handed over anew.

    Raises:
        NotFound: no file with it waits for an answer.

    Refuses:
        Refused: the actor is no trained clerk.
    """
    _must_be_a_clerk(actor)
    with keeper():
        place = parcels.place_of(parcel)
        order = moving.lock(*place) if place else None
        filing.not_taken(order.recipient if order else SubjectId(UUID(int=0)), parcel, actor=actor)
        if order is not None and order.state is OrderState.DISPATCHING:
            moving.move(order, OrderState.PAID)


@retrying
def read_out(subject: UUID, key: UUID, actor: Actor) -> Label | None:
    """The corrected label, to be read to the courier on the telephone; None when there is nothing to read.

    Raises:
        NotFound: nothing waits under this name.

    Refuses:
        Refused: the actor is no trained clerk, or the policy does not permit it.

    Records:
        Event.VAULT_ITEMS_OPENED with the recipient, Event.DISCLOSURE_HANDOVER_SENT.
    """
    _must_be_a_clerk(actor)
    with keeper():
        return filing.read_out((SubjectId(subject), key), actor=actor)


@retrying
def told(subject: UUID, key: UUID, answer: str, actor: Actor) -> None:
    """The courier was told, and this is what it did: :class:`Answer`. Raises like :func:`read_out`.

    Records:
        Event.DISCLOSURE_HANDOVER_ACKNOWLEDGED under the clerk's id.
    """
    _must_be_a_clerk(actor)
    if answer not in set(Answer):
        msg = "a courier has no such answer"
        raise NotFound(msg)
    with keeper():
        filing.told((SubjectId(subject), key), Answer(answer), actor=actor)


@retrying
def _answered(parcel: str, tracking: str) -> Outcome:
    if not PARCEL.fullmatch(parcel) or not _is_tracking(tracking):
        return Outcome.UNFIT
    with keeper():
        place = parcels.place_of(parcel)
        return Outcome.UNKNOWN if place is None else _shipped(place, parcel, tracking)


def _shipped(place: Place, parcel: str, tracking: str) -> Outcome:
    order = moving.lock(*place)
    if parcel not in filing.by_file([order.recipient]):
        return Outcome.UNKNOWN
    used = parcels.tracked_by(tracking)
    if used is not None and used != place:
        return Outcome.USED
    before = parcels.of_orders([place])[order.id].tracking_number
    if before:
        return Outcome.SAME if before == tracking else Outcome.OTHER
    if order.state not in {OrderState.PAID, *dispatch.BEYOND}:
        return Outcome.CANCELLED
    handover.came_through(order.recipient, parcel)
    dispatch.shipped(order, parcels.handed(*place, tracking))
    return Outcome.TAKEN


def _pairs(raw: bytes, language: Language) -> list[tuple[int, str, str]]:
    try:
        rows = spreadsheet.read(raw)
        first, second, after = _columns(rows)
    except Unreadable as error:
        said = UNREADABLE[error.reason].in_(language)
        where = {Language.KOREAN: f"{error.line}번째 줄: ", Language.ENGLISH: f"row {error.line}: "}
        raise Invalid({"": (where[language] if error.line else "") + said}) from None
    pairs = []
    for number, row in enumerate(rows[after:], after + 1):
        parcel, tracking = (row[at] if at < len(row) else "" for at in (first, second))
        if parcel or tracking:
            pairs.append((number, parcel.lower(), re.sub(r"[\s-]", "", tracking)))
    return pairs


def _columns(rows: tuple[spreadsheet.Row, ...]) -> tuple[int, int, int]:
    """Where parcel and tracking number stand, and how many rows of titles there are."""
    parcel, tracking = set(PARCEL_TITLES), set(TRACKING_TITLES)
    try:
        known = tuple(layouts.layouts().values())
    except LayoutError:
        known = ()
    parcel |= {layout.parcel for layout in known}
    tracking |= {layout.tracking for layout in known}
    titles = rows[0]
    found = [[at for at, title in enumerate(titles) if title in of] for of in (parcel, tracking)]
    if [len(one) for one in found] == [1, 1]:
        return found[0][0], found[1][0], 1
    two = 2
    if len(titles) == two and PARCEL.fullmatch(titles[0].lower()):
        return 0, 1, 0
    reason = "titles"
    raise Unreadable(reason, 1)


def _is_tracking(text: str) -> bool:
    return bool(TRACKING.fullmatch(text)) and text.isascii() and not TELEPHONE.fullmatch(text)


def _must_be_a_clerk(actor: Actor) -> None:
    at_work.trained(actor, {Role.CLERK}, "take in what couriers answer")
