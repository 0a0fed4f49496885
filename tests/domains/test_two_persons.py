"""What takes two persons cannot be written down as the work of one, whatever a journey forgets to ask."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.cast import planting
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


def row(table: str, **given: object) -> None:
    """A row of ``table`` with ``given``, in a transaction that may fail alone."""
    with keeper(), transaction.atomic():
        planting.row(table, **given)


@pytest.mark.parametrize("act", BY_TWO)
def test_one_person_cannot_be_both(act: str) -> None:
    first, second, name = BY_TWO[act]
    table, one = act.split(maxsplit=1)[0], uuid4()
    ended = {"stage": "lost"} if table == "retention_case" else {}
    row(table, **{first: one, second: uuid4()}, **ended)
    with pytest.raises(IntegrityError, match=name):
        row(table, **{first: one, second: one}, **ended)


@pytest.mark.parametrize("state", ["approved", "met"])
def test_a_demand_goes_on_by_two_officers_only(state: str) -> None:
    one, other = uuid4(), uuid4()

    def demand(where: str, *agreed: UUID) -> None:
        row("disclosure_demand", registered_by=one, approved_by=[*agreed], state=where)

    demand(state, other)
    demand("registered")
    for agreed in ((), (one,), (one, other)):
        with pytest.raises(IntegrityError, match="disclosure_demand_by_two"):
            demand(state, *agreed)
