"""Resident registration numbers that nobody can have, for the reproduction of the old policy.

The first six digits of a real number are a birth date. Here the month is 13 to 19, so that no living
person's number is ever accepted; the check digit is right, so that the number looks its part.
"""

import re
import unicodedata

IMPOSSIBLE_MONTHS = range(13, 20)
"""Months of birth that no number issued to a person has."""

_WRITTEN = re.compile(r"([0-9]{6})[\s-]*([0-9]{7})")
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_MODULUS = 11
_YEARS = 100
_SERIALS = 100_000


def check_digit(twelve: str) -> int:
    """The thirteenth digit that belongs to ``twelve``: weighted sum modulo 11, as issued until 2020."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, twelve, strict=True))
    return (_MODULUS - total % _MODULUS) % 10


def normal(text: str) -> str | None:
    """``text`` as ``131301-1000000`` if it is a synthetic number, else None.

    Digits of any width, a hyphen or spaces between date and serial. A real person's number is None,
    and so is everything else.
    """
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    date, serial = found.groups()
    impossible = int(date[2:4]) in IMPOSSIBLE_MONTHS
    right = check_digit(date + serial[:6]) == int(serial[6])
    return f"{date}-{serial}" if impossible and right else None


def synthetic(n: int) -> str:
    """The ``n``-th synthetic number; another one for each ``n`` from 0 to 69 999 999."""
    rest, year = divmod(n, _YEARS)
    rest, month = divmod(rest, len(IMPOSSIBLE_MONTHS))
    date = f"{year:02}{IMPOSSIBLE_MONTHS[month]}01"
    serial = f"1{rest % _SERIALS:05}"
    return f"{date}-{serial}{check_digit(date + serial)}"
