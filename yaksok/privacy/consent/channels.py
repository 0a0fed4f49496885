"""Consents to advertising: since when each stands, until when, and what the person was told of it.

Beside the standing that the gate reads, each consent to a channel (and to the night) has a row of its
own: from when its two years count, where the address lies sealed, which link stops it. Whichever way a
person answers, the ledger brings the rows up to date in the transaction of the answer.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.ids import RecordId, SubjectId, new_trail_id
from yaksok.kernel.keyring import named_key
from yaksok.policy.advertising import consents, lapses
from yaksok.policy.in_force import policy

KEY = "opt_out"
TOKEN_LENGTH = 43
"""Characters of a link's secret: 256 bits in Base64 for URLs."""

SAVE = (
    "ON CONFLICT (subject_id, name) DO UPDATE SET"
    " since = excluded.since, changed_at = excluded.changed_at, stands = true,"
    " confirmed_at = excluded.confirmed_at, lapses_at = excluded.lapses_at, asked_at = NULL,"
    " told_at = excluded.told_at, look_at = excluded.look_at"
)
COLUMNS = (
    "subject_id",
    "name",
    "key",
    "digest",
    "since",
    "changed_at",
    "stands",
    "confirmed_at",
    "lapses_at",
    "told_at",
    "look_at",
    "reachable",
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """One consent to advertising of one person, given or taken back.

    ``since`` is the day from which the periods count. ``asked_at``: asked again, not answered yet.
    ``told_at``: when the letter with the result was noted. ``record`` holds the address, and
    ``reachable`` says whether the person showed that it is theirs.
    """

    name: str
    since: datetime
    changed_at: datetime
    stands: bool
    confirmed_at: datetime | None
    lapses_at: datetime | None
    asked_at: datetime | None
    told_at: datetime | None
    record: RecordId | None
    reachable: bool

    @property
    def paused(self) -> bool:
        """Whether it stands and was not given again in time."""
        return self.stands and self.lapses_at is not None and self.lapses_at <= clock.now()


_SUBSCRIPTION = "name, since, changed_at, stands, confirmed_at, lapses_at, asked_at, told_at, record_id, reachable"


def settle(subject: SubjectId, given: Collection[str], withheld: Collection[str]) -> None:
    """Bring the rows of ``subject`` up to date with an answer. Nothing else is looked at.

    A yes to what stands is the answer to being asked again: it holds for another period, counted
    from the first consent. A yes to what does not stand begins anew.

    Cost:
        Nothing when no consent to advertising is named, which is nearly always.
    """
    ours = consents(policy().document.body)
    yes, no = sorted(ours & set(given)), sorted(ours & set(withheld))
    if not yes and not no:
        return
    known = {one.name: one for one in of(subject)}
    at = clock.now()
    with connection.cursor() as cursor:
        insert(
            cursor,
            "consent_channel",
            COLUMNS,
            [_begun(subject, name, known.get(name), at) for name in yes],
            tail=SAVE,
        )
        cursor.execute(
            "UPDATE consent_channel SET stands = false, changed_at = %s, lapses_at = NULL,"
            " asked_at = NULL, told_at = NULL, look_at = %s, record_id = NULL, reachable = false"
            " WHERE subject_id = %s AND name = ANY(%s) AND stands",
            [at, at, subject, no],
        )
        cursor.execute(_LAPSES, [subject, subject])


_LAPSES = (
    "UPDATE consent_standing SET lapses ="
    " (SELECT jsonb_object_agg(name, lapses_at) FROM consent_channel"
    "  WHERE subject_id = %s AND lapses_at IS NOT NULL) WHERE subject_id = %s"
)


def _begun(
    subject: SubjectId, name: str, known: Subscription | None, at: datetime
) -> tuple[object, ...]:
    """The row of a consent that is given at ``at``, in the order of :data:`COLUMNS`."""
    table = policy().document.body.advertising
    assert table is not None  # noqa: S101 - else there is no consent to advertising
    key = new_trail_id()
    same = known is not None and known.stands
    since = known.since if known and same else at
    before = known.lapses_at if known and same and known.asked_at else None
    until = lapses(table, since, max(at, before) if before else at)
    changed = known.changed_at if known and same else at
    told = known.told_at if known and same else None
    digest = _digest(token_of(subject, name, key))
    return subject, name, key, digest, since, changed, True, at, until, told, at, False


def of(subject: SubjectId) -> tuple[Subscription, ...]:
    """Every consent to advertising that ``subject`` ever gave, by name."""
    found = rows(
        f"SELECT {_SUBSCRIPTION} FROM consent_channel WHERE subject_id = %s ORDER BY name",  # noqa: S608 - constants of this module
        [subject],
    )
    return tuple(Subscription(*row) for row in found)


def reach(subject: SubjectId, name: str, record: RecordId, *, proved: bool) -> None:
    """The address for ``name`` lies in ``record``; whether the person showed that it is theirs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_channel SET record_id = %s, reachable = %s"
            " WHERE subject_id = %s AND name = %s AND stands",
            [record, proved, subject, name],
        )


def reachable(subject: SubjectId, name: str, *, proved: bool) -> None:
    """The person showed that the address of ``name`` is theirs; or it is another one by now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_channel SET reachable = %s"
            " WHERE subject_id = %s AND name = %s AND stands AND record_id IS NOT NULL",
            [proved, subject, name],
        )


def lost(subject: SubjectId, record: RecordId) -> bool:
    """Whether the address in ``record`` was one for advertising; it leads to nobody any more.

    The consent stands: only the person takes it back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_channel SET record_id = NULL, reachable = false"
            " WHERE subject_id = %s AND record_id = %s",
            [subject, record],
        )
        return bool(cursor.rowcount)


def subscribers(
    name: str, *, after: SubjectId | None, limit: int
) -> list[tuple[SubjectId, RecordId]]:
    """Who stands in the list of ``name`` and where their address lies, by the order of ids."""
    found = rows(
        "SELECT subject_id, record_id FROM consent_channel"
        " WHERE name = %s AND stands AND reachable"
        " AND (%s::uuid IS NULL OR subject_id > %s) ORDER BY subject_id LIMIT %s",
        [name, after, after, limit],
    )
    return [(SubjectId(subject), RecordId(record)) for subject, record in found]


def token_of(subject: SubjectId, name: str, key: UUID) -> str:
    """The secret of the link that stops ``name``: HMAC-SHA256 over whose it is, and a random key.

    The same in every letter of one consent, so that an old letter stops it too. The mall keeps its
    hash, and derives it anew for each letter.
    """
    said = name.encode() + b"\x00" + subject.bytes + key.bytes
    digest = hmac.digest(named_key(KEY), said, hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def token_for(subject: SubjectId, name: str) -> str | None:
    """The secret for the next letter to ``subject``; None when they never agreed to ``name``."""
    found = rows(
        "SELECT key FROM consent_channel WHERE subject_id = %s AND name = %s", [subject, name]
    )
    return token_of(subject, name, found[0][0]) if found else None


def whose(token: str) -> tuple[SubjectId, str] | None:
    """Whose link carries ``token``, and which consent it stops; None when none does."""
    if len(token) != TOKEN_LENGTH or not token.isascii():
        return None
    found = rows("SELECT subject_id, name FROM consent_channel WHERE digest = %s", [_digest(token)])
    return (SubjectId(found[0][0]), found[0][1]) if found else None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
