"""A small shop for tests: a few goods with options, one nearly sold out, one sold out, one that asks."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import connections

from yaksok.mall.catalogue.intake import Item, Shelf, Shot, intake

SHELVES = (
    Shelf("tea", None, 1, "차와 다구", "Tea", "천천히 우리는 시간", "Time to steep"),
    Shelf("tea-cups", "tea", 1, "찻잔", "Tea cups"),
    Shelf("wood", None, 2, "나무", "Wood"),
)

ITEMS = (
    Item(
        1, "white-cup", "CUP-W-S", "tea-cups", "백자 찻잔", "White porcelain cup", 18_000, 20,
        option_ko="크기: 작은 것", option_en="Size: small",
        description_ko="얇은 굽과 맑은 소리.", description_en="A thin foot and a clear ring.",
        shots=(Shot("a" * 64 + ".svg", 600, 600, "백자 찻잔 하나", "One porcelain cup"),), loved=5,
    ),
    Item(2, "white-cup", "CUP-W-L", "tea-cups", "백자 찻잔", "White porcelain cup", 21_000, 1,
         option_ko="크기: 큰 것", option_en="Size: large"),
    Item(3, "green-tea", "TEA-G", "tea", "하동 세작", "Hadong sejak green tea", 32_000, 100, loved=9),
    Item(4, "oak-box", "BOX-O", "wood", "참나무 상자", "Oak box", 60_000, 3,
         question="engraving"),
    Item(5, "oak-stool", "STOOL-O", "wood", "참나무 스툴", "Oak stool", 120_000, 0),
)  # fmt: skip


class Shop:
    """What the fixture stocked, by sku."""

    def __init__(self) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT sku, id FROM catalogue_variant")
            self.variants: dict[str, UUID] = dict(cursor.fetchall())

    def __getitem__(self, sku: str) -> UUID:
        return self.variants[sku]

    def stock(self, sku: str) -> tuple[int, int]:
        """On hand and reserved, as anybody would read them now."""
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT on_hand, reserved FROM catalogue_stock WHERE variant_id = %s",
                [self.variants[sku]],
            )
            on_hand, reserved = cursor.fetchone()
        return on_hand, reserved


def stock_shelves() -> Shop:
    """Commit the small shop, as its owner."""
    with intake() as goods:
        goods.shelves(SHELVES)
        goods.items(ITEMS)
        goods.finish()
    return Shop()


def clear_shelves() -> None:
    """Take every product off the shelves again."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "TRUNCATE catalogue_category, catalogue_product, catalogue_variant, catalogue_stock,"
            " catalogue_hold, catalogue_picture, catalogue_question"
        )
    connections["owner"].close()


@pytest.fixture
def shelves(request: pytest.FixtureRequest) -> Iterator[Shop]:
    """The small shop, for a test that has ``db`` or ``transactional_db`` with the alias ``owner`` open.

    Mark the test ``django_db(databases=["default", "owner"])`` and with ``transaction=True`` when it
    changes stock in several connections.
    """
    request.getfixturevalue("transactional_db")
    yield stock_shelves()
    clear_shelves()
