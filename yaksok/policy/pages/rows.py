"""Short ways to write a table in both languages."""

from collections.abc import Iterable

from yaksok.policy.entries import Text
from yaksok.policy.pages.shapes import Cell, Row, Table
from yaksok.policy.vocabulary import Language

NONE = Text(ko="없음", en="none")
"""What an empty list is called."""

Line = tuple[str, tuple[str | Cell, ...]]
"""A row: its key, then its cells."""


def told(words: str) -> Cell:
    """A cell whose words must catch the eye."""
    return Cell(words, told=True)


def table(
    key: str,
    title: Text,
    columns: tuple[Text, ...],
    lines: Iterable[Line],
    language: Language,
    *,
    empty: Text | None = None,
    note: Text | None = None,
) -> Table:
    """A table at the anchor ``key``; the keys of its rows begin with it."""
    return Table(
        key=key,
        title=title.in_(language),
        columns=tuple(column.in_(language) for column in columns),
        rows=tuple(
            Row(
                f"{key}/{name}",
                tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells),
            )
            for name, cells in lines
        ),
        empty=empty.in_(language) if empty else "",
        note=note.in_(language) if note else "",
    )
