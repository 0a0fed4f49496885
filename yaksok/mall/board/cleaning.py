"""Takes the words of a notice, or says what is wrong with them. Plain text, never HTML."""

import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby

from yaksok.policy import fields
from yaksok.policy.detector import contains_rrn
from yaksok.policy.entries import Text
from yaksok.policy.fields import Unfit

TITLE_MAX = 120
"""The longest title, in characters after cleaning."""
BODY_MAX = 8_000
"""The longest body, in characters after cleaning."""

_RAW_FACTOR = 4
"""How many times longer a text may be before it is cleaned."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Categories of signs that nobody sees, among them those that turn the direction of a text."""
_JOINERS = frozenset("\u200c\u200d")
"""Invisible signs that some scripts and emoji need to be written."""


def title(typed: str) -> str:
    """``typed`` in one line: NFC, single spaces, without signs that cannot be seen.

    Raises:
        Unfit: nothing is left, it is too long, or it holds what can be a registration number.
    """
    return _fit(typed, TITLE_MAX, lambda text: _line(text.replace("\n", " ")))


def body(typed: str) -> str:
    """``typed`` line by line like a title; one empty line at most between two paragraphs.

    Raises:
        Unfit: as for :func:`title`.
    """
    return _fit(typed, BODY_MAX, lambda text: "\n".join(_paragraphs(text)))


def faults(title_text: Text, body_text: Text) -> dict[str, Unfit]:
    """What is wrong with the words of a notice, by the name of the field; empty when nothing is."""
    found: dict[str, Unfit] = {}
    for name, typed, clean in (
        ("title_ko", title_text.ko, title),
        ("title_en", title_text.en, title),
        ("body_ko", body_text.ko, body),
        ("body_en", body_text.en, body),
    ):
        try:
            clean(typed)
        except Unfit as unfit:
            found[name] = unfit
    return found


def _fit(typed: str, limit: int, clean: Callable[[str], str]) -> str:
    if len(typed) > limit * _RAW_FACTOR:
        raise Unfit(fields.too_long(limit))
    text = clean(typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text.strip("".join(_JOINERS)):
        raise Unfit(fields.REQUIRED)
    if len(text) > limit:
        raise Unfit(fields.too_long(limit))
    if contains_rrn(text):
        raise Unfit(fields.RRN)
    return text


def _line(text: str) -> str:
    signs = unicodedata.normalize("NFC", text)
    kept = (" " if sign.isspace() else sign for sign in signs if sign.isspace() or _seen(sign))
    return " ".join("".join(kept).split())


def _paragraphs(text: str) -> Iterator[str]:
    rows = map(_line, text.split("\n"))
    for filled, group in groupby(rows, bool):
        yield from group if filled else [""]


def _seen(sign: str) -> bool:
    if ord(sign) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 - U+nFFFE and U+nFFFF are no characters
        return False
    return unicodedata.category(sign) not in _UNSEEN or sign in _JOINERS
