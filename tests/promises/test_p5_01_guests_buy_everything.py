"""P5.1: everything in the mall can be bought without being a member."""

import pytest

from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import ITEMS, Shop
from tests.cast.shoppers import choose, given, order, rows
from yaksok.journeys import pay

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_guest_buys_one_of_everything(shelves: Shop, payment_sandbox: Sandbox) -> None:
    there = [item.sku for item in ITEMS if item.stock]
    answer: dict[str, str | None] = {"extra_oak-box": "두루미"}
    placed = order([(shelves[sku], 1) for sku in there], also=answer)
    outcome = pay.returned(*given(choose(payment_sandbox, placed.payment_url, "approve")))
    assert outcome.paid
    before = {item.sku: item.stock for item in ITEMS}
    assert {sku: shelves.stock(sku)[0] for sku in there} == {sku: before[sku] - 1 for sku in there}
    assert rows("SELECT count(*) FROM accounts_credential") == [(0,)]
    assert rows("SELECT count(*) FROM vault_record WHERE kind = 'membership'") == [(0,)]
