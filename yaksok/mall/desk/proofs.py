"""What shows that somebody without an account is the asker: a number and a secret, both at random."""

import hashlib
import hmac
import secrets
from uuid import UUID

from yaksok.kernel.ids import CROCKFORD
from yaksok.kernel.keyring import named_key

KEY = "desk"
NUMBER_SYMBOLS = 8
SECRET_SYMBOLS = 12
"""60 bits: with five attempts in a quarter of an hour nobody guesses one."""

_TYPED = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_READ_SECRET, _SCORE = b"secret\x00", b"score\x00"
_NOBODY = bytes(hashlib.sha256().digest_size)


def new_number() -> str:
    """A ticket's number, ``Q-7K3M-9QWT``: read out over the phone as easily as typed."""
    return f"Q-{_grouped(_random(NUMBER_SYMBOLS))}"


def new_secret() -> str:
    """What goes with the number, ``7K3M-9QWT-XH2B``. Shown once; the mall keeps its hash only."""
    return _grouped(_random(SECRET_SYMBOLS))


def normal_number(typed: str) -> str | None:
    """The number that was meant, in any case, with or without hyphens; None when it cannot be one."""
    symbols = _symbols(typed)
    if len(symbols) != NUMBER_SYMBOLS + 1 or symbols[0] != "Q":
        return None
    rest = symbols[1:]
    return f"Q-{_grouped(rest)}" if set(rest) <= set(CROCKFORD) else None


def digest(ticket: UUID, secret: str) -> bytes:
    """What is kept of a ticket's secret: HMAC-SHA256, which nobody without the mall's key can try."""
    return _keyed(_READ_SECRET, ticket, _symbols(secret))


def is_right(kept: bytes | None, ticket: UUID, secret: str) -> bool:
    """Whether ``secret`` is the one of ``ticket``; None, nobody's, is as much work and never right."""
    same = hmac.compare_digest(kept or _NOBODY, digest(ticket, secret))
    return same and kept is not None


def scoring(ticket: UUID) -> str:
    """What a page on which the asker reads the answer carries, so that they can say how it was."""
    return _keyed(_SCORE, ticket, "").hex()


def may_score(ticket: UUID, token: str) -> bool:
    """Whether ``token`` came from such a page."""
    return hmac.compare_digest(scoring(ticket).encode(), token.encode("utf-8", "replace"))


def _keyed(use: bytes, ticket: UUID, words: str) -> bytes:
    said = use + ticket.bytes + words.encode("utf-8", "replace")
    return hmac.digest(named_key(KEY), said, hashlib.sha256)


def _symbols(typed: str) -> str:
    return typed.strip().upper().translate(_TYPED)


def _random(symbols: int) -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(symbols))


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))
