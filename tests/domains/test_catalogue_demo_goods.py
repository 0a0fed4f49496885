"""The demo's goods: enough of them, each with its own words, each drawn small and safe."""

import re
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pytest_django import Settings

from dev.demo_goods import reading
from dev.demo_goods.drawing import draw
from yaksok.cli.seed import seed
from yaksok.journeys import browse
from yaksok.kernel.clock import now
from yaksok.mall.catalogue.goods import Supply
from yaksok.mall.catalogue.intake import Item
from yaksok.policy.vocabulary import Language

LARGEST = 6_144
"""Bytes of one drawing."""


@pytest.fixture(scope="module")
def items() -> list[Item]:
    """Every variant, its pictures thrown away."""
    return list(reading.items(lambda content, extension: f"{hash(content):x}.{extension}", now()))


def test_there_are_enough_goods_on_enough_shelves(items: list[Item]) -> None:
    assert len({item.product for item in items}) >= 220
    shelves = Counter(shelf for shelf, _ in {(item.category, item.product) for item in items})
    assert len(shelves) >= 12
    assert min(shelves.values()) >= 10


def test_every_product_has_names_and_words_of_its_own(items: list[Item]) -> None:
    first = {item.product: item for item in reversed(items)}.values()
    for field in (
        "name_ko",
        "name_en",
        "summary_ko",
        "summary_en",
        "description_ko",
        "description_en",
    ):
        assert all(getattr(item, field) for item in first), field
    for field in ("name_ko", "name_en", "summary_ko", "summary_en"):
        twice = [
            text
            for text, number in Counter(getattr(item, field) for item in first).items()
            if number > 1
        ]
        assert not twice, field
    for item in first:
        assert 2 <= len(re.findall(r"[.?!](?:\s|$)", item.description_ko)) <= 5, item.product
        assert not re.search(r", \S+ 등(?:\s|[.,을이의])", item.description_ko + item.summary_ko), (
            item.product
        )
        assert item.price % 100 == 0
        assert 5_000 < item.price < 1_000_000


def test_stock_is_mixed_and_some_goods_ask(items: list[Item]) -> None:
    by_product: dict[str, int] = {}
    for item in items:
        by_product[item.product] = by_product.get(item.product, 0) + item.stock
    supplies = Counter(Supply.of(number) for number in by_product.values())
    assert supplies[Supply.SOLD_OUT] == 3
    assert supplies[Supply.FEW] >= 5
    assert len({item.product for item in items if item.question}) >= 5


def test_every_drawing_is_small_the_same_again_and_holds_nothing_active() -> None:
    looks = set()
    for one in reading.words():
        for close in (False, True):
            drawn = draw(one.slug, one.look, close=close)
            assert drawn == draw(one.slug, one.look, close=close)
            assert len(drawn.content) <= LARGEST, one.slug
            root = ElementTree.fromstring(drawn.content)  # noqa: S314 - our own drawing
            assert {node.tag.partition("}")[2] for node in root.iter()} <= {"svg", "g", "path"}
            assert b"href" not in drawn.content
            looks.add(drawn.content)
    assert len(looks) == 2 * len(reading.words())


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_seeding_fills_an_empty_mall_once(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    began = time.process_time()
    assert seed() == len(reading.words())
    assert time.process_time() - began < 10  # whatever else the machine does meanwhile
    assert seed() == 0
    home = browse.home(Language.KOREAN)
    assert sum(one.count for one in home.categories) == len(reading.words())
    assert all(card.picture and (tmp_path / card.picture.name).is_file() for card in home.new)
    box = browse.product("oak-gift-box", Language.ENGLISH)
    assert box.question == "engraving"
    assert len(box.pictures) == 2
    assert browse.search("ㅊㅈ", 1, Language.KOREAN).page.total >= 5
