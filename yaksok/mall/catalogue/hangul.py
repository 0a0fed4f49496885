"""How Korean is written for searching: syllables taken apart, and initial consonants alone.

A syllable is stored as its letters, initial, vowel and final, with a mark where the final is
missing. So ``찻`` finds ``찻잔`` but ``차`` does not find ``창``; what is half typed (``찻ㅈ``) finds
its word; and two syllables already make the trigrams that the database's index needs.
"""

import re
import unicodedata

FIRST_SYLLABLE, LAST_SYLLABLE = 0xAC00, 0xD7A3
FINALS = 28
MEDIALS = 21
NO_FINAL = "0"

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
"""The nineteen consonants that can begin a syllable, as a keyboard types them."""

LEAD, MEDIAL, FINAL = 0x1100, 0x1161, 0x11A7

_OUTSIDE = re.compile(r"[\W_]+")
_TYPED_INITIALS = re.compile(f"[{INITIALS}]+")


def normal(text: str) -> str:
    """``text`` in composed form, lower case, its words apart by single spaces, signs left out."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    # NFKC turns the consonants of a keyboard into those inside syllables; turn single ones back.
    return _OUTSIDE.sub(" ", composed.translate(_TYPED)).strip()


def letters(text: str) -> str:
    """:func:`normal` text with every syllable taken apart; a consonant alone counts as begun."""
    return normal(text).translate(_APART)


def begun(text: str) -> str:
    """:func:`letters` of ``text`` whose last syllable may go on: without the mark at its end."""
    written = letters(text)
    return written.removesuffix(NO_FINAL) if _is_syllable(normal(text)[-1:]) else written


def initials(text: str) -> str:
    """The initial consonants of ``text``'s words, apart and then joined: ``ㅂㅈ ㅊㅈ ㅂㅈㅊㅈ``."""
    words = [word for part in normal(text).split() if (word := "".join(_initial(s) for s in part))]
    return " ".join([*words, "".join(words)] if len(words) > 1 else words)


def is_initials(word: str) -> bool:
    """Whether ``word`` is nothing but consonants as typed: a search by initial consonants."""
    return _TYPED_INITIALS.fullmatch(word) is not None


def _is_syllable(symbol: str) -> bool:
    return len(symbol) == 1 and FIRST_SYLLABLE <= ord(symbol) <= LAST_SYLLABLE


def _initial(symbol: str) -> str:
    return (
        INITIALS[(ord(symbol) - FIRST_SYLLABLE) // (MEDIALS * FINALS)]
        if _is_syllable(symbol)
        else ""
    )


class _Syllables(dict[int, str]):
    """For ``str.translate``: every syllable's letters, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        if not FIRST_SYLLABLE <= code <= LAST_SYLLABLE:
            raise LookupError
        lead, rest = divmod(code - FIRST_SYLLABLE, MEDIALS * FINALS)
        medial, final = divmod(rest, FINALS)
        apart = (
            chr(LEAD + lead) + chr(MEDIAL + medial) + (chr(FINAL + final) if final else NO_FINAL)
        )
        self[code] = apart
        return apart


_APART = _Syllables({ord(typed): chr(LEAD + place) for place, typed in enumerate(INITIALS)})
_TYPED = {LEAD + place: typed for place, typed in enumerate(INITIALS)}
