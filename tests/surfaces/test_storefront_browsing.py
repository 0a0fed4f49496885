"""Looking around: every page answers everybody alike, in two languages, without a cookie."""

import re

import pytest

from tests.surfaces.visits import Visitor
from yaksok.policy.in_force import policy
from yaksok.web.design.templatetags.design import forget_shelves
from yaksok.web.storefront import lines
from yaksok.web.storefront.paging import ways

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _menu():
    forget_shelves()
    yield
    forget_shelves()


@pytest.fixture
def visitor():
    return Visitor()


def form_of(text):
    """The form by which a product is bought."""
    found = re.search(r"data-buy.*?</form>", text, re.DOTALL)
    assert found
    return found[0]


PUBLIC = (
    "/",
    "/category/tea",
    "/product/white-cup",
    "/search?q=찻잔",
    "/policy",
    "/policy/children",
    "/policy/versions",
    "/terms",
    "/notices",
)
FORMS = ("/basket", "/lookup", "/log-in", "/sign-up", "/sign-up/under-14")


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_page_sets_a_cookie_and_only_public_ones_may_be_kept(shelves, visitor, language):
    for path in (*PUBLIC, *FORMS):
        answer = visitor.get(language + path if path != "/" else f"{language}/")
        assert answer.status_code == 200, path
        assert not answer.cookies
        kept = answer.headers["Cache-Control"]
        assert kept.startswith("public") is (path in PUBLIC), path
        assert answer.headers["Content-Language"] == ("en" if language else "ko")


def test_every_page_leads_to_the_policy_and_names_the_company(shelves, visitor):
    company = policy().document.body.mall
    for path in (*PUBLIC, *FORMS):
        text = visitor.text(path)
        assert re.search(r'class="policy-link" href="/policy"', text)
        assert company.business_number in text
        assert company.company.ko in text
        assert re.search(r'href="/my"[^>]*>회원가입/변경<', text)


def test_home_shows_goods_and_categories(shelves, visitor):
    text = visitor.text("/")
    assert "백자 찻잔" in text
    assert 'href="/category/tea"' in text
    assert 'href="/category/tea-cups"' in text


def test_the_first_picture_comes_at_once_and_the_others_when_they_are_near(shelves, visitor):
    text = visitor.text("/product/white-cup")
    assert text.count("fetchpriority") == 1
    for picture in re.findall(r"<img[^>]*>", text):
        assert re.search(r'width="\d+" height="\d+"', picture)
        assert ("fetchpriority" in picture) is not ("loading=" in picture)


def test_an_empty_mall_says_so(visitor, db):
    assert "아직 상품이 없어요" in visitor.text("/")


def test_a_category_is_sorted_filtered_and_counted(shelves, visitor):
    text = visitor.text("/category/tea?sort=price_up")
    assert text.index("백자 찻잔") < text.index("하동 세작")
    text = visitor.text("/category/tea?sort=price_down")
    listing = text[text.index('id="listing"') :]
    assert listing.index("하동 세작") < listing.index("백자 찻잔")
    assert 'value="price_down" selected' in text
    assert re.search(r'상품 <b class="number">2</b>개', text)
    text = visitor.text("/category/wood?in_stock=1")
    assert "참나무 스툴" not in text
    assert "참나무 상자" in text


def test_unknown_addresses_are_not_found(shelves, visitor):
    for path in ("/category/nothing", "/product/nothing", "/nothing", "/en/nothing"):
        assert visitor.get(path).status_code == 404


def test_a_product_can_be_bought_without_script(shelves, visitor):
    form = form_of(visitor.text("/product/white-cup"))
    assert f'value="{shelves["CUP-W-S"]}"' in form
    assert 'type="submit"' in form
    assert "1개 남음" in form
    answer = visitor.send("/checkout", variant=str(shelves["CUP-W-S"]), quantity="2")
    assert answer.status_code == 200
    assert f'value="{shelves["CUP-W-S"]}:2"' in answer.content.decode()


def test_a_sold_out_product_cannot_be_bought_and_says_so(shelves, visitor):
    text = visitor.text("/product/oak-stool")
    assert "품절" in text
    assert 'type="submit"' not in form_of(text)


def test_a_product_says_what_it_will_ask_and_why(shelves, visitor):
    text = visitor.text("/product/oak-box")
    assert "새길 글" in text
    assert "손으로 새겨 드리려고" in text


def test_search_finds_and_helps_when_it_does_not(shelves, visitor):
    assert "백자 찻잔" in visitor.text("/search?q=ㅊㅈ")
    text = visitor.text("/search?q=없는것")
    assert "찾는 상품이 없어요" in text
    assert 'href="/category/wood"' in text
    text = visitor.text("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in text
    assert visitor.text("/search")


def test_the_policy_page_shows_every_promise_with_its_state(visitor, db):
    text = visitor.text("/policy")
    assert len(re.findall(r'<li id="P\d+\.\d+">', text)) == 104
    assert len(re.findall(r'class="sentence-foot">.*?class="evidence evidence-\w+"', text)) == 104
    manager = policy().document.body.officers.manager
    assert all(
        word in text for word in (manager.email, manager.phone, manager.fax, manager.name.ko)
    )
    assert "The privacy policy" not in text


def test_every_address_on_a_page_leads_somewhere(shelves, visitor):
    text = visitor.text("/")
    inside = {way for way in re.findall(r'href="(/[^"#]*)"', text) if "/static/" not in way}
    assert len(inside) > 10
    for way in inside:
        assert visitor.get(way).status_code in {200, 302}, way


class Pages:
    """A page of a listing."""

    def __init__(self, number, pages):
        self.number, self.pages = number, pages


def test_paging_keeps_what_was_chosen_and_shows_where_one_is():
    found = ways(Pages(5, 9), {"sort": "new", "q": ""})
    assert [way.number for way in found.numbers if way.address] == [1, 3, 4, 5, 6, 7, 9]
    assert [way.number for way in found.numbers if way.here] == [5]
    assert found.back == "?sort=new&page=4"
    assert found.numbers[0].address == "?sort=new"
    assert ways(Pages(1, 1), {}).on == ""


@pytest.mark.parametrize(
    ("posted", "read"),
    [
        ({"lines": "a:1,b:2"}, [("a", "1"), ("b", "2")]),
        ({"lines": "a:1:2,,b"}, [("a", "1:2")]),
        ({"lines": ""}, []),
        ({"variant": "a", "quantity": "3"}, [("a", "3")]),
        ({"variant": "a"}, [("a", "1")]),
        ({}, []),
    ],
)
def test_lines_are_read_as_they_were_written(posted, read):
    assert lines.read(posted) == read
