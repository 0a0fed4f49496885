"""Finds a resident registration number in text, so that it is refused before it is kept (P2.5)."""

import calendar
import re
import unicodedata

_SEPARATOR = r"[\W_]"
"""Whatever is neither letter nor digit: space, hyphen, dot, comma, bracket, arrow."""
_BETWEEN = rf"{_SEPARATOR}{{0,5}}"
_GROUPED = re.compile(
    rf"(?<!\d)(\d\d){_SEPARATOR}?(\d\d){_SEPARATOR}?(\d\d){_BETWEEN}(\d){_SEPARATOR}?\d{{6}}(?!\d)"
)
_SPACED = re.compile(
    rf"(?<!\d)(\d{_SEPARATOR}{{1,2}}\d){_SEPARATOR}{{1,2}}(\d{_SEPARATOR}{{1,2}}\d){_SEPARATOR}{{1,2}}"
    rf"(\d{_SEPARATOR}{{1,2}}\d){_BETWEEN}(\d)(?:{_SEPARATOR}{{1,2}}\d){{6}}(?!\d)"
)
_PAIRED = re.compile(
    rf"(?<!\d)(\d\d){_SEPARATOR}{{1,2}}(\d\d){_SEPARATOR}{{1,2}}(\d\d){_SEPARATOR}{{1,5}}"
    rf"(\d)\d(?:{_SEPARATOR}{{1,2}}\d\d){{2}}{_SEPARATOR}{{1,2}}\d(?!\d)"
)
_UNSEEN = frozenset({"Cf", "Me", "Mn"})
"""Categories of signs that stand in or on another one without a width of their own."""
_FILLERS = frozenset("\u115f\u1160")
"""Hangul letters that show nothing; the other two become these under NFKC."""
_CENTURY = {"9": 1800, "0": 1800, "1": 1900, "2": 1900, "5": 1900, "6": 1900}
_MONTHS = 12


def contains_rrn(text: str) -> bool:
    """Whether ``text`` holds what can be a Korean resident or foreigner registration number.

    Thirteen digits of any script, with or without separators, of which the first six are a date of
    the century that the seventh names. The check digit is not used: numbers issued since October
    2020 have none. A longer row of digits (a card, an account) does not count.
    """
    plain = _plain(text)
    shapes = (_GROUPED, _SPACED, _PAIRED)
    return any(_is_date(*match.groups()) for shape in shapes for match in shape.finditer(plain))


def _plain(text: str) -> str:
    """``text`` with all digits as ASCII; what is invisible or stands on a digit is gone."""
    shown = (
        sign
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign) not in _UNSEEN and sign not in _FILLERS
    )
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in shown)


def _is_date(year: str, month: str, day: str, seventh: str) -> bool:
    years, months, days = (int(re.sub(_SEPARATOR, "", part)) for part in (year, month, day))
    century = _CENTURY.get(seventh, 2000)
    if not 1 <= months <= _MONTHS:
        return False
    return 1 <= days <= calendar.monthrange(century + years, months)[1]
