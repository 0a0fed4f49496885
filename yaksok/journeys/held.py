"""Everything that is held about one person, as plain values: what they download, print, or are explained.

What is looked for is not listed here: it is what :mod:`yaksok.journeys.explain` says can be held about
somebody in their role, record kind by record kind, item by item, table by table. So a table or an item
that explains itself to the officer is in every person's file, and one that does not fails the build.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from yaksok.database.roles import keeper
from yaksok.database.selecting import rows
from yaksok.journeys import explain
from yaksok.journeys.explained import Column, Explanation, ItemHeld, Record, Table
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.holdings import GATE, Nature
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.policy import in_force, masks, never_opened
from yaksok.policy.vocabulary import Action, Held, Item, Purpose, RecordKind
from yaksok.privacy.vault import gate

PERSONS = frozenset({Role.GUEST, Role.MEMBER, Role.RECIPIENT})
"""Who has data of their own here, and can show that they are it."""

TRAIL = "trail"
"""The column by which the log leads to a person, instead of their id."""

PAGE = 200
MOST_ROWS = 20_000
"""Rows of one table; a person with more is told that there are more."""

Cell = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One item of one record.

    ``value`` is None where it was never given, or where nobody can read it (``readable``): the
    password, of which only a check value is kept, and what a law has locked away.
    """

    about: ItemHeld
    value: str | None
    given: bool
    readable: bool


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record of the person, with every item that the policy declares for its kind."""

    record: RecordId
    about: Record
    policy_version: str
    kept_until: datetime | None
    items: tuple[HeldItem, ...]


@dataclass(frozen=True, slots=True)
class HeldTable:
    """The person's rows in one table. A cell is None where it is sealed or is about somebody else."""

    about: Table
    rows: tuple[tuple[Cell, ...], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """All of it: the records and rows that are there, and what could have been and is not."""

    explanation: Explanation
    records: tuple[HeldRecord, ...]
    tables: tuple[HeldTable, ...]


def held(actor: Actor, *, stepped_up: bool) -> Holding:
    """Everything that the mall holds about ``actor``, in plain values.

    Arguments:
        stepped_up: That the person has just shown who they are; never anything else.

    Refuses:
        Refused: somebody else asks, or they did not show who they are a moment ago (P8.5).

    Records:
        Event.VAULT_ITEMS_OPENED for each record.
    """
    if actor.subject is None or actor.role not in PERSONS or not stepped_up:
        msg = "refused to hand out what is held: the person did not show who they are"
        raise Refused(msg, promise="P8.5", advice="log in as the person")
    whole = _explained(in_force.policy().hash)
    found = explain.held_by(whole, actor.role)
    with keeper():
        return Holding(
            found,
            tuple(_records(actor, actor.subject, (*whole.records, *found.records))),
            tuple(_tables(actor.subject, found)),
        )


@lru_cache(maxsize=2)
def _explained(_hash: str) -> Explanation:
    return explain.explain(in_force.policy())


def _records(actor: Actor, subject: SubjectId, explained: Iterable[Record]) -> Iterable[HeldRecord]:
    """Every record that lies there, whatever its kind: none is left out because of a role."""
    kinds = {one.kind: one for one in explained}
    lying = gate.holdings(subject)
    for kind in sorted({one.kind for one in lying}):
        names = [(subject, one.record) for one in lying if one.kind is kind]
        given = gate.given(names, kind=kind)
        values = _opened(names, kind, actor)
        for one in (held for held in lying if held.kind is kind):
            name = (subject, one.record)
            yield HeldRecord(
                one.record,
                kinds[kind],
                one.policy_version,
                one.destroy_after,
                tuple(
                    _item(about, values.get(name), given.get(name, frozenset()))
                    for about in kinds[kind].items
                ),
            )


def _opened(
    names: list[gate.Name], kind: RecordKind, actor: Actor
) -> Mapping[gate.Name, Mapping[Item, str]]:
    """What the person may read of themself, in plain; nothing of what only a law keeps."""
    rule = in_force.policy().rules.get((actor.role, Action.OPEN, kind, Purpose.RIGHTS, None))
    if rule is None:
        return {}
    found: dict[gate.Name, Mapping[Item, str]] = {}
    for start in range(0, len(names), PAGE):
        opened = gate.open_many(
            names[start : start + PAGE],
            rule.items,
            kind=kind,
            purpose=Purpose.RIGHTS,
            actor=actor,
            reason="own_copy",
        )
        for name, values in opened.items():
            found[name] = {item: value.reveal() for item, value in values.items()}
    return found


def _item(about: ItemHeld, values: Mapping[Item, str] | None, given: frozenset[Item]) -> HeldItem:
    if about.held is Held.VERIFIER:
        return HeldItem(about, None, given=True, readable=False)
    if about.item not in given:
        return HeldItem(about, None, given=False, readable=True)
    if values is None or about.item not in values:
        return HeldItem(about, None, given=True, readable=False)
    value = values[about.item]
    if about.item in never_opened.ITEMS:
        return HeldItem(about, masks.mask(about.item, value), given=True, readable=False)
    return HeldItem(about, value, given=True, readable=True)


def _tables(subject: SubjectId, explanation: Explanation) -> Iterable[HeldTable]:
    trail = gate.trail_of(subject)
    for table in explanation.tables:
        key: UUID | None = trail if table.subject == TRAIL else subject
        if table.ended_by == GATE or key is None:
            continue  # its records are told item by item
        found = _rows(table, key)
        if found:
            shown = tuple(_row(table, row) for row in found[:MOST_ROWS])
            yield HeldTable(table, shown, len(found) > MOST_ROWS)


def _rows(table: Table, key: UUID) -> list[tuple[object, ...]]:
    names = ", ".join(column.name for column in table.columns)
    return rows(
        f"SELECT {names} FROM {table.name} WHERE {table.subject} = %s LIMIT {MOST_ROWS + 1}",  # noqa: S608 - declared names
        [key],
    )


def _row(table: Table, row: Iterable[object]) -> tuple[Cell, ...]:
    return tuple(
        _cell(value) if is_told(table, column) else None
        for column, value in zip(table.columns, row, strict=True)
    )


def is_told(table: Table, column: Column) -> bool:
    """Whether a cell is the person's own and says something: no sealed bytes, nobody else's number."""
    own = column.whose in {None, table.subject}
    return own and column.nature in {Nature.FACT, Nature.ID}


def _cell(value: object) -> Cell:
    match value:
        case None | bool() | int() | str():
            return value
        case datetime() | date():
            return value.isoformat()
        case UUID() | Decimal() | float():
            return str(value)
        case list() | tuple():
            return [str(one) for one in value]
        case bytes() | memoryview():
            return None
        case _:
            return str(value)
