"""Tables as workbooks, in memory only: written with nothing but text, read with nothing but text and numbers.

A library that writes workbooks puts each sheet into a file of the system's temporary folder first; here
no byte touches a disk. Every cell is a string of type text, so that nothing in it is ever a formula.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

MOST_BYTES = 256 * 1024
"""The longest file that is read."""
MOST_ROWS = 1000
MOST_COLUMNS = 60
_MOST_PARTS = 64
_MOST_UNPACKED = 8 * 1024 * 1024
_BROKEN = (
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What comes of a workbook that is none. A parser of XML fails with a SyntaxError."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

NOT_TEXT = "\ufffd"
"""Stands for a cell that is neither text nor a whole number; no number of anything looks like it."""

Row = tuple[str, ...]


class Unreadable(ValueError):
    """A file cannot be taken as a table. ``reason`` is a closed word, ``line`` the row it was found in."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"not readable as a table: {reason}, row {line}")
        self.reason = reason
        self.line = line


TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
WORKBOOK = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
WORKBOOK_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)
STYLES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
"""1 is a cell that is text and stays text when somebody edits it (number format ``@``); 2 is a title."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def written(rows: Sequence[Row]) -> bytes:
    """A workbook of one sheet, the first row its titles. Every cell is text; an empty one is left out.

    It says neither who made it nor when.

    Source:
        ECMA-376 part 1, sections 18.3 and 18.4.
    """
    strings: dict[str, int] = {}
    lines = [_line(number, row, strings) for number, row in enumerate(rows, 1)]
    sheet = f"{_HEAD}<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"
    table = "".join(f'<si><t xml:space="preserve">{_safe(one)}</t></si>' for one in strings)
    shared = f'{_HEAD}<sst {_MAIN} uniqueCount="{len(strings)}">{table}</sst>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELS,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": shared,
        "xl/worksheets/sheet1.xml": sheet,
    }
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def _line(number: int, row: Row, strings: dict[str, int]) -> str:
    style = 2 if number == 1 else 1
    cells = [
        f'<c r="{_letters(place)}{number}" s="{style}" t="s">'
        f"<v>{strings.setdefault(value, len(strings))}</v></c>"
        for place, value in enumerate(row)
        if value
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(place: int) -> str:
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _safe(value: str) -> str:
    """``value`` as text of XML: what XML cannot hold is a space, what a reader would unescape stays."""
    return escape(_ESCAPED.sub(r"_x005F_x\1_", _NO_XML.sub(" ", value)))


def read(raw: bytes) -> tuple[Row, ...]:
    """The rows of a workbook, or of a text with commas or tabs, as they stand; empty rows are left out.

    A number that is whole is read as its digits; a date, a fraction or an error as :data:`NOT_TEXT`.
    Nothing is evaluated. A text is UTF-8, or else CP949, as Korean offices write it.

    Raises:
        Unreadable: ``empty``, ``too_long``, ``not_a_table`` or ``formula``, with the row.
    """
    if len(raw) > MOST_BYTES:
        reason = "too_long"
        raise Unreadable(reason)
    rows = _of_workbook(raw) if raw[:2] == b"PK" else _of_text(raw)
    if not any(any(row) for row in rows):
        reason = "empty"
        raise Unreadable(reason)
    if len(rows) > MOST_ROWS:
        reason = "too_long"
        raise Unreadable(reason, MOST_ROWS)
    return rows


def _of_text(raw: bytes) -> tuple[Row, ...]:
    text = _decoded(raw)
    first = text.lstrip().partition("\n")[0]
    try:
        found = list(
            csv.reader(
                io.StringIO(text, newline=""),
                delimiter="\t" if "\t" in first else ",",
                strict=True,
            )
        )
    except csv.Error:
        reason = "not_a_table"
        raise Unreadable(reason) from None
    rows = tuple(tuple(cell.strip() for cell in row) for row in found)
    for number, row in enumerate(rows, 1):
        if len(row) > MOST_COLUMNS:
            reason = "too_long"
            raise Unreadable(reason, number)
        if any(cell.startswith("=") for cell in row):
            reason = "formula"
            raise Unreadable(reason, number)
    return rows


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    reason = "not_a_table"
    raise Unreadable(reason)


def _of_workbook(raw: bytes) -> tuple[Row, ...]:
    _must_be_small(raw)
    import openpyxl  # 10 MB; a process that reads no workbook goes without it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of styles, and may quote a cell
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            cells = list(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS))
    except (InvalidFileException, *_BROKEN):
        reason = "not_a_table"
        raise Unreadable(reason) from None
    return tuple(
        tuple(_text_of(cell.value, cell.data_type, number) for cell in row)
        for number, row in enumerate(cells, 1)
    )


def _must_be_small(raw: bytes) -> None:
    """Nothing, for a workbook that is one: few parts, not much when unpacked, no entities, no macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            odd = any(part.flag_bits & 1 or "vba" in part.filename.lower() for part in parts)
            small = len(parts) <= _MOST_PARTS and unpacked <= _MOST_UNPACKED and not odd
            texts = [archive.read(part).replace(b"\0", b"") for part in parts if small]
    except _BROKEN:
        reason = "not_a_table"
        raise Unreadable(reason) from None
    if not small or any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for text in texts):
        reason = "not_a_table"
        raise Unreadable(reason)


def _text_of(value: object, kind: str, line: int) -> str:
    if value is None:
        return ""
    if kind == "f":
        reason = "formula"
        raise Unreadable(reason, line)
    if isinstance(value, str) and kind in {"s", "inlineStr", "str"}:
        return value.strip()
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
    return str(int(value)) if isinstance(value, int | float) and whole else NOT_TEXT
