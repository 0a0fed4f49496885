"""The columns of a goods file: what each holds, its Korean name, and how it is checked."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from yaksok.policy.detector import contains_rrn

MOST_WON = 100_000_000
MOST_PIECES = 1_000_000
MOST_GRAMS = 1_000_000
MOST_PICTURES = 10

YES = frozenset({"1", "y", "yes", "true", "예", "o", "판매"})
NO = frozenset({"0", "n", "no", "false", "아니오", "x", "중지"})

_AMOUNT = re.compile(r"(?:₩|\\)?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*(?:원|won)?", re.IGNORECASE)
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SKU = re.compile(r"[A-Za-z0-9가-힣][A-Za-z0-9가-힣._-]*")
_PHONE = re.compile(r"(?<!\d)(?:\+?82[-.\s]?)?0?1[016789][-.\s]?\d{3,4}[-.\s]?\d{4}(?!\d)")


class Unfit(Exception):
    """A cell that cannot be taken. The text says what is wrong and what to do."""


def text(most: int) -> Callable[[str], str]:
    """Checks plain text of at most ``most`` characters, free of anybody's numbers."""

    def check(cell: str) -> str:
        if len(cell) > most:
            raise Unfit(f"has more than {most} characters; shorten it")
        if any(unicodedata.category(symbol) == "Cc" and symbol not in "\n\r\t" for symbol in cell):
            msg = "holds an invisible control character; type it again"
            raise Unfit(msg)
        if contains_rrn(cell):
            msg = "holds what looks like a resident registration number (P2.5); take it out"
            raise Unfit(msg)
        if _PHONE.search(unicodedata.normalize("NFKC", cell)):
            msg = "holds what looks like a mobile phone number; goods name no person, take it out"
            raise Unfit(msg)
        return cell.replace("\r\n", "\n")

    return check


def number(most: int) -> Callable[[str], int]:
    """Checks a whole number from 0 to ``most``; ``39,000`` and ``39000원`` are understood."""

    def check(cell: str) -> int:
        match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", cell))
        if match is None:
            msg = "is not a whole number; write it like 39000"
            raise Unfit(msg)
        value = int(match[1].replace(",", "")[:12])
        if value > most:
            raise Unfit(f"is more than {most:,}; correct it")
        return value

    return check


def truth(cell: str) -> bool:
    """Checks a yes or no, in English or Korean."""
    if cell.lower() in YES:
        return True
    if cell.lower() in NO:
        return False
    msg = "is neither yes nor no; write yes or no"
    raise Unfit(msg)


def code(cell: str) -> str:
    """Checks a code that can stand in an address."""
    if not _CODE.fullmatch(cell) or len(cell) > 80:  # noqa: PLR2004 - an address stays readable
        msg = "is not a code; use small letters, digits and hyphens, at most 80"
        raise Unfit(msg)
    return cell


def sku(cell: str) -> str:
    """Checks an article number."""
    if not _SKU.fullmatch(cell) or len(cell) > 64:  # noqa: PLR2004 - fits a label
        msg = "is not an article number; use letters, digits, dots, hyphens, at most 64"
        raise Unfit(msg)
    return cell


def shelf(cell: str) -> tuple[str, ...]:
    """Checks a category's code, or two with a slash between."""
    codes = tuple(code(part.strip()) for part in cell.split("/"))
    if len(codes) > 2:  # noqa: PLR2004 - as deep as categories go
        msg = "is more than two levels deep; write parent/category"
        raise Unfit(msg)
    return codes


def files(cell: str) -> tuple[str, ...]:
    """Checks names of picture files, with ``|`` between."""
    names = tuple(name.strip() for name in cell.split("|") if name.strip())
    if len(names) > MOST_PICTURES:
        raise Unfit(f"names more than {MOST_PICTURES} pictures; leave some out")
    if any(
        name.startswith(("/", "\\", "~")) or ".." in name.replace("\\", "/").split("/")
        for name in names
    ):
        msg = "leads out of the folder of --pictures; name files inside it"
        raise Unfit(msg)
    return names


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``needed`` is true when no product can do without it."""

    name: str
    korean: str
    check: Callable[[str], object]
    needed: bool = False


COLUMNS = (
    Column("product", "상품코드", code, needed=True),
    Column("sku", "품번", sku, needed=True),
    Column("category", "분류코드", shelf, needed=True),
    Column("category_ko", "분류명", text(80)),
    Column("category_en", "분류명(영문)", text(80)),
    Column("name_ko", "상품명", text(120), needed=True),
    Column("name_en", "상품명(영문)", text(120)),
    Column("price", "판매가", number(MOST_WON), needed=True),
    Column("stock", "재고", number(MOST_PIECES), needed=True),
    Column("option_ko", "옵션", text(120)),
    Column("option_en", "옵션(영문)", text(120)),
    Column("summary_ko", "한줄설명", text(200)),
    Column("summary_en", "한줄설명(영문)", text(200)),
    Column("description_ko", "상세설명", text(10_000)),
    Column("description_en", "상세설명(영문)", text(10_000)),
    Column("maker_ko", "제조사", text(120)),
    Column("maker_en", "제조사(영문)", text(120)),
    Column("origin_ko", "원산지", text(120)),
    Column("origin_en", "원산지(영문)", text(120)),
    Column("keywords", "검색어", text(300)),
    Column("weight_g", "무게(g)", number(MOST_GRAMS)),
    Column("active", "판매여부", truth),
    Column("pictures", "사진", files),
    Column("alt_ko", "사진설명", text(200)),
    Column("alt_en", "사진설명(영문)", text(200)),
    Column("question", "질문", text(80)),
)

BY_NAME = {column.name: column for column in COLUMNS}
NAME_OF = {name: column.name for column in COLUMNS for name in (column.name, column.korean)}

TEMPLATE = ",".join(column.name for column in COLUMNS) + "\r\n"
"""The header of an empty goods file."""
