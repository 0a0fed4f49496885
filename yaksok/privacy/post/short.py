"""How long a text message is. Korean carriers count bytes of EUC-KR: Hangul two, Latin one."""

from enum import StrEnum

ENCODING = "cp949"
"""EUC-KR with all 11 172 syllables, as the carriers take it."""

SHORT_BYTES = 90
LONG_BYTES = 2_000
SUBJECT_BYTES = 40


class Kind(StrEnum):
    """What carriers call a text message of this length."""

    LONG = "LMS"
    SHORT = "SMS"


def length(text: str) -> int:
    """Bytes of ``text`` at the carrier.

    Raises:
        UnicodeEncodeError: a character cannot be sent to a telephone.
    """
    return len(text.encode(ENCODING))


def kind_of(text: str) -> Kind | None:
    """As what ``text`` is sent; None when it is too long, or holds what no telephone shows."""
    try:
        size = length(text)
    except UnicodeEncodeError:
        return None
    if size > LONG_BYTES:
        return None
    return Kind.SHORT if size <= SHORT_BYTES else Kind.LONG


def heading(subject: str) -> str:
    """``subject`` cut to what stands above a long message, between two characters."""
    kept = subject.encode(ENCODING, "ignore")[:SUBJECT_BYTES]
    return kept.decode(ENCODING, "ignore")
