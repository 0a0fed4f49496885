"""Secrets that stand in one letter alone. The mall derives them anew and keeps their hash only."""

import base64
import hashlib
import hmac
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from yaksok.kernel import clock
from yaksok.kernel.ids import CROCKFORD, SubjectId
from yaksok.kernel.keyring import named_key
from yaksok.privacy.post.models import Token

KEY = "letters"
ADVERTISING_CALL = "advertising_call"
ADVERTISING_PHONE = "advertising_phone"
EMAIL = "email"
GUARDIAN_ASKED = "guardian_asked"
GUARDIAN_PORTAL = "guardian_portal"
GUARDIAN_WISH = "guardian_wish"
LIFE = timedelta(days=2)
LIVES = {GUARDIAN_ASKED: timedelta(days=6)}
"""How long a secret proves something, where it is not :data:`LIFE`. A guardian's time to answer ends
before theirs does, by the calendar.
"""

CODE_SYMBOLS = 8
LENGTH = 43
"""Characters of a token: 256 bits in Base64 for URLs."""


def token_of(subject: SubjectId, letter: UUID, purpose: str) -> str:
    """The secret of one letter: HMAC-SHA256 over whose it is, which letter, and what it proves."""
    said = purpose.encode() + b"\x00" + subject.bytes + letter.bytes
    digest = hmac.digest(named_key(KEY), said, hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def expect(subject: SubjectId, letter: UUID, purpose: str) -> None:
    """From now on, for :data:`LIFE` or as :data:`LIVES` says, the secret of ``letter`` proves ``purpose``."""
    Token.objects.create(
        digest=_digest(token_of(subject, letter, purpose)),
        subject_id=subject,
        purpose=purpose,
        expires_at=clock.now() + LIVES.get(purpose, LIFE),
    )


def prove(token: str, purpose: str) -> SubjectId | None:
    """Whose letter carried ``token``; None when none did, or it is too old. Again is no harm."""
    if len(token) != LENGTH or not token.isascii():
        return None
    row = (
        Token.objects.select_for_update()
        .filter(digest=_digest(token), purpose=purpose)
        .filter(Q(expires_at__gt=clock.now()) | Q(proved_at__isnull=False))
        .first()
    )
    if row is None:
        return None
    if row.proved_at is None:
        row.proved_at = clock.now()
        row.save(update_fields=["proved_at"])
    return SubjectId(row.subject_id)


def code_of(token: str) -> str:
    """The code that stands in the letter of ``token`` beside its link: 40 bits, ``7K3M-9QWT``."""
    digest = hmac.digest(named_key(KEY), b"code\x00" + token.encode(), hashlib.sha256)
    symbols = "".join(CROCKFORD[byte % len(CROCKFORD)] for byte in digest[:CODE_SYMBOLS])
    return f"{symbols[:4]}-{symbols[4:]}"


def holder(token: str, purpose: str) -> SubjectId | None:
    """Whose letter carried ``token``, while it can still be used; nothing is used up by asking."""
    if len(token) != LENGTH or not token.isascii():
        return None
    row = Token.objects.filter(
        digest=_digest(token), purpose=purpose, expires_at__gt=clock.now()
    ).first()
    return SubjectId(row.subject_id) if row else None


def use(token: str, purpose: str) -> SubjectId | None:
    """Like :func:`holder`; and the token proves nothing after this. Of two at once, one gets it."""
    subject = holder(token, purpose)
    if subject is None:
        return None
    gone, _ = Token.objects.filter(digest=_digest(token), purpose=purpose).delete()
    return subject if gone else None


def within(token: str, purpose: str, window: timedelta) -> SubjectId | None:
    """Whose letter carried ``token``, for ``window`` from when it is first shown; None after that.

    For a link that opens something: read again, forwarded or found in an old mailbox it is worth
    nothing.
    """
    subject = prove(token, purpose)
    if subject is None:
        return None
    since = Token.objects.filter(digest=_digest(token)).values_list("proved_at", flat=True).first()
    return subject if since is not None and clock.now() < since + window else None


def proved(subject: SubjectId, purpose: str) -> bool:
    """Whether ``subject`` showed the secret of a letter."""
    return Token.objects.filter(
        subject_id=subject, purpose=purpose, proved_at__isnull=False
    ).exists()


def forget(subject: SubjectId, purpose: str) -> None:
    """What was proved does not hold any more: the address changed."""
    Token.objects.filter(subject_id=subject, purpose=purpose).delete()


def forget_expired() -> int:
    """Remove what can prove nothing any more; how many."""
    return Token.objects.filter(proved_at=None, expires_at__lte=clock.now()).delete()[0]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
