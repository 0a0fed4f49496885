"""Looking around the small shop."""

import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yaksok.journeys import browse
from yaksok.kernel.errors import NotFound
from yaksok.mall.catalogue.goods import Supply
from yaksok.policy.vocabulary import Language

KO, EN = Language.KOREAN, Language.ENGLISH

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("shelves"),
]


def test_home_shows_new_loved_and_categories() -> None:
    home = browse.home(KO)
    assert [card.slug for card in home.loved][:2] == ["green-tea", "white-cup"]
    assert len(home.new) == 4
    assert [(one.slug, one.name, one.count) for one in home.categories] == [
        ("tea", "차와 다구", 2),
        ("wood", "나무", 2),
    ]
    assert [(one.slug, one.count) for one in home.categories[0].children] == [("tea-cups", 1)]
    assert browse.home(EN).categories[1].name == "Wood"


def test_a_card_says_what_can_be_bought() -> None:
    cards = {card.slug: card for card in browse.category("wood", "", 1, KO).page.cards}
    assert cards["oak-stool"].supply is Supply.SOLD_OUT
    assert (cards["oak-box"].supply, cards["oak-box"].left) == (Supply.FEW, 3)
    cup = browse.category("tea-cups", "", 1, EN).page.cards[0]
    assert (cup.price, cup.price_varies, cup.new, cup.left) == (18_000, True, True, 21)
    assert cup.picture is not None
    assert (cup.picture.url, cup.picture.alt) == (
        "/media/" + "a" * 64 + ".svg",
        "One porcelain cup",
    )


def test_a_category_sorts_filters_and_holds_what_is_below_it() -> None:
    def slugs(sort: str, *, in_stock: bool = False) -> list[str]:
        return [
            card.slug for card in browse.category("wood", sort, 1, KO, in_stock=in_stock).page.cards
        ]

    assert slugs("price_up") == ["oak-box", "oak-stool"]
    assert slugs("price_down") == ["oak-stool", "oak-box"]
    assert slugs("price_up", in_stock=True) == ["oak-box"]
    assert slugs("' OR 1=1 --") == slugs("new")
    tea = browse.category("tea", "loved", 1, KO)
    assert [card.slug for card in tea.page.cards] == ["green-tea", "white-cup"]
    assert [one.slug for one in browse.category("tea-cups", "", 1, KO).trail] == ["tea", "tea-cups"]


@pytest.mark.parametrize("page", [0, -1, "x", "99999999999", 7, "½"])
def test_any_page_number_shows_something(page: str | int) -> None:
    listing = browse.category("tea", "", page, KO)
    assert (listing.page.number, listing.page.pages, listing.page.total) == (1, 1, 2)


def test_a_product_has_its_options_question_and_neighbours() -> None:
    cup = browse.product("white-cup", KO)
    assert [(one.label, one.price, one.left) for one in cup.variants] == [
        ("크기: 작은 것", 18_000, 20),
        ("크기: 큰 것", 21_000, 1),
    ]
    assert (browse.question(cup), cup.trail[-1].slug) == (None, "tea-cups")
    box = browse.product("oak-box", EN)
    asked = browse.question(box)
    assert asked is not None
    assert (asked.name, asked.label.en, asked.max_length) == ("engraving", "Text to engrave", 20)
    assert [card.slug for card in box.alike] == ["oak-stool"]


@pytest.mark.parametrize(
    "act", [lambda: browse.product("none", KO), lambda: browse.category("none", "", 1, KO)]
)
def test_what_is_not_there_is_not_found(act: object) -> None:
    with pytest.raises(NotFound):
        act()  # type: ignore[operator]  # one of the two calls above


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("찻잔", ["white-cup"]),
        ("백자 찻", ["white-cup"]),
        ("백자찻잔", ["white-cup"]),
        ("찻ㅈ", ["white-cup"]),
        ("찻자", ["white-cup"]),
        ("ㅂㅈ", ["white-cup"]),
        ("ㅂㅈㅊㅈ", ["white-cup"]),
        ("ㅊㄴㅁ", ["oak-box", "oak-stool"]),
        ("참나무 ㅅㅌ", ["oak-stool"]),
        ("나무", ["oak-box", "oak-stool"]),
        ("OAK  box", ["oak-box"]),
        ("맑은 소리", ["white-cup"]),
        (unicodedata.normalize("NFD", "세작"), ["green-tea"]),
        ("세작😀%_\\", ["green-tea"]),
        ("없는 물건", []),
        ("", []),
        ("%", []),
        ("\x00\ud800", []),
    ],
)
def test_search_finds_as_people_type(typed: str, slugs: list[str]) -> None:
    assert sorted(card.slug for card in browse.search(typed, 1, KO).page.cards) == slugs


def test_a_name_stands_before_a_description() -> None:
    assert browse.search("참나무", 1, EN).page.cards[0].slug in {
        "oak-box",
        "oak-stool",
    }


def test_a_long_query_is_cut_and_harmless() -> None:
    found = browse.search("찻잔 " + "가" * 10_000, 1, KO)
    assert len(found.query) <= 60
    assert found.page.total == 0


def test_the_number_of_statements_does_not_grow() -> None:
    for act, most in (
        (lambda: browse.home(KO), 3),
        (lambda: browse.category("tea", "new", 1, KO), 2),
        (lambda: browse.product("white-cup", KO), 5),
        (lambda: browse.search("찻잔", 1, KO), 1),
    ):
        with CaptureQueriesContext(connection) as seen:
            act()
        assert len(seen) <= most
