"""Brings goods in, many at once and all or none, as the owner of the tables.

The running mall's roles cannot write goods; only the two commands that stock the shelves can.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from yaksok.database.router import OWNER_ALIAS
from yaksok.kernel import clock
from yaksok.kernel.errors import YaksokError
from yaksok.kernel.ids import new_id
from yaksok.mall.catalogue import hangul, staging

BATCH = 1_000
"""Items that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category to make or to bring up to date. ``parent`` is the slug of the one above it."""

    slug: str
    parent: str | None
    position: int
    name_ko: str
    name_en: str
    about_ko: str = ""
    about_en: str = ""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture that lies in the media directory already."""

    name: str
    width: int
    height: int
    alt_ko: str = ""
    alt_en: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One variant with all that is said of its product. Of several, the product's first one counts.

    ``price`` is what this variant costs, in won; ``stock`` how many there are. ``line`` is where it
    came from, for errors. No ``shots`` leaves the product's pictures as they are. ``question`` is the
    name of a question of the policy (P2.13).
    """

    line: int
    product: str
    sku: str
    category: str
    name_ko: str
    name_en: str
    price: int
    stock: int
    option_ko: str = ""
    option_en: str = ""
    summary_ko: str = ""
    summary_en: str = ""
    description_ko: str = ""
    description_en: str = ""
    maker_ko: str = ""
    maker_en: str = ""
    origin_ko: str = ""
    origin_en: str = ""
    keywords: str = ""
    weight_g: int = 0
    loved: int = 0
    active: bool = True
    created_at: datetime | None = None
    shots: tuple[Shot, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """An item that contradicts another, or what the mall has already. ``column`` names the field."""

    line: int
    column: str
    other: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What was brought in."""

    products_new: int
    products_changed: int
    variants: int


class Clashes(YaksokError):
    """Items contradict each other. Nothing was brought in."""

    def __init__(self, found: list[Clash]) -> None:
        super().__init__(f"{len(found)} items contradict others")
        self.found = found


class Intake:
    """One transaction that brings goods in. Make it with :func:`intake`."""

    def __init__(self, cursor: Any) -> None:  # noqa: ANN401 - Django's wrapper around psycopg's cursor
        self._cursor = cursor
        self._described: set[str] = set()

    def shelves(self, shelves: Iterable[Shelf]) -> None:
        """Make or bring up to date categories; a parent comes before what is below it."""
        for shelf in shelves:
            row = (new_id(), *(getattr(shelf, field.name) for field in fields(shelf)))
            self._cursor.execute(staging.CATEGORY, row)

    def known_shelves(self) -> set[str]:
        """Slugs of every category there is."""
        self._cursor.execute("SELECT slug FROM catalogue_category")
        return {slug for (slug,) in self._cursor.fetchall()}

    def items(self, items: Iterable[Item]) -> None:
        """Take ``items`` in for :meth:`finish`. Memory holds one batch, and the products' slugs."""
        source = iter(items)
        while batch := tuple(islice(source, BATCH)):
            self._copy(staging.COPY_ITEMS, (self._item_row(item) for item in batch))
            self._copy(staging.COPY_SHOTS, _shot_rows(batch))

    def finish(self) -> Tally:
        """Put everything taken in on the shelves.

        Raises:
            Clashes: with the lines that contradict others. The transaction must not commit.
        """
        self._cursor.execute(staging.CLASHES)
        if found := [Clash(*row) for row in self._cursor.fetchall()]:
            raise Clashes(found)
        for statement in staging.MERGE:
            self._cursor.execute(statement)
        self._cursor.execute(staging.TALLY)
        return Tally(*self._cursor.fetchone())

    def questions(self) -> dict[str, int]:
        """The names of questions that goods ask now, and how many products ask each."""
        self._cursor.execute(staging.ASKED)
        return dict(self._cursor.fetchall())

    def _copy(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with self._cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _item_row(self, item: Item) -> tuple[Any, ...]:
        return (
            item.line,
            new_id(),
            new_id(),
            item.product,
            item.sku,
            item.category,
            item.name_ko,
            item.name_en,
            item.price,
            item.stock,
            item.option_ko,
            item.option_en,
            item.summary_ko,
            item.summary_en,
            item.description_ko,
            item.description_en,
            item.maker_ko,
            item.maker_en,
            item.origin_ko,
            item.origin_en,
            item.weight_g,
            item.loved,
            item.active,
            item.created_at or clock.now(),
            *self._search(item),
            item.question,
        )

    def _search(self, item: Item) -> tuple[str, str, str]:
        if item.product in self._described:
            return "", "", ""
        self._described.add(item.product)
        names = f"{item.name_ko} {item.name_en}"
        joined = hangul.normal(item.name_ko).replace(" ", "")
        said = (
            f"{names} {joined} {item.keywords} {item.summary_ko} {item.summary_en} {item.maker_ko} {item.maker_en}"
            f" {item.description_ko} {item.description_en}"
        )
        return hangul.letters(names), hangul.letters(said), hangul.initials(f"{item.name_ko}")


@contextmanager
def intake(*, keep: bool = True) -> Iterator[Intake]:
    """One transaction as the owner; an error in the block, or ``keep=False``, leaves everything as it was."""
    connection = connections[OWNER_ALIAS]
    with transaction.atomic(using=OWNER_ALIAS), connection.cursor() as cursor:
        cursor.execute(staging.TABLES)
        yield Intake(cursor)
        if not keep:
            transaction.set_rollback(True, using=OWNER_ALIAS)
    if keep:
        with connection.cursor() as cursor:
            cursor.execute(staging.STATISTICS)
    connection.close()


def is_empty() -> bool:
    """Whether the mall has no goods at all."""
    with connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute("SELECT NOT EXISTS (SELECT 1 FROM catalogue_product)")
        return bool(cursor.fetchone()[0])


def _shot_rows(items: Iterable[Item]) -> Iterator[tuple[Any, ...]]:
    for item in items:
        for place, shot in enumerate(item.shots):
            picture: UUID = new_id()
            yield (
                item.line,
                picture,
                item.product,
                place,
                shot.name,
                shot.width,
                shot.height,
                shot.alt_ko,
                shot.alt_en,
            )
