"""Secrets and numbers that lead to a guardian: only their keyed hash is kept, and what they are for."""

import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId
from yaksok.kernel.keyring import named_key
from yaksok.privacy.guardians.models import Key

KEY = "guardians"
LONGEST = 80
"""Characters that a key can have; what is longer is none."""


class Use(StrEnum):
    """What a key is for."""

    CHILD = "child"
    """What the child holds who waits: it finishes the account once the guardian agreed."""
    CODE = "code"
    """The code of the letter, as a guardian reads it out in a call."""
    NUMBER = "number"
    """The number on letters and on the paper form. It finds, and proves nothing."""
    PASS = "pass"  # noqa: S105 - the name of a use, not a secret
    """What a guardian's pages carry from form to form after the link was used; no cookie."""
    WINDOW = "window"
    """What a provider's window is opened under, and comes back with."""


LIVES = {Use.PASS: timedelta(minutes=15), Use.WINDOW: timedelta(minutes=30)}
"""How long a key opens something; the others as long as their guardian is known."""


def make(use: Use, subject: SubjectId, *, prefix: str = "") -> str:
    """A new key of 256 random bits for ``use``, ``prefix`` and 43 symbols; stored nowhere here."""
    key = prefix + secrets.token_urlsafe(32)
    keep(use, subject, key)
    return key


def keep(use: Use, subject: SubjectId, key: str) -> None:
    """From now on ``key`` leads to ``subject``, for ``use``."""
    life = LIVES.get(use)
    until = clock.now() + life if life else None
    Key.objects.create(digest=_digest(use, key), subject_id=subject, use=use, expires_at=until)


def owner(use: Use, key: str) -> SubjectId | None:
    """To whom ``key`` leads, for ``use``; None when it leads nowhere, or not any more."""
    if not key or len(key) > LONGEST:
        return None
    row = Key.objects.filter(digest=_digest(use, key), use=use).first()
    if row is None or _is_over(row.expires_at):
        return None
    return SubjectId(row.subject_id)


def spend(use: Use, key: str) -> SubjectId | None:
    """Like :func:`owner`; and it leads nowhere after this. Of two at once, one gets it."""
    found = owner(use, key)
    if found is None:
        return None
    gone, _ = Key.objects.filter(digest=_digest(use, key), use=use).delete()
    return found if gone else None


def forget(subject: SubjectId, *uses: Use) -> None:
    """No key for ``uses`` (for any, when none is named) leads to ``subject`` any more."""
    rows = Key.objects.filter(subject_id=subject)
    (rows.filter(use__in=uses) if uses else rows).delete()


def forget_expired() -> int:
    """Remove keys that open nothing any more; how many."""
    return Key.objects.filter(expires_at__lte=clock.now()).delete()[0]


def _is_over(until: datetime | None) -> bool:
    return until is not None and until <= clock.now()


def _digest(use: Use, key: str) -> bytes:
    return hmac.digest(named_key(KEY), f"{use}:{key}".encode("utf-8", "replace"), "sha256")
