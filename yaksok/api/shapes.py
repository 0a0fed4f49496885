"""The shapes of the API's answers. Goods and promises; of an order only what is masked."""

from ninja import Schema
from pydantic import ConfigDict


class PictureOut(Schema):
    """A picture of a product."""

    url: str
    width: int
    height: int
    alt: str


class CardOut(Schema):
    """A product in a list. ``price`` is that of its cheapest option, in won."""

    slug: str
    name: str
    summary: str
    maker: str
    price: int
    price_varies: bool
    supply: str
    picture: PictureOut | None


class PageOut(Schema):
    """One page of goods."""

    goods: list[CardOut]
    total: int
    page: int
    pages: int


class VariantOut(Schema):
    """One way to buy a product."""

    id: str
    sku: str
    label: str
    price: int
    supply: str


class ProductOut(CardOut):
    """A product with its options."""

    description: str
    origin: str
    pictures: list[PictureOut]
    variants: list[VariantOut]


class LookUpIn(Schema):
    """What proves a guest's order. A name that is not here is refused (P1.5)."""

    model_config = ConfigDict(extra="forbid")

    number: str
    secret: str


class LineOut(Schema):
    """One line of an order."""

    name: str
    option: str
    quantity: int
    subtotal: int


class OrderOut(Schema):
    """An order as the person who proved it may see it: every personal value is masked."""

    number: str
    state: str
    state_label: str
    placed_at: str
    total: int
    lines: list[LineOut]
    recipient: dict[str, str]


class PromiseOut(Schema):
    """One promise: what it says, what enforces it, and whether it is kept now; if not, where to look."""

    id: str
    text: str
    state: str
    rule: str | None
    proof: str | None
    evidence: str | None
    mark: str | None
    figure: str | None
    how: str | None
    at: str | None
    where: str | None = None


class TroubleOut(Schema):
    """Why not, and what to do. ``problems`` maps a field to a sentence."""

    status: int
    title: str
    advice: str
    problems: dict[str, str] = {}
