"""Stock: exact, repeatable, and the last one is sold once."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection

from tests.cast.at_once import at_once
from tests.cast.shelves import Shop
from yaksok.database.roles import keeper, retrying
from yaksok.mall.catalogue import stock

T = TypeVar("T")

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_what_is_set_aside_is_taken_or_released(shelves: Shop) -> None:
    first, second = uuid4(), uuid4()
    with keeper():
        stock.reserve(
            [(shelves["TEA-G"], 2), (shelves["CUP-W-S"], 1), (shelves["TEA-G"], 1)], first
        )
        stock.reserve([(shelves["TEA-G"], 4)], second)
    assert shelves.stock("TEA-G") == (100, 7)
    with keeper():
        assert stock.take(first)
        assert stock.release(second)
    assert shelves.stock("TEA-G") == (97, 0)
    assert shelves.stock("CUP-W-S") == (19, 0)


def test_a_repeated_call_changes_nothing(shelves: Shop) -> None:
    key = uuid4()
    for _ in range(3):
        with keeper():
            stock.reserve([(shelves["TEA-G"], 2)], key)
    assert shelves.stock("TEA-G") == (100, 2)
    with keeper():
        assert [stock.take(key), stock.take(key), stock.release(key)] == [True, False, False]
    assert shelves.stock("TEA-G") == (98, 0)


def test_too_few_are_named_and_nothing_is_set_aside(shelves: Shop) -> None:
    unknown = uuid4()
    lines = [(shelves["TEA-G"], 1), (shelves["CUP-W-L"], 2), (shelves["STOOL-O"], 1), (unknown, 1)]
    with pytest.raises(stock.SoldOut) as caught, keeper():
        stock.reserve(lines, uuid4())
    assert caught.value.left == {shelves["CUP-W-L"]: 1, shelves["STOOL-O"]: 0, unknown: 0}
    assert shelves.stock("TEA-G") == (100, 0)


@pytest.mark.parametrize("lines", [[], [(uuid4(), 0)], [(uuid4(), -3)]])
def test_nothing_and_less_are_not_set_aside(lines: list[tuple[UUID, int]]) -> None:
    with pytest.raises(ValueError, match="cannot set aside"), keeper():
        stock.reserve(lines, uuid4())


def test_a_cancelled_order_comes_back(shelves: Shop) -> None:
    key = uuid4()
    with keeper():
        stock.reserve([(shelves["CUP-W-L"], 1)], key)
        stock.take(key)
    with keeper():
        stock.give_back([(shelves["CUP-W-L"], 1)])
    assert shelves.stock("CUP-W-L") == (1, 0)


def test_the_last_one_is_sold_once(shelves: Shop) -> None:
    outcomes = at_once([lambda: _buy(shelves["CUP-W-L"]) for _ in range(6)])
    assert sorted(outcomes) == ["sold out"] * 5 + ["taken"]
    assert shelves.stock("CUP-W-L") == (0, 0)


def test_opposite_orders_of_lines_do_not_lock_each_other_out(shelves: Shop) -> None:
    there = [(shelves["TEA-G"], 1), (shelves["CUP-W-S"], 1), (shelves["BOX-O"], 1)]

    def buy(lines: list[tuple[UUID, int]]) -> str:
        key = uuid4()
        with keeper():
            stock.reserve(lines, key)
        with keeper():
            stock.release(key)
        return "done"

    def buy_often(lines: list[tuple[UUID, int]]) -> str:
        return [buy(lines) for _ in range(10)][-1]

    assert at_once([lambda: buy_often(there), lambda: buy_often(there[::-1])]) == ["done", "done"]
    assert [shelves.stock(sku)[1] for sku in ("TEA-G", "CUP-W-S", "BOX-O")] == [0, 0, 0]


def test_one_key_settles_once_under_a_double_click(shelves: Shop) -> None:
    key = uuid4()
    with keeper():
        stock.reserve([(shelves["TEA-G"], 5)], key)

    def settle(act: Callable[[UUID], bool]) -> bool:
        with keeper():
            return act(key)

    outcomes = at_once(
        [lambda: settle(stock.take), lambda: settle(stock.release), lambda: settle(stock.take)]
    )
    assert sorted(outcomes) == [False, False, True]
    assert shelves.stock("TEA-G")[1] == 0


def test_pages_without_persons_cannot_write_stock(shelves: Shop) -> None:
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_stock SET on_hand = 9 WHERE variant_id = %s", [shelves["TEA-G"]]
        )
    with pytest.raises(DatabaseError), keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_product SET price = 1")


@retrying
def _buy(variant: UUID) -> str:
    key = uuid4()
    try:
        with keeper():
            stock.reserve([(variant, 1)], key)
    except stock.SoldOut:
        return "sold out"
    with keeper():
        stock.take(key)
    return "taken"
