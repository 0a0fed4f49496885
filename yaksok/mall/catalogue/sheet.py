"""Turns the rows of a goods file into goods, and says of every wrong cell what to do about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yaksok.mall.catalogue import pictures
from yaksok.mall.catalogue.columns import BY_NAME, COLUMNS, NAME_OF, Unfit
from yaksok.mall.catalogue.intake import Item, Shelf, Shot
from yaksok.mall.catalogue.table import Row, encoding_of, rows

MOST_FAULTS = 200
"""After so many the reading stops: the rest is likely the same."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be taken. ``row`` as a spreadsheet shows it; ``column`` may be empty."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class _First:
    """The row that first told of a product."""

    row: int
    name_ko: str
    category: str


@dataclass(slots=True)
class Sheet:
    """One goods file. :meth:`check` reads it through; then :meth:`items` gives its goods.

    ``known`` are slugs of the categories there are. ``folder`` holds the pictures. ``questions`` are
    the names of those that the policy in force lets goods ask (P2.13).
    """

    path: Path
    known: frozenset[str]
    folder: Path | None = None
    questions: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)
    shelves: dict[str, Shelf] = field(default_factory=dict)
    number: int = 0
    """How many rows hold goods; known after :meth:`check`."""
    _encoding: str = ""
    _first: dict[str, _First] = field(default_factory=dict)

    def check(self, seen: Callable[[], None] = lambda: None) -> bool:
        """Read every row; whether all can be taken. ``faults`` then says what cannot.

        Raises:
            UnreadableTable: it is no table at all.
        """
        self._encoding = encoding_of(self.path)
        skus: dict[str, int] = {}
        for row, cells in self._rows():
            seen()
            self.number += 1
            sku = cells.get("sku")
            if sku and (before := skus.setdefault(sku, row)) != row:
                self._fault(
                    row, "sku", f"is also in row {before}; every row needs an sku of its own"
                )
            self._check_product(row, cells)
            if len(self.faults) >= MOST_FAULTS:
                break
        if not self.number and not self.faults:
            self._fault(2, "", "no goods: there is a header and nothing below it; add rows")
        return not self.faults

    def items(self) -> Iterator[Item]:
        """Every row as an item, its pictures made small and stored. Call after :meth:`check` said yes."""
        for row, cells in self._rows():
            first = self._first[cells["product"]]
            yield self._item(row, cells, first)

    def _rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for row in rows(self.path, self._encoding):
            yield row.number, self._cells(row)

    def _cells(self, row: Row) -> dict[str, Any]:
        """The checked cells of a row; those that are empty or wrong are absent."""
        cells: dict[str, Any] = {}
        if row.extra:
            self._fault(
                row.number, "", "has more cells than the header has names; look for a stray comma"
            )
        for name, cell in row.cells.items():
            known = NAME_OF.get(name)
            if known is None:
                if name and Fault(1, name, UNKNOWN) not in self.faults:
                    self._fault(1, name, UNKNOWN)
                continue
            if cell:
                try:
                    cells[known] = BY_NAME[known].check(cell)
                except Unfit as error:
                    self._fault(row.number, known, str(error))
                    cells[known] = None
        return cells

    def _check_product(self, row: int, cells: dict[str, Any]) -> None:
        first = self._first.get(cells.get("product") or "")
        follows = frozenset({"name_ko", "category"}) if first else frozenset()
        for column in COLUMNS:
            if column.needed and column.name not in cells and column.name not in follows:
                self._fault(row, column.name, "is empty; fill it in")
        if (asked := cells.get("question")) and asked not in self.questions:
            declared = ", ".join(sorted(self.questions)) or "none yet"
            self._fault(row, "question", UNDECLARED.format(declared=declared))
        self._check_pictures(row, cells.get("pictures") or ())
        if not cells.get("product"):
            return
        if first:
            shelf = (cells.get("category") or ("",))[-1]
            for name, said, before in (
                ("name_ko", cells.get("name_ko"), first.name_ko),
                ("category", shelf, first.category),
            ):
                if said and said != before:
                    self._fault(
                        row,
                        name,
                        f"differs from row {first.row}, the same product; make them alike",
                    )
            return
        self._first[cells["product"]] = _First(
            row, cells.get("name_ko") or "", self._shelf(row, cells)
        )

    def _shelf(self, row: int, cells: dict[str, Any]) -> str:
        codes: Sequence[str] = cells.get("category") or ()
        names_ko = [part.strip() for part in (cells.get("category_ko") or "").split("/")]
        names_en = [part.strip() for part in (cells.get("category_en") or "").split("/")]
        for depth, code in enumerate(codes):
            if code in self.known or code in self.shelves:
                continue
            offset = len(codes) - len(names_ko)
            name = names_ko[depth - offset] if 0 <= depth - offset < len(names_ko) else ""
            if not name:
                self._fault(
                    row,
                    "category_ko",
                    f"has no name for the new category {code}; write one, parent/category",
                )
                continue
            spoken = (
                names_en[depth - offset]
                if len(names_en) == len(names_ko) and names_en[depth - offset]
                else name
            )
            parent = codes[depth - 1] if depth else None
            place = len(self.known) + len(self.shelves) + 1
            self.shelves[code] = Shelf(code, parent, place, name, spoken)
        return codes[-1] if codes else ""

    def _check_pictures(self, row: int, names: Sequence[str]) -> None:
        if names and self.folder is None:
            self._fault(
                row, "pictures", "names pictures, but no folder was given; add --pictures DIR"
            )
            return
        for name in names:
            if self.folder and not (self.folder / name).is_file():
                self._fault(row, "pictures", f"{name}: {pictures.MISSING}")

    def _item(self, row: int, cells: dict[str, Any], first: _First) -> Item:
        text: dict[str, Any] = {name: cells.get(name) or "" for name in TEXTS}
        name_ko = text.pop("name_ko") or first.name_ko
        return Item(
            line=row,
            product=cells["product"],
            sku=cells["sku"],
            category=first.category,
            name_ko=name_ko,
            name_en=text.pop("name_en") or name_ko,
            price=cells["price"],
            stock=cells["stock"],
            weight_g=cells.get("weight_g") or 0,
            active=cells.get("active", True),
            shots=self._shots(row, cells, name_ko),
            question=cells.get("question") or "",
            **{
                name: said or (text.get(name.replace("_en", "_ko"), ""))
                for name, said in text.items()
            },
        )

    def _shots(self, row: int, cells: dict[str, Any], name_ko: str) -> tuple[Shot, ...]:
        shots = []
        for name in cells.get("pictures") or ():
            try:
                content, width, height = pictures.as_webp(Path(self.folder or ".") / name)
            except pictures.UnusablePicture as error:
                self._fault(row, "pictures", f"{name}: {error}")
                continue
            alt_ko = cells.get("alt_ko") or name_ko
            alt_en = cells.get("alt_en") or cells.get("name_en") or alt_ko
            shots.append(Shot(pictures.keep(content, "webp"), width, height, alt_ko, alt_en))
        return tuple(shots)

    def _fault(self, row: int, column: str, text: str) -> None:
        self.faults.append(Fault(row, column, text))


UNKNOWN = "is no column of a goods file; remove it, or see: yaksok import goods --template"
UNDECLARED = (
    "names no question of the policy in force (P2.13); declare it there below [questions] and publish"
    " that first, or write one of these: {declared}"
)

TEXTS = (
    "name_ko",
    "name_en",
    "option_ko",
    "option_en",
    "summary_ko",
    "summary_en",
    "description_ko",
    "description_en",
    "maker_ko",
    "maker_en",
    "origin_ko",
    "origin_en",
    "keywords",
)
