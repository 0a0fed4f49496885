"""Rows that lie in the database though no journey would write them: what a probe must notice."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from yaksok.database.roles import keeper
from yaksok.evidence.outcome import Outcome, State
from yaksok.evidence.visiting import Visit
from yaksok.kernel import clock
from yaksok.kernel.ids import new_id
from yaksok.privacy.audit.events import Event

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], object]
Row = tuple[Callable[[], Outcome], Plant, Plant]
"""A probe, what it finds right, and what it must find wrong."""

OPENED, SEALED = Event.VAULT_ITEMS_OPENED, Event.VAULT_RECORD_SEALED

_numbers = itertools.count(100_000)
_FILLINGS: dict[str, Callable[[], object]] = {
    "ARRAY": list,
    "bigint": lambda: 1,
    "boolean": lambda: False,
    "bytea": lambda: new_id().bytes,
    "date": clock.today,
    "integer": lambda: next(_numbers),
    "jsonb": lambda: "[]",
    "smallint": lambda: 1,
    "text": lambda: f"x{next(_numbers)}",
    "timestamp with time zone": clock.now,
    "uuid": new_id,
}


def run(statement: str, *values: Any) -> None:
    """``statement``, as the role that journeys with personal data have."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def row(table: str, **given: Any) -> dict[str, Any]:
    """A row of ``table`` with ``given``, and something in every other column that wants something."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            " AND is_nullable = 'NO' AND column_default IS NULL",
            [table],
        )
        wanted = {name: _FILLINGS[kind]() for name, kind in cursor.fetchall() if name not in given}
        values = wanted | given
        columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",
            [*values.values()],
        )
    return values


def act(event: Event, role: str, kind: str, purpose: str, *items: str, to: str = "") -> None:
    """An entry of the log, as if this had been done."""
    row(
        "audit_entry",
        event=event.value,
        actor_role=role,
        kinds=[kind],
        items=[*items],
        purpose=purpose,
        recipient=to,
    )


def acted(event: Event, role: str, kind: str, purpose: str, *items: str) -> Plant:
    """The planting of :func:`act`."""
    return lambda _: act(event, role, kind, purpose, *items)


def handed(recipient: str = "payment_provider", **given: Any) -> UUID:
    """A handover that was sent just now; whose it is."""
    sent = row(
        "disclosure_handover",
        **{
            "recipient": recipient,
            "message": "handover",
            "items": ["name", "address", "phone"],
            "purpose": "programme",
            "promise": "P4.3",
            "state": "acknowledged",
            "sent_at": clock.now(),
            **given,
        },
    )
    whose: UUID = sent["subject_id"]
    return whose


def said(subject: UUID, *, ago: timedelta = timedelta(hours=1), **given: object) -> None:
    """An answer in the ledger of consents."""
    row("consent_event", subject_id=subject, at=clock.now() - ago, **given)


def seen(body: str = "", *, status: int = 200, **headers: str) -> Callable[[str], Visit]:
    """Every page is this one."""
    from http.cookies import SimpleCookie

    found = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Visit(status, SimpleCookie(), found, body)


def nothing(_: Patch) -> None:
    """What is there already is right."""


def notices(case: Row, patch: Patch) -> None:
    """The probe finds what is right so, and says how many are not, and where, when they are not."""
    probe, right, wrong = case
    right(patch)
    found = probe()
    assert found.state is State.KEPT, f"{found.figure}"
    wrong(patch)
    found = probe()
    assert found.state is State.NOT_MET
    assert not str(found.figure).startswith("어긋난 것 0건")
    assert str(found.where)


def named(case: Row) -> str:
    """What a case is called: as its probe."""
    return case[0].__name__
