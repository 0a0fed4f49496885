"""What a basket costs, and what is wrong with it."""

from uuid import uuid4

import pytest
from django.utils import translation

from tests.cast.shelves import Shop
from yaksok.journeys.basket import MOST_LINES, Trouble, price, shipping_fee
from yaksok.policy.vocabulary import Language

KO, EN = Language.KOREAN, Language.ENGLISH

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_it_adds_up(shelves: Shop) -> None:
    basket = price([(shelves["CUP-W-L"], 1), (str(shelves["CUP-W-S"]), "1")], KO)
    assert [(one.name, one.option, one.subtotal) for one in basket.lines] == [
        ("백자 찻잔", "크기: 큰 것", 21_000),
        ("백자 찻잔", "크기: 작은 것", 18_000),
    ]
    assert (basket.goods_total, basket.shipping_fee, basket.total) == (39_000, 3_000, 42_000)
    assert (basket.problems, basket.until_free, basket.orderable) == ((), 11_000, True)


def test_the_parcel_is_free_from_fifty_thousand() -> None:
    assert [shipping_fee(won) for won in (0, 1, 49_999, 50_000)] == [0, 3_000, 3_000, 0]


def test_it_tells_what_a_product_asks(shelves: Shop) -> None:
    basket = price([(shelves["BOX-O"], 1), (shelves["TEA-G"], 1)], EN)
    assert [(one.product_slug, one.label.en) for one in basket.questions] == [
        ("oak-box", "Text to engrave")
    ]
    assert basket.shipping_fee == 0


def test_an_empty_basket_costs_nothing() -> None:
    basket = price([], KO)
    assert (basket.lines, basket.total, basket.orderable) == ((), 0, False)


def test_what_cannot_be_bought_is_named(shelves: Shop) -> None:
    unknown = uuid4()
    basket = price(
        [(shelves["STOOL-O"], 1), (shelves["CUP-W-L"], 3), (unknown, 1), (shelves["TEA-G"], 100)],
        KO,
    )
    assert {one.variant_id: (one.trouble, one.left) for one in basket.problems} == {
        shelves["STOOL-O"]: (Trouble.SOLD_OUT, 0),
        shelves["CUP-W-L"]: (Trouble.TOO_FEW, 1),
        unknown: (Trouble.WITHDRAWN, 0),
        shelves["TEA-G"]: (Trouble.TOO_MANY, 100),
    }
    assert not basket.orderable
    said = {one.trouble: one.text for one in basket.problems}
    assert said[Trouble.TOO_FEW] == "1개 남았어요. 수량을 줄여 주세요."
    with translation.override("en"):
        assert basket.problems[1].text == "Only 1 left. Choose fewer."


@pytest.mark.parametrize(
    "line",
    [("x", 1), ("", 1), (None, 1), (uuid4(), 0), (uuid4(), -1), (uuid4(), "1.5"), (uuid4(), None),
     (uuid4(), True), (uuid4(), "９"), (uuid4(), [1]), ("a" * 10_000, 1), ("\x00", "\x00"), (), "ab", 7],
)  # fmt: skip
def test_a_malformed_line_is_a_problem_not_an_error(shelves: Shop, line: object) -> None:
    basket = price([line, (shelves["TEA-G"], 1)], KO)  # type: ignore[list-item]  # what a browser might send
    assert [one.trouble for one in basket.problems] == [Trouble.MALFORMED]
    assert len(basket.lines) == 1


def test_a_variant_named_twice_counts_twice(shelves: Shop) -> None:
    basket = price([(shelves["TEA-G"], 60), (shelves["TEA-G"], 40)], KO)
    assert basket.lines[0].quantity == 100
    assert basket.problems[0].trouble is Trouble.TOO_MANY


def test_fifty_variants_are_enough() -> None:
    basket = price([(uuid4(), 1)] * 1 + [(uuid4(), 1) for _ in range(MOST_LINES)], KO)
    assert basket.problems[0].trouble is Trouble.TOO_MANY_LINES
    assert len(basket.problems) == 1 + MOST_LINES
