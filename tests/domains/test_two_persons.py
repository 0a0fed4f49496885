"""What takes two persons cannot be written down as the work of one, whatever a journey forgets to ask."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from yaksok.database.roles import keeper

pytestmark = pytest.mark.django_db

BY_TWO = {
    "desk_ticket": ("drafted_by", "checked_by", "desk_ticket_read_by_two"),
    "retention_case": ("proposed_by", "decided_by", "retention_case_lost_by_two"),
    "retention_hold": ("asked_by", "seconded_by", "retention_hold_by_two"),
    "retention_hold release": ("release_by", "released_by", "retention_hold_released_by_two"),
    "retention_look": ("asked_by", "seconded_by", "retention_look_by_two"),
    "rights_sighting": ("first", "second", "rights_sighting_by_two"),
    "shipping_sheet": ("asked_by", "allowed_by", "shipping_sheet_by_two"),
}
"""Each act: who is first, who is second, and what holds them apart."""

FILLING = {
    "ARRAY": "'{}'",
    "boolean": "false",
    "bytea": "''",
    "date": "'2026-11-23'",
    "integer": "0",
    "smallint": "0",
    "timestamp with time zone": "'2026-11-23Z'",
    "uuid": "gen_random_uuid()",
}
"""Something that fits into a column which must hold something."""


def row(
    table: str,
    first: str,
    second: str,
    one: UUID | str,
    other: UUID | list[UUID],
    *,
    state: str = "lost",
) -> None:
    """A row of ``table`` whose two persons are ``one`` and ``other``; ``state`` in every text of it."""
    with keeper(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = %s AND is_nullable = 'NO' AND column_name <> ALL (%s)",
            [table, [first, second]],
        )
        others = dict(cursor.fetchall())
        columns = ", ".join([first, second, *others])
        filling = {**FILLING, "text": f"'{state}'"}
        filled = ", ".join(["%s", "%s", *(filling[kind] for kind in others.values())])
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({filled})", [one, other])


@pytest.mark.parametrize("act", BY_TWO)
def test_one_person_cannot_be_both(act: str) -> None:
    first, second, name = BY_TWO[act]
    table, one = act.split(maxsplit=1)[0], uuid4()
    row(table, first, second, one, uuid4())
    with pytest.raises(IntegrityError, match=name):
        row(table, first, second, one, one)


@pytest.mark.parametrize("state", ["approved", "met"])
def test_a_demand_goes_on_by_two_officers_only(state: str) -> None:
    one, other = uuid4(), uuid4()

    def demand(where: str, *agreed: UUID) -> None:
        persons = ("registered_by", "approved_by", one, [*agreed])
        row("disclosure_demand", *persons, state=where)

    demand(state, other)
    demand("registered")
    for agreed in ((), (one,), (one, other)):
        with pytest.raises(IntegrityError, match="disclosure_demand_by_two"):
            demand(state, *agreed)
