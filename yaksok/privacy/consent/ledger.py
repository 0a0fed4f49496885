"""Receive what a person answers to a notice, and say what stands."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId, new_id
from yaksok.policy.facts import STANDING_REFUSALS, USE, Facts
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import AgeClass, Language
from yaksok.privacy.consent import channels

WEB = "web"
EVENT_COLUMNS = (
    "subject_id",
    "id",
    "at",
    "policy_version",
    "notice",
    "language",
    "channel",
    "given",
    "withheld",
    "lifted",
)
STANDING_COLUMNS = ("subject_id", "age", "consents", "refusals")
KEEP_KNOWN = (
    "ON CONFLICT (subject_id) DO UPDATE SET"
    " age = CASE WHEN excluded.age = 'unknown' OR standing.age = 'under14' THEN standing.age"
    " ELSE excluded.age END,"
    " consents = ARRAY(SELECT DISTINCT name FROM unnest(standing.consents || excluded.consents) name"
    " WHERE name NOT LIKE 'change:%%' OR name = ANY(standing.consents))"
)
"""What stood before stands: an unknown age replaces none, nobody under age grows up by ticking a box
(see :mod:`.wards`), and no consent is lost by giving another.

Only who is new agrees to a change of the policy by giving data after it (P1.9).
"""

Lapses = str | Mapping[str, str] | None
"""Until when consents hold that must be given again, by name, as the database says it."""

UNKNOWN = Facts(AgeClass.UNKNOWN, frozenset(), frozenset())
"""What holds for somebody who never told us anything: nothing is allowed, and age is under 14."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that ``subject`` was shown the notice with hash ``notice`` before anything was stored.

    ``lifted`` are refusals that the person took back by it.
    """

    id: UUID
    subject: SubjectId
    at: datetime
    policy_version: str
    notice: str
    language: Language
    channel: str
    given: tuple[str, ...]
    withheld: tuple[str, ...]
    lifted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one subject answers: each box by name, and the age class they attest."""

    subject: SubjectId
    given: Mapping[str, bool]
    age: AgeClass = AgeClass.UNKNOWN


def receive_all(
    answers: Sequence[Answer],
    *,
    notice: str,
    policy_version: str,
    language: Language,
    channel: str = WEB,
) -> tuple[Receipt, ...]:
    """Write what each person answered, and return a receipt for each, in the same order.

    A box that was ticked becomes a standing consent; one that was left becomes none, and takes
    nothing else away. An attested age stands; UNKNOWN never replaces a known one. Who is new was
    told all of the policy in force, so its changes are old to them; unless ``policy_version``, whose
    words they read, is not the one in force any more.

    Arguments:
        notice: SHA-256, 64 hex digits, of the notice exactly as it was shown (P3.6).

    Cost:
        Two statements, whatever the number of answers.
    """
    at = clock.now()
    receipts = tuple(
        Receipt(
            new_id(),
            answer.subject,
            at,
            policy_version,
            notice,
            language,
            channel,
            tuple(sorted(name for name, yes in answer.given.items() if yes)),
            tuple(sorted(name for name, yes in answer.given.items() if not yes)),
        )
        for answer in answers
    )
    now = policy()  # another thread may take the next version at any moment
    told = sorted(now.lineage.names()) if now.version == policy_version else []
    standings: list[tuple[object, ...]] = [
        (a.subject, a.age.value, [*r.given, *told], [])
        for a, r in zip(answers, receipts, strict=True)
    ]
    with connection.cursor() as cursor:
        insert(cursor, "consent_event", EVENT_COLUMNS, [_row(receipt) for receipt in receipts])
        insert(cursor, "consent_standing AS standing", STANDING_COLUMNS, standings, tail=KEEP_KNOWN)
    for receipt in receipts:
        channels.settle(receipt.subject, receipt.given, ())
    return receipts


def _row(one: Receipt) -> tuple[object, ...]:
    """``one`` in the order of :data:`EVENT_COLUMNS`."""
    return (
        one.subject,
        one.id,
        one.at,
        one.policy_version,
        one.notice,
        one.language.value,
        one.channel,
        [*one.given],
        [*one.withheld],
        [*one.lifted],
    )


def receive(
    subject: SubjectId,
    *,
    given: Mapping[str, bool],
    notice: str,
    policy_version: str,
    language: Language,
    age: AgeClass = AgeClass.UNKNOWN,
    channel: str = WEB,
) -> Receipt:
    """The receipt of one person's answer; see :func:`receive_all`."""
    return receive_all(
        [Answer(subject, given, age)],
        notice=notice,
        policy_version=policy_version,
        language=language,
        channel=channel,
    )[0]


def decide(
    subject: SubjectId,
    answers: Mapping[str, bool],
    *,
    notice: str,
    policy_version: str,
    language: Language,
    channel: str = WEB,
    lifted: Collection[str] = (),
) -> Receipt:
    """Write yes or no to each name of ``answers``, and let it stand from now on.

    A yes becomes a consent and takes the refusal of the same name away; a no does the opposite. So
    withdrawing is one act, and a later yes undoes it. ``lifted`` are refusals that are taken back
    without becoming a consent. No consent takes a standing refusal away (P4.8, P4.9).

    Raises:
        NotFound: nothing stands for this person; they left, or never gave anything.
        ValueError: a yes to what can only be refused.
    """
    if not STANDING_REFUSALS.isdisjoint(name for name, yes in answers.items() if yes):
        msg = "a standing refusal is lifted, never agreed away"
        raise ValueError(msg)
    given = sorted(name for name, yes in answers.items() if yes)
    withheld = sorted(name for name, yes in answers.items() if not yes)
    receipt = Receipt(
        new_id(),
        subject,
        clock.now(),
        policy_version,
        notice,
        language,
        channel,
        tuple(given),
        tuple(withheld),
        tuple(sorted(lifted)),
    )
    with connection.cursor() as cursor:
        settled: dict[str, UUID | list[str]] = {
            "subject": subject,
            "yes": given,
            "no": withheld,
            "lifted": [*lifted],
        }
        cursor.execute(_SETTLE, settled)
        if not cursor.rowcount:
            msg = "nothing stands for this person"
            raise NotFound(msg)
        insert(cursor, "consent_event", EVENT_COLUMNS, [_row(receipt)])
    channels.settle(subject, given, withheld)
    return receipt


_SETTLE = (
    "UPDATE consent_standing SET"
    " consents = ARRAY(SELECT DISTINCT name FROM unnest(consents || %(yes)s::text[]) name"
    "  WHERE name <> ALL(%(no)s::text[])),"
    " refusals = ARRAY(SELECT DISTINCT name FROM unnest(refusals || %(no)s::text[]) name"
    "  WHERE name <> ALL(%(yes)s::text[] || %(lifted)s::text[]))"
    " WHERE subject_id = %(subject)s"
)


def standing(subject: SubjectId) -> Facts:
    """What holds for ``subject`` now; :data:`UNKNOWN` for a stranger."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT age, consents, refusals, guardian_id, lapses FROM consent_standing WHERE subject_id = %s",
            [subject],
        )
        row = cursor.fetchone()
    return facts_of(*row) if row else UNKNOWN


def facts_of(
    age: str | None,
    consents: list[str] | None,
    refusals: list[str] | None,
    guardian: UUID | None = None,
    lapses: Lapses = None,
) -> Facts:
    """A standing's columns as the facts that ``policy.decide`` reads. None is unknown."""
    if age is None:
        return UNKNOWN
    refused = frozenset(refusals or ())
    return Facts(
        AgeClass(age),
        frozenset(consents or ()),
        refused,
        restricted=USE in refused,
        guardian=SubjectId(guardian) if guardian else None,
        lapsed=_lapsed(lapses) if lapses else frozenset(),
    )


def _lapsed(lapses: str | Mapping[str, str]) -> frozenset[str]:
    """The consents whose day has come. Until the person gives them again, nothing is done by them."""
    days: Mapping[str, str] = json.loads(lapses) if isinstance(lapses, str) else lapses
    now = clock.now()
    return frozenset(name for name, day in days.items() if datetime.fromisoformat(day) <= now)


def receipts(subject: SubjectId) -> tuple[Receipt, ...]:
    """Every receipt of ``subject``, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, at, policy_version, notice, language, channel, given, withheld, lifted"
            " FROM consent_event WHERE subject_id = %s ORDER BY id DESC",
            [subject],
        )
        return tuple(
            Receipt(
                id_, subject, at, version, notice, Language(language), channel, *map(tuple, lists)
            )
            for id_, at, version, notice, language, channel, *lists in cursor.fetchall()
        )


def forget(subject: SubjectId) -> None:
    """Remove the standing of an erased subject: from now on nothing is allowed about them.

    The events stay: they hold a random id that nothing resolves any more, and prove that
    somebody was told before anything was stored.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM consent_standing WHERE subject_id = %s", [subject])
        cursor.execute("DELETE FROM consent_channel WHERE subject_id = %s", [subject])
