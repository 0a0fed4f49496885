"""P6.6: a guest looks, fills a basket and sees an order form without one cookie."""

import pytest

from tests.cast.shelves import Shop
from tests.surfaces.visits import Visitor

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


def test_the_way_to_the_order_form_sets_none(shelves: Shop) -> None:
    guest = Visitor()
    line = f"{shelves['TEA-G']}:1"
    for answer in (
        guest.get("/"),
        guest.get("/product/green-tea"),
        guest.get("/basket"),
        guest.send("/basket/lines", lines=line),
        guest.send("/checkout", lines=line),
        guest.get("/lookup"),
    ):
        assert answer.status_code == 200
        assert not answer.cookies
    assert not guest.cookies
