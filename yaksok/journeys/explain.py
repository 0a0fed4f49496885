"""Say of every table and column of the mall what it holds, of whom, for what, and how it dies.

Read from the code: Django's models, each app's ``HOLDINGS``, the migrations that place the tables,
and the compiled policy. No database is asked. It serves the officer (``yaksok explain``), and whoever
hands a person everything that is held about them (:func:`held_by`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.apps import apps
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from yaksok.journeys import explain_records
from yaksok.journeys.explain_records import PERSONS, name_of
from yaksok.journeys.explained import Column, Explanation, Record, Table
from yaksok.kernel.actor import Role
from yaksok.kernel.holdings import (
    FINDABLE,
    SEALED,
    Holding,
    Impersonal,
    Keep,
    Nature,
    Words,
    half,
)
from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.retention import holdings
from yaksok.privacy.vault import indexing

PUBLIC = "public"
"""Where a table lies that no migration places."""

BARE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "yaksok_prepared": ("yaksok.database", ("fingerprint",))
}
"""Tables that no model describes: who makes them, and their columns."""

_PLACED = re.compile(r"ALTER TABLE (\w+) SET SCHEMA (\w+)")


def explain(policy: Policy) -> Explanation:
    """Everything that the mall holds about persons under ``policy``, from its code alone.

    Raises:
        LookupError: a table has no declaration, or a column none of what it holds. It fails the
            build (``tests/house/test_explain.py``), so a mall that was released never raises it.

    Cost:
        Reads every migration: some tens of milliseconds. For people and for tests, not for pages.
    """
    tables = _tables(policy)
    return Explanation(
        version=policy.version,
        effective=policy.effective,
        profile=policy.profile,
        hash=policy.hash,
        tables=tables,
        records=explain_records.records(policy, tables),
    )


def held_by(explanation: Explanation, audience: Role) -> Explanation:
    """The part of ``explanation`` that is about persons who come as ``audience``.

    Arguments:
        audience: MEMBER, GUEST or STAFF. Nobody else's own data is held.

    Raises:
        KeyError: nothing is held about such a role as such.
    """
    about = PERSONS[audience]
    tables = tuple(table for table in explanation.tables if about in table.about)
    return replace(
        explanation,
        tables=tables,
        records=_lying_in(
            tables, (record for record in explanation.records if about in record.about)
        ),
    )


def chosen(
    explanation: Explanation,
    *,
    table: str | None = None,
    kind: RecordKind | None = None,
    item: Item | None = None,
) -> Explanation:
    """The part of ``explanation`` that tells of one table, of one record kind, of one item.

    Tables are left that carry what is asked for, and items that lie in the table asked for.
    """
    records = tuple(
        replace(record, items=tuple(one for one in record.items if item in {None, one.item}))
        for record in explanation.records
        if kind in {None, record.kind}
    )
    records = tuple(record for record in records if record.items)
    names = {name_of(one.kind, one.item) for record in records for one in record.items}
    everything = kind is None and item is None
    tables = tuple(
        one
        for one in explanation.tables
        if table in {None, one.name} and (everything or names & carried(one))
    )
    return replace(explanation, tables=tables, records=_lying_in(tables, records))


def _lying_in(tables: Iterable[Table], records: Iterable[Record]) -> tuple[Record, ...]:
    """``records`` with those of their items that ``tables`` carry."""
    lying = frozenset[str]().union(*(carried(table) for table in tables))
    found = (
        replace(
            record,
            items=tuple(one for one in record.items if name_of(one.kind, one.item) in lying),
        )
        for record in records
    )
    return tuple(record for record in found if record.items)


def carried(table: Table) -> frozenset[str]:
    """The items that ``table`` holds in any form, ``membership.email``."""
    return frozenset(name for column in table.columns for name in column.carries)


def columns() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Every table that the code makes: the app that does, and its columns in order."""
    found = {**BARE}
    models: list[type[Model]] = [*apps.get_models(include_auto_created=True)]
    models.append(MigrationRecorder.Migration)
    for model in models:
        meta = model._meta  # noqa: SLF001 - Django documents it under this name
        ours = apps.app_configs.get(meta.app_label)
        names = tuple(field.column for field in meta.local_concrete_fields if field.column)
        found[meta.db_table] = (ours.name if ours else "django.db.migrations", names)
    return found


def schemas() -> Mapping[str, str]:
    """The schema of each table that a migration places."""
    return {table: schema for statement in _statements() for table, schema in _moves(statement)}


def _statements() -> Iterator[object]:
    for migration in MigrationLoader(None).disk_migrations.values():
        for operation in migration.operations:
            if isinstance(operation, RunSQL):
                sql = operation.sql
                yield from [sql] if isinstance(sql, str) else sql


def _moves(statement: object) -> list[tuple[str, str]]:
    return _PLACED.findall(statement) if isinstance(statement, str) else []


def _tables(policy: Policy) -> tuple[Table, ...]:
    declared = {one.table: one for one in holdings.declared()}
    placed = schemas()
    made = columns()
    if unknown := made.keys() ^ declared.keys():
        msg = f"tables and declarations do not fit each other: {', '.join(sorted(unknown))}"
        raise LookupError(msg)
    tables = (
        _table(policy, declared[name], placed.get(name, PUBLIC), app, names)
        for name, (app, names) in made.items()
    )
    return tuple(sorted(tables, key=lambda one: (one.schema, one.name)))


def _table(
    policy: Policy,
    declared: Holding | Impersonal,
    schema: str,
    app: str,
    names: tuple[str, ...],
) -> Table:
    if isinstance(declared, Impersonal):
        nobodys = tuple(Column(name, Nature.NOTHING, None, None, None, ()) for name in names)
        why = _text(declared.why)
        return Table(schema, declared.table, app, why, (), None, None, (), why, nobodys)
    return Table(
        schema=schema,
        name=declared.table,
        app=app,
        label=Text(ko=declared.ko, en=declared.en),
        about=tuple(sorted(declared.about)),
        subject=declared.subject,
        ended_by=declared.by,
        promises=declared.promises,
        why=None,
        columns=tuple(_column(policy, declared, name) for name in names),
    )


def _column(policy: Policy, declared: Holding, name: str) -> Column:
    end = declared.columns.get(name)
    if end is None or end.nature is None:
        msg = f"{declared.table}.{name} does not say what it holds"
        raise LookupError(msg)
    somebody = name if name in declared.of_another else declared.subject
    return Column(
        name=name,
        nature=end.nature,
        whose=None if end.nature is Nature.NOTHING else somebody,
        kept=_text(end.reason) if isinstance(end, Keep) else None,
        until=_text(end.until) if isinstance(end, Keep) else None,
        carries=_carries(policy, declared.carries.get(name, ())),
    )


def _carries(policy: Policy, said: tuple[str, ...]) -> tuple[str, ...]:
    """The items that ``said`` means under ``policy``; what the document dropped is not carried."""
    if said == (SEALED,):
        return _names(policy.items)
    if said == (FINDABLE,):
        found = {
            kind: policy.items.get(kind, frozenset()) & frozenset(items)
            for kind, items in indexing.FINDABLE.items()
        }
        return _names(found)
    known = {
        name_of(kind, item)
        for kind, record in policy.document.body.records.items()
        for item in record.items
    }
    return tuple(name for name in said if name in known)


def _names(items: Mapping[RecordKind, frozenset[Item]]) -> tuple[str, ...]:
    return tuple(
        name_of(kind, item) for kind, some in sorted(items.items()) for item in sorted(some)
    )


def _text(words: Words) -> Text:
    return Text(ko=half(words, korean=True), en=half(words, korean=False))
