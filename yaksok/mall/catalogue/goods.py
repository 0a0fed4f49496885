"""What the shelf hands out: plain values in one language, fit for a page, about goods only."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

PAGE_SIZE = 24
"""Goods on one page of a listing."""

FEW = 5
"""From this number downwards the page says how many are left."""

NEW_DAYS = 30
"""How long a product is called new, in days of 24 hours."""


class Sort(StrEnum):
    """In what order a listing stands."""

    LOVED = "loved"
    NEW = "new"
    PRICE_DOWN = "price_down"
    PRICE_UP = "price_up"


class Supply(StrEnum):
    """Whether something can be bought now."""

    FEW = "few"
    PLENTY = "plenty"
    SOLD_OUT = "sold_out"

    @classmethod
    def of(cls, left: int) -> "Supply":
        """The word for ``left`` pieces."""
        if left <= 0:
            return cls.SOLD_OUT
        return cls.FEW if left <= FEW else cls.PLENTY


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file name below ``/media/``, its size in pixels, and what it shows in words."""

    name: str
    width: int
    height: int
    alt: str

    @property
    def url(self) -> str:
        """Where the browser finds it."""
        return f"/media/{self.name}"


@dataclass(frozen=True, slots=True)
class Category:
    """A category as the menu shows it. ``count`` is the number of goods in it and below it."""

    slug: str
    name: str
    about: str
    count: int
    children: tuple["Category", ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a listing. ``price`` is that of its cheapest option, in won."""

    slug: str
    name: str
    summary: str
    maker: str
    price: int
    price_varies: bool
    picture: Picture | None
    left: int
    supply: Supply
    new: bool
    loved: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing. ``number`` counts from 1 and is always within ``pages``."""

    cards: tuple[Card, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page shows."""

    new: tuple[Card, ...]
    loved: tuple[Card, ...]
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A category with one page of its goods. ``trail`` leads from the top down to ``category``."""

    category: Category
    trail: tuple[Category, ...]
    page: Page
    sort: Sort
    in_stock: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. ``query`` is what was searched for, trimmed to what is used of it."""

    query: str
    page: Page


@dataclass(frozen=True, slots=True)
class Variant:
    """One option of a product. ``label`` is empty when there is only one way to buy it."""

    id: UUID
    sku: str
    label: str
    price: int
    left: int
    supply: Supply


@dataclass(frozen=True, slots=True)
class Product:
    """A product with all that its page says. ``alike`` are others of its category.

    ``question`` is the name of a question of the policy, or empty (P2.13).
    """

    slug: str
    name: str
    summary: str
    description: str
    maker: str
    origin: str
    weight_g: int
    price: int
    price_varies: bool
    supply: Supply
    new: bool
    loved: int
    pictures: tuple[Picture, ...]
    variants: tuple[Variant, ...]
    question: str
    trail: tuple[Category, ...]
    alike: tuple[Card, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The description, a paragraph each."""
        return tuple(part for part in self.description.split("\n\n") if part)


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant as a basket needs it. ``active`` is false when it is no longer sold."""

    variant_id: UUID
    product_slug: str
    name: str
    option: str
    unit_price: int
    weight_g: int
    left: int
    active: bool
    picture: Picture | None
