"""Reads a CSV file as spreadsheets write it: UTF-8 with or without BOM, or CP949; comma, semicolon or tab."""

import codecs
import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20
LONGEST_CELL = 20_000
"""Characters in one cell."""

DELIMITERS = ",;\t"


class UnreadableTable(Exception):
    """A file that cannot be read as a table. ``cure`` says what to do."""

    def __init__(self, problem: str, cure: str, row: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.cure = cure
        self.row = row


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it (the header is 1), and its cells by column."""

    number: int
    cells: dict[str, str]
    extra: bool = False
    """Whether it has more cells than the header has names."""


def encoding_of(path: Path) -> str:
    """``utf-8-sig`` or ``cp949``: the first that fits every byte of the file.

    Raises:
        UnreadableTable: neither does, or the file is UTF-16 or no text.
    """
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            msg = "the file is UTF-16"
            raise UnreadableTable(msg, "save it as CSV UTF-8")
    for encoding in ("utf-8-sig", "cp949"):
        if _fits(path, encoding):
            return encoding
    msg = "the file is neither UTF-8 nor CP949"
    raise UnreadableTable(msg, "save it as CSV UTF-8")


def rows(path: Path, encoding: str) -> Iterator[Row]:
    """Every row that is not empty, in NFC, cells stripped. Memory holds one row.

    Raises:
        UnreadableTable: no header, a column named twice, a quotation that never ends, a cell that
            is too long.
    """
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        file.seek(0)
        delimiter = max(DELIMITERS, key=first.count)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        number = 1
        try:
            header = [_plain(cell).lower() for cell in next(reader, [])]
            _check_header(header)
            for number, cells in enumerate(reader, start=2):
                if any(cell.strip() for cell in cells):
                    named = dict(zip(header, map(_plain, cells), strict=False))
                    yield Row(
                        number, named, extra=any(cell.strip() for cell in cells[len(header) :])
                    )
        except csv.Error as error:
            problem = f"the row after row {number} cannot be read: {error}"
            raise UnreadableTable(
                problem, "look for a quotation mark that is not closed", number + 1
            ) from None


def _check_header(header: list[str]) -> None:
    if not any(header):
        msg = "the file is empty"
        raise UnreadableTable(msg, "start from: yaksok import goods --template")
    twice = {name for name in header if name and header.count(name) > 1}
    if twice:
        raise UnreadableTable(
            f"column {min(twice)} stands twice in the header", "remove one of them", 1
        )


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", cell[: LONGEST_CELL + 1]).strip()


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                if b"\0" in chunk:
                    return False
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
