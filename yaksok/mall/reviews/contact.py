"""Finds an e-mail address or a telephone number in words that everybody will read."""

import re
import unicodedata

_UNSEEN = frozenset({"Cf", "Me", "Mn"})
"""Signs that stand in or on another one without a width of their own."""

_GAP = r"[\s().,_\-‐-―~/·ㅡ]{0,3}"
_EMAIL = re.compile(
    r"[\w.+\-]+\s*(?:@|\(at\)|\[at\]|골뱅이)\s*[\w\-]+\s*(?:\.|닷|점)\s*\w{2,}", re.IGNORECASE
)
_PHONE = re.compile(
    rf"(?<![\d-])(?:\+?82{_GAP})?(?:\(?0{_GAP})?(?:1{_GAP}[016789]|2|[3-6]{_GAP}[1-5]|7{_GAP}0|50{_GAP}\d?)\)?"
    rf"{_GAP}(?:\d{_GAP}){{3,4}}(?:\d{_GAP}){{3}}\d(?!\d)"
)
_LEADS = re.compile(r"^(?:\+?82|\(?0)")
_DIGITS = str.maketrans("영공일이삼사오육륙칠팔구", "001234566789")
"""Digits as they are spelt to get past a filter."""
_SPELT = re.compile(r"[0영공](?:[\s\-]{0,3}[0-9영공일이삼사오육륙칠팔구]){8,10}")
_OTHERS = re.compile(r"(?<!\d)\+(?!82)\d{1,3}[\s\-]?(?:\d[\s\-]?){7,12}(?!\d)")
"""A number with the code of another country."""


def names_contact(text: str) -> bool:
    """Whether ``text`` holds what can be an e-mail address or a telephone number.

    Digits of any script count, with separators between them, and digits spelt in Korean. A price, a
    size or an order of goods does not: a number must begin like one of Korea, or with ``+``.
    """
    plain = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign) not in _UNSEEN
    )
    if _EMAIL.search(plain) or _OTHERS.search(plain):
        return True
    spelt = _SPELT.sub(lambda found: found[0].translate(_DIGITS), plain)
    return any(_LEADS.match(found[0]) for found in _PHONE.finditer(spelt))
