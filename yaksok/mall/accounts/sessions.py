"""Who is logged in. The browser holds 256 random bits; here is their hash, and whose they are."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection

from yaksok.kernel import clock
from yaksok.kernel.ids import SubjectId

KEY_BYTES = 32


class Audience(StrEnum):
    """Which door a session came in by. A session of one door opens nothing behind the other."""

    MEMBER = "member"
    STAFF = "staff"


IDLE = {Audience.MEMBER: timedelta(minutes=30), Audience.STAFF: timedelta(minutes=15)}
"""Without a request for this long, the session is over (P6.5)."""

AT_MOST = timedelta(hours=12)
"""However busy, a session is over after this."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last request is remembered; a row is written at most this often."""

STEPPED_UP_FOR = timedelta(minutes=5)
"""How long a repeated password lets the person see and change their data."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a session proves."""

    subject: SubjectId
    audience: Audience
    role: str
    csrf: str
    stepped_up_until: datetime | None

    @property
    def stepped_up(self) -> bool:
        """Whether the password was repeated a moment ago (P8.5)."""
        return self.stepped_up_until is not None and self.stepped_up_until > clock.now()


def begin(subject: SubjectId, audience: Audience, *, role: str = "") -> str:
    """A new session's key: 43 symbols for a cookie, stored nowhere here."""
    key = secrets.token_urlsafe(KEY_BYTES)
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_session"
            " (digest, subject_id, audience, role, opened_at, seen_at) VALUES (%s, %s, %s, %s, %s, %s)",
            [_digest(key), subject, audience.value, role, now, now],
        )
    return key


def of(key: str) -> Facts | None:
    """What the session of ``key`` proves; None when there is none, or it is over."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, audience, role, opened_at, seen_at, stepped_up_until"
            " FROM accounts_session WHERE digest = %s",
            [_digest(key)],
        )
        row = cursor.fetchone()
    if row is None or _over(Audience(row[1]), row[3], row[4]):
        return None
    subject, audience, role, _, seen_at, stepped_up_until = row
    if clock.now() - seen_at >= SEEN_EVERY:
        _seen(key)
    return Facts(SubjectId(subject), Audience(audience), role, _csrf(key), stepped_up_until)


def step_up(key: str) -> datetime:
    """Let the session of ``key`` see and change personal data for a while; returns until when."""
    until = clock.now() + STEPPED_UP_FOR
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_session SET stepped_up_until = %s WHERE digest = %s",
            [until, _digest(key)],
        )
    return until


def end(key: str) -> None:
    """The session is over: the row is gone, and the key proves nothing (P6.4)."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_session WHERE digest = %s", [_digest(key)])


def end_all(subject: SubjectId, *, but: str | None = None) -> int:
    """End every session of ``subject``, except that of the key ``but``; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM accounts_session WHERE subject_id = %s AND digest <> %s",
            [subject, _digest(but) if but else b""],
        )
        return int(cursor.rowcount)


def end_every() -> int:
    """End every session of everybody: for a mall that came back from a backup."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_session")
        return int(cursor.rowcount)


def sweep() -> int:
    """Delete the rows of sessions that are over, and say how many. For the clock's jobs."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM accounts_session WHERE opened_at <= %s"
            " OR (audience = %s AND seen_at <= %s) OR (audience = %s AND seen_at <= %s)",
            [
                now - AT_MOST,
                *(cell for audience, idle in IDLE.items() for cell in (audience.value, now - idle)),
            ],
        )
        return int(cursor.rowcount)


def _over(audience: Audience, opened_at: datetime, seen_at: datetime) -> bool:
    now = clock.now()
    return now - opened_at >= AT_MOST or now - seen_at >= IDLE[audience]


def _seen(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_session SET seen_at = %s WHERE digest = %s",
            [clock.now(), _digest(key)],
        )


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


def _csrf(key: str) -> str:
    """The form token: follows from the key, so that the table holds neither."""
    token = hmac.digest(key.encode(), b"csrf", "sha256")
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()
