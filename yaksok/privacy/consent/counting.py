"""Numbers about consents to advertising, for those who may see numbers alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.policy.facts import Facts
from yaksok.policy.vocabulary import AgeClass
from yaksok.privacy.consent.ledger import facts_of


@dataclass(frozen=True, slots=True)
class Figures:
    """How one consent stands: given and in force, given and waiting for an answer, taken back."""

    name: str
    stands: int
    paused: int
    withdrawn: int
    unproved: int
    untold: int


@dataclass(frozen=True, slots=True)
class Line:
    """One answer in the register: a random number, a time, what was said, and by which version.

    Nothing leads from it to the person.
    """

    id: UUID
    at: datetime
    given: tuple[str, ...]
    withheld: tuple[str, ...]
    policy_version: str
    channel: str


def alike(name: str) -> Iterator[tuple[Facts, int]]:
    """Who stands in the list of ``name``, counted by what stands for them. One statement."""
    found = rows(
        "SELECT s.age, s.consents, s.refusals,"
        " ARRAY(SELECT key FROM jsonb_each_text(coalesce(s.lapses, '{}'::jsonb))"
        "  WHERE value::timestamptz <= %s ORDER BY key) AS lapsed, count(*)"
        " FROM consent_channel c JOIN consent_standing s ON s.subject_id = c.subject_id"
        " WHERE c.name = %s AND c.stands AND c.reachable GROUP BY 1, 2, 3, 4",
        [clock.now(), name],
    )
    for age, consents, refusals, lapsed, number in found:
        stands = facts_of(AgeClass(age), consents, refusals)
        yield _with(stands, frozenset(lapsed)), number


def _with(facts: Facts, lapsed: frozenset[str]) -> Facts:
    return Facts(
        facts.age, facts.consents, facts.refusals, facts.restricted, facts.guardian, lapsed
    )


def figures() -> tuple[Figures, ...]:
    """How every consent to advertising stands that anybody ever gave. One statement."""
    found = rows(
        "SELECT name, count(*) FILTER (WHERE stands AND lapses_at > %(now)s),"
        " count(*) FILTER (WHERE stands AND lapses_at <= %(now)s),"
        " count(*) FILTER (WHERE NOT stands),"
        " count(*) FILTER (WHERE stands AND record_id IS NOT NULL AND NOT reachable),"
        " count(*) FILTER (WHERE told_at IS NULL)"
        " FROM consent_channel GROUP BY name ORDER BY name",
        {"now": clock.now()},
    )
    return tuple(Figures(*row) for row in found)


def lines(names: frozenset[str], *, limit: int, before: UUID | None = None) -> tuple[Line, ...]:
    """Answers to any of ``names``, newest first. A box that was left at sign-up is no answer."""
    found = rows(
        "SELECT id, at, given, withheld, policy_version, channel FROM consent_event"
        " WHERE (given && %(names)s OR (withheld && %(names)s AND given = '{}'))"
        " AND (%(before)s::uuid IS NULL OR id < %(before)s) ORDER BY id DESC LIMIT %(limit)s",
        {"names": sorted(names), "before": before, "limit": limit},
    )
    return tuple(
        Line(
            id_,
            at,
            tuple(sorted(names & set(given))),
            tuple(sorted(names & set(withheld))),
            version,
            channel,
        )
        for id_, at, given, withheld, version, channel in found
    )
