"""Every sentence that a document shows to people, with its place."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from yaksok.policy.entries import Body, Text
from yaksok.policy.places import Path
from yaksok.policy.wording import wording

_UNSEEN = frozenset({"Cf", "Me", "Mn"})
_FILLERS = frozenset("\u115f\u1160")
"""Hangul letters that show nothing; the other two become these under NFKC."""

_PLACEHOLDERS = frozenset({"", "-", "0", "00", "000", "☎", "?", "tbd", "n/a", "미정", "없음"})


@dataclass(frozen=True, slots=True)
class Said:
    """One text in both languages. ``promise`` is the id of the clause that says it, if one does."""

    keys: Path
    text: Text
    promise: str | None = None

    def names(self, pattern: re.Pattern[str]) -> str | None:
        """The first words, Korean before English, that ``pattern`` finds; None if there are none."""
        found = pattern.search(plain(self.text.ko)) or pattern.search(plain(self.text.en))
        return found[0].strip() if found else None

    def has(self, words: str) -> bool:
        """Whether ``words`` stand in it, in whatever letters."""
        sought = plain(words).casefold()
        return any(sought in plain(said).casefold() for said in (self.text.ko, self.text.en))


@lru_cache(maxsize=2_000)
def plain(text: str) -> str:
    """``text`` as it is read aloud: one spelling of each sign, single spaces, nothing invisible.

    Full-width letters, jamo that stand apart, marks on letters and signs without a width change how a
    word is spelled and not what it says.
    """
    signs = unicodedata.normalize("NFKC", text)
    seen = (s for s in signs if s not in _FILLERS and unicodedata.category(s) not in _UNSEEN)
    return " ".join("".join(seen).split())


def said_by(body: Body) -> Iterator[Said]:
    """Each text of the document in its order, then each clause as the document's profile words it.

    The place of a clause is that of the profile, which chose its words, and the id of its promise.
    """
    yield from _walk((), body)
    for clause, text in wording(body):
        yield Said(("profile", clause.id), text, clause.id)


def _walk(here: Path, value: object) -> Iterator[Said]:
    if isinstance(value, Text):
        yield Said(here, value)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _walk((*here, name), getattr(value, name))
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _walk((*here, str(key)), below)
    elif isinstance(value, tuple):
        for place, below in enumerate(value):
            yield from _walk((*here, place), below)


def is_blank(value: str | Text) -> bool:
    """Whether ``value`` says nothing, in one of its languages at least."""
    words = (value.ko, value.en) if isinstance(value, Text) else (value,)
    return any(plain(word).casefold() in _PLACEHOLDERS for word in words)
