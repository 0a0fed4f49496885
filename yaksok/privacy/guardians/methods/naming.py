"""Whether two people are called the same: without regard to spaces, case and how a letter is written."""

import hmac
import unicodedata


def same_name(one: str, other: str) -> bool:
    """Whether ``one`` and ``other`` are the same name. Nobody is called nothing."""
    ours, theirs = _plain(one), _plain(other)
    return bool(ours) and hmac.compare_digest(ours.encode(), theirs.encode())


def same_number(one: str, other: str) -> bool:
    """Whether two telephone numbers are the same, however they are written, with 82 or with 0."""
    ours, theirs = _digits(one), _digits(other)
    return bool(ours) and hmac.compare_digest(ours.encode(), theirs.encode())


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFC", name).casefold().split())


def _digits(number: str) -> str:
    digits = "".join(sign for sign in number if sign.isdigit() and sign.isascii())
    return f"0{digits[2:]}" if digits.startswith("82") else digits
