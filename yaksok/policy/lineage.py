"""Which uses of personal data are newer than the consent of those who gave it before (P1.8, P1.9).

A *use* is one item of one record kind, for one purpose or towards one recipient. What only the person
themself or their guardian may do is a use apart: it is none yet by the mall. When a published version
adds uses, each of them belongs to a *point*, and nothing new touches the data of a person who has not
agreed to the point. A use that was dropped and comes back is new again.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from yaksok.kernel.shapes import work_out
from yaksok.policy.entries import Body, Grant, Record
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Action, EndEvent, Item, Purpose, RecordKind

CHANGE = "change:"
"""What the name of every point begins with, as a consent and as a refusal."""

NEVER_ASKED = frozenset(
    {
        Purpose.LEGAL_DEMAND,
        Purpose.RIGHTS,
        Purpose.SECURITY,
        Purpose.STAFF_AUTHENTICATION,
        Purpose.STATUTORY_RECORD,
    }
)
"""Purposes that no consent can open or close: a person's rights, and duties of law and work."""

_FOR, _OWN, _TO = "purpose:", "own:", "recipient:"

Use = tuple[str, RecordKind, Item]
"""``purpose:order``, ``own:order`` or ``recipient:courier``, the record kind, the item."""


class Earlier(msgspec.Struct, frozen=True):
    """How a record ended before ``point`` made it live longer."""

    point: str
    event: EndEvent
    period: Period

    def due(self, at: datetime.datetime) -> datetime.datetime:
        """When the record is destroyed by the earlier rule, if its event came at ``at``."""
        return self.period.after(at)


class Lineage(msgspec.Struct, frozen=True):
    """What each published version added, up to the one in force.

    ``points`` maps a use to the point by which it came; uses of the first version are not in it.
    ``periods`` has, newest first, the ends that a kind had before it was made to live longer.
    """

    points: Mapping[Use, str] = MappingProxyType({})
    periods: Mapping[RecordKind, tuple[Earlier, ...]] = MappingProxyType({})

    def names(self) -> frozenset[str]:
        """Every point that a person may be asked about."""
        longer = {earlier.point for ends in self.periods.values() for earlier in ends}
        return frozenset(self.points.values()) | longer


FOUNDING = Lineage()
"""Of a mall's first version: nothing is newer than anybody's consent."""


def uses(body: Body) -> frozenset[Use]:
    """Every use that ``body`` grants and that somebody may agree to or refuse."""
    return frozenset(
        use for kind, record in body.records.items() for use in _uses_of(body, kind, record)
    )


def _uses_of(body: Body, kind: RecordKind, record: Record) -> set[Use]:
    found: set[Use] = set()
    for grant in record.grants:
        items = record.items.keys() & set(grant.items)
        if grant.recipient is not None:
            third = body.recipients.get(grant.recipient)
            if third is None or third.without_consent is not None:
                continue  # P4.10: nobody is asked
            found |= {(f"{_TO}{grant.recipient}", kind, item) for item in items}
        elif set(grant.actions) != {Action.ERASE}:
            purposes = set(grant.purposes) - NEVER_ASKED
            found |= {(way(grant, p), kind, item) for p in purposes for item in items}
    return found


def way(grant: Grant, purpose: Purpose) -> str:
    """How ``grant`` uses items for ``purpose``: what the first part of a use is called."""
    if grant.recipient is not None:
        return f"{_TO}{grant.recipient}"
    return f"{_OWN if grant.own or grant.ward else _FOR}{purpose}"


def descend(lineage: Lineage, before: Body, after: Body) -> Lineage:
    """The lineage of ``after``, published in succession to ``before``."""
    known = {
        use
        for use in uses(before)
        if not _to_somebody_else(use, before, after) and not _asked_less(use, before, after)
    }
    points: dict[Use, str] = {}
    for use in uses(after):
        covered = [was for was in _covering(use) if was in known]
        if not covered:
            points[use] = f"{CHANGE}{after.version}/{use[0].replace(_OWN, _FOR)}"
        elif all(was in lineage.points for was in covered):
            points[use] = lineage.points[covered[0]]
    return Lineage(
        points=MappingProxyType(points),
        periods=MappingProxyType(_periods(lineage, before, after)),
    )


def _covering(use: Use) -> tuple[Use, ...]:
    """The earlier uses that make ``use`` an old one: what the mall may do, the person may too."""
    what, kind, item = use
    if what.startswith(_OWN):
        return use, (what.replace(_OWN, _FOR), kind, item)
    return (use,)


def _to_somebody_else(use: Use, before: Body, after: Body) -> bool:
    """Whether the recipient of ``use`` keeps its key and is another company, elsewhere, or does other things."""
    what, _, _ = use
    name = what.removeprefix(_TO)
    if name == what or name not in after.recipients:
        return False
    was, is_now = before.recipients[name], after.recipients[name]
    said = (was.company, was.purpose, was.keeps, was.country)
    return said != (is_now.company, is_now.purpose, is_now.keeps, is_now.country)


def _asked_less(use: Use, before: Body, after: Body) -> bool:
    """Whether ``use`` needed a consent that it no longer needs: who never gave it agreed to nothing."""
    _, kind, item = use
    return not _consents(before, kind, item) <= _consents(after, kind, item)


def _consents(body: Body, kind: RecordKind, item: Item) -> set[str | None]:
    record = body.records.get(kind)
    if record is None or item not in record.items:
        return set()
    return {record.consent, record.items[item].consent} - {None}


def _periods(lineage: Lineage, before: Body, after: Body) -> dict[RecordKind, tuple[Earlier, ...]]:
    periods = {kind: ends for kind, ends in lineage.periods.items() if kind in after.records}
    for kind in before.records.keys() & after.records.keys():
        was, is_now = before.records[kind].end, after.records[kind].end
        if ends_later(Period.parse(was.period), Period.parse(is_now.period)) or (
            was.event is not is_now.event
        ):
            point = f"{CHANGE}{after.version}/period:{kind}"
            earlier = Earlier(point, was.event, Period.parse(was.period))
            periods[kind] = (earlier, *periods.get(kind, ()))
    return periods


def ends_later(was: Period, is_now: Period) -> bool:
    """Whether a record lives longer by ``is_now`` than by ``was``, whenever its period begins.

    A month has 28 to 31 days, so each first of a month of four years is tried.
    """
    starts = (
        datetime.datetime(year, month, 1, tzinfo=datetime.UTC)
        for year in range(2027, 2031)
        for month in range(1, 13)
    )
    return any(is_now.after(start) > was.after(start) for start in starts)


def arrivals(lineage: Lineage, body: Body) -> dict[tuple[RecordKind, Item], frozenset[str]]:
    """Items that are new as a whole, and the points by which they came.

    An item of which one use is as old as the mall is not among them: it is asked of everybody.
    """
    found: dict[tuple[RecordKind, Item], set[str | None]] = defaultdict(set)
    for use in uses(body):
        found[use[1], use[2]].add(lineage.points.get(use))
    return {
        place: frozenset(point for point in points if point is not None)
        for place, points in found.items()
        if None not in points
    }


def added(before: Lineage, after: Lineage) -> frozenset[str]:
    """The points that are asked because ``after`` follows ``before``."""
    return after.names() - before.names()


class _Row(msgspec.Struct, frozen=True):
    points: tuple[tuple[str, RecordKind, Item, str], ...]
    periods: tuple[tuple[RecordKind, str, EndEvent, str], ...]


work_out(_Row)


def to_json(lineage: Lineage) -> str:
    """``lineage`` as it is stored beside its version."""
    row = _Row(
        tuple(sorted((*use, point) for use, point in lineage.points.items())),
        tuple(
            (kind, one.point, one.event, one.period.code())
            for kind, ends in sorted(lineage.periods.items())
            for one in ends
        ),
    )
    return msgspec.json.encode(row).decode()


def from_json(text: str) -> Lineage:
    """What :func:`to_json` wrote."""
    row = msgspec.json.decode(text, type=_Row)
    periods: dict[RecordKind, tuple[Earlier, ...]] = {}
    for kind, point, event, period in row.periods:
        earlier = Earlier(point, event, Period.parse(period))
        periods[kind] = (*periods.get(kind, ()), earlier)
    return Lineage(
        MappingProxyType({(what, kind, item): point for what, kind, item, point in row.points}),
        MappingProxyType(periods),
    )
