"""What a basket costs now, and what is wrong with it. The basket itself lives in the browser (P6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from yaksok.journeys.questions import Question, asked
from yaksok.journeys.speaking import spoken
from yaksok.mall.catalogue import shelf
from yaksok.mall.catalogue.goods import Offer, Picture
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language

MOST_LINES = 50
MOST_OF_ONE = 99
"""Pieces of one variant in one order."""

FREE_SHIPPING_FROM = 50_000
"""Won of goods from which the parcel costs nothing."""
SHIPPING_FEE = 3_000


class Trouble(StrEnum):
    """What can be wrong with a basket."""

    MALFORMED = "malformed"
    """A line that is not a variant and a whole number from 1 to 99."""
    SOLD_OUT = "sold_out"
    TOO_FEW = "too_few"
    """Fewer are left than are in the basket."""
    TOO_MANY = "too_many"
    """More than 99 of one variant."""
    TOO_MANY_LINES = "too_many_lines"
    WITHDRAWN = "withdrawn"
    """No longer sold, or never was."""


SENTENCES = {
    Trouble.MALFORMED: Text(
        ko="알아볼 수 없는 줄이 있어 뺐어요. 상품 화면에서 다시 담아 주세요.",
        en="We took out a line we could not read. Add the product again from its page.",
    ),
    Trouble.SOLD_OUT: Text(
        ko="품절되었어요. 이 상품을 빼거나 다른 상품을 골라 주세요.",
        en="Sold out. Remove it, or choose something else.",
    ),
    Trouble.TOO_FEW: Text(
        ko="{left}개 남았어요. 수량을 줄여 주세요.", en="Only {left} left. Choose fewer."
    ),
    Trouble.TOO_MANY: Text(
        ko="한 상품은 한 번에 99개까지 주문할 수 있어요. 수량을 줄여 주세요.",
        en="You can order at most 99 of one product at a time. Choose fewer.",
    ),
    Trouble.TOO_MANY_LINES: Text(
        ko="한 번에 50가지까지 주문할 수 있어요. 나머지는 다음 주문에 담아 주세요.",
        en="You can order at most 50 different products at a time. Leave the rest for the next order.",
    ),
    Trouble.WITHDRAWN: Text(
        ko="더는 팔지 않는 상품이에요. 빼 주세요.", en="This is no longer sold. Please remove it."
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the buyer must change before ordering. ``variant_id`` is None for the whole basket."""

    trouble: Trouble
    variant_id: UUID | None = None
    left: int = 0

    @property
    def text(self) -> str:
        """What to do, in the language of the page."""
        return spoken(SENTENCES[self.trouble]).format(left=self.left)


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One variant in the basket. Prices are won; ``available`` is how many could be bought now.

    ``subtotal`` is 0 when none can be bought.
    """

    variant_id: UUID
    product_slug: str
    name: str
    option: str
    unit_price: int
    quantity: int
    available: int
    subtotal: int
    weight_g: int
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Basket:
    """A basket at the prices of this moment. It can be ordered when ``problems`` is empty and it has lines.

    ``until_free`` is how many won of goods are missing for free shipping, 0 when it is free.
    """

    lines: tuple[BasketLine, ...]
    goods_total: int
    shipping_fee: int
    total: int
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]

    @property
    def until_free(self) -> int:
        """Won of goods that are missing for free shipping."""
        return max(FREE_SHIPPING_FROM - self.goods_total, 0) if self.goods_total else 0

    @property
    def orderable(self) -> bool:
        """Whether checkout may begin."""
        return bool(self.lines) and not self.problems


def price(lines: Sequence[tuple[object, object]], language: Language) -> Basket:
    """What ``lines`` cost now. Whatever a browser sends is taken; what cannot be is a problem.

    Arguments:
        lines: Pairs of a variant's id and a quantity, as ids and numbers or as text. A variant
            named twice counts twice; at most 50 variants are looked at.

    Cost:
        Two statements, whatever the number of lines.
    """
    wanted, problems = _read(lines)
    offers = shelf.offers(list(wanted), language) if wanted else {}
    priced = []
    for variant, quantity in wanted.items():
        offer = offers.get(variant)
        if offer is None:
            problems.append(Problem(Trouble.WITHDRAWN, variant))
            continue
        if trouble := _trouble(offer, quantity):
            problems.append(Problem(trouble, variant, offer.left))
        priced.append(_line(offer, quantity))
    goods_total = sum(line.subtotal for line in priced)
    fee = shipping_fee(goods_total)
    questions = asked(shelf.questions(list(offers))) if offers else ()
    return Basket(tuple(priced), goods_total, fee, goods_total + fee, tuple(problems), questions)


def shipping_fee(goods_total: int) -> int:
    """What the parcel costs, in won: 3,000 below 50,000 of goods, else nothing; nothing for nothing."""
    return SHIPPING_FEE if 0 < goods_total < FREE_SHIPPING_FROM else 0


def _read(lines: Sequence[tuple[object, object]]) -> tuple[dict[UUID, int], list[Problem]]:
    wanted: dict[UUID, int] = {}
    problems: list[Problem] = []
    for line in lines:
        read = _line_read(line)
        if read is None:
            if Problem(Trouble.MALFORMED) not in problems:
                problems.append(Problem(Trouble.MALFORMED))
            continue
        variant, quantity = read
        if variant not in wanted and len(wanted) == MOST_LINES:
            problems.append(Problem(Trouble.TOO_MANY_LINES))
            break
        wanted[variant] = wanted.get(variant, 0) + quantity
    return wanted, problems


def _line_read(line: object) -> tuple[UUID, int] | None:
    if not isinstance(line, list | tuple) or len(line) != 2:  # noqa: PLR2004 - a pair
        return None
    variant, quantity = line
    text = (
        str(quantity)[:6]
        if isinstance(quantity, int | str) and not isinstance(quantity, bool)
        else ""
    )
    if not (text.isascii() and text.isdigit() and int(text) >= 1):
        return None
    try:
        return (variant if isinstance(variant, UUID) else UUID(str(variant)[:64])), int(text)
    except ValueError:
        return None


def _trouble(offer: Offer, quantity: int) -> Trouble | None:
    if not offer.active:
        return Trouble.WITHDRAWN
    if offer.left == 0:
        return Trouble.SOLD_OUT
    if quantity > MOST_OF_ONE:
        return Trouble.TOO_MANY
    return Trouble.TOO_FEW if quantity > offer.left else None


def _line(offer: Offer, quantity: int) -> BasketLine:
    available = offer.left if offer.active else 0
    return BasketLine(
        offer.variant_id,
        offer.product_slug,
        offer.name,
        offer.option,
        offer.unit_price,
        quantity,
        available,
        offer.unit_price * quantity if available else 0,
        offer.weight_g,
        offer.picture,
    )
