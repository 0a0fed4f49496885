"""Everybody reads reviews: how many stars, and the words, newest first. Nobody is told who wrote them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yaksok.database.roles import keeper, shop
from yaksok.journeys import reviews
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.mall.reviews import book
from yaksok.mall.reviews.book import Review
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.vault import gate

PAGE_SIZE = 10
MOST_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Bar:
    """How many reviews gave ``stars``, and which part of the whole that is, in percent."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How many reviews there are, and their average in tenths of a star, rounded half up."""

    count: int
    tenths: int
    bars: tuple[Bar, ...]

    @property
    def average(self) -> str:
        """The average as it is read, ``4.6``; "" without reviews."""
        return f"{self.tenths // 10}.{self.tenths % 10}" if self.count else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One review as everybody reads it. ``month`` is the first day of the month it was written in.

    ``language`` is that of the page it was written on, for who reads aloud.
    """

    stars: int
    words: str
    month: date
    language: Language
    edited: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the reviews of a product. ``number`` counts from 1 and is always within ``pages``."""

    figures: Figures
    reviews: tuple[Shown, ...]
    number: int
    pages: int


def figures(slug: str) -> Figures | None:
    """The stars of a product; None while the policy offers no reviews. Reads nobody's data.

    Cost:
        One statement, as the role of pages without personal data.
    """
    if not reviews.offered():
        return None
    with shop():
        return _figures(book.figures(slug))


def page(slug: str, number: str | int) -> Page:
    """One page of the reviews of a product, the newest first; a malformed page is the first.

    Words that the policy lets nobody read, because their writer stopped the use of their data, are
    not among them.

    Raises:
        NotFound: the policy offers no reviews.

    Records:
        Event.VAULT_ITEMS_OPENED once for the page, without a name.
    """
    if not reviews.offered():
        msg = "there are no reviews under the policy in force"
        raise NotFound(msg)
    with keeper():
        found = _figures(book.figures(slug))
        pages = min(max(1, -(-found.count // PAGE_SIZE)), MOST_PAGES)
        here = min(max(1, _number(number)), pages)
        written = book.public(slug, limit=PAGE_SIZE, offset=(here - 1) * PAGE_SIZE)
        words = _words(written)
    shown = [_shown(one, words) for one in written if (one.subject, one.record) in words]
    return Page(found, tuple(shown), here, pages)


def _words(written: Sequence[Review]) -> Mapping[gate.Name, str]:
    opened = gate.open_published(
        [(one.subject, one.record) for one in written],
        [Item.BODY],
        kind=RecordKind.REVIEW,
        purpose=Purpose.MEMBER_SERVICE,
    )
    return {name: values[Item.BODY].reveal() for name, values in opened.items()}


def _shown(one: Review, words: Mapping[gate.Name, str]) -> Shown:
    day = one.written_at.astimezone(clock.SEOUL).date()
    said = words[one.subject, one.record]
    return Shown(one.stars, said, day.replace(day=1), one.language, one.edited_at is not None)


def _figures(counts: Mapping[int, int]) -> Figures:
    total = sum(counts.values())
    points = sum(stars * count for stars, count in counts.items())
    tenths = (points * 20 + total) // (total * 2) if total else 0
    bars = tuple(
        Bar(stars, counts.get(stars, 0), counts.get(stars, 0) * 100 // total if total else 0)
        for stars in reversed(book.STARS)
    )
    return Figures(total, tenths, bars)


def _number(page_number: str | int) -> int:
    text = str(page_number)[:6]
    return int(text) if text.isascii() and text.isdigit() else 1
