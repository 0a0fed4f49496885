"""Reviews on pages: written in the member centre, read by everybody, hidden at the console."""

import re

import pytest

from tests.cast import people
from tests.cast.people import Member
from tests.cast.policies import obeying, policy_of, without_table
from tests.cast.shoppers import rows
from tests.cast.trades import order_of
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.mall.orders import finding
from yaksok.mall.orders.states import OrderState

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PRODUCT = "/product/white-cup"


def form_of(member: Member) -> str:
    order = order_of(member, OrderState.DELIVERED)
    with keeper():
        (line, *_) = finding.lines_of(member.subject, order.id)
    assert line.product_slug == "white-cup"
    return f"/my/reviews/{order.id}/{line.variant}"


def writes(browser: Visitor, path: str, words: str, stars: str = "4") -> None:
    notice = re.search(r'name="notice" value="(\w+)"', browser.text(path))
    assert notice
    answer = browser.send(path, notice=notice[1], stars=stars, body=words)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{path[: path.index('/my/')]}/my/reviews?done=written",
    )


def test_a_member_writes_changes_and_deletes(shelves):
    member = people.member()
    browser, path = browser_of(member), form_of(member)
    assert path in browser.text("/my/reviews")
    page = browser.text(path)
    assert "누구나 읽는 글이에요" in page
    assert " checked" not in page
    answer = browser.send(path, body="010-1234-5678 <b>굵게</b>", notice="x")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "&lt;b&gt;굵게&lt;/b&gt;" in text
    assert text.count('class="problem"') == 2
    words = f"{people.mark()} <script>alert(1)</script>"
    writes(browser, path, words)
    public = Visitor().text(f"{PRODUCT}/reviews")
    assert words.replace("<", "&lt;").replace(">", "&gt;") in public
    assert "구매한 회원" in public
    assert not [value for value in member.person.canaries() if value in public]
    assert "별 5개 가운데 4.0개" in Visitor().text(PRODUCT)
    assert re.search(r'value="4" required checked', browser.text(path))
    writes(browser, path, "고친 말", "2")
    assert "고친 말" in Visitor().text(f"{PRODUCT}/reviews")
    ((review,),) = rows("SELECT id FROM reviews_review")
    stranger = browser_of(people.stranger())
    assert stranger.send(f"/my/reviews/{review}/delete").status_code == 404
    assert stranger.get(path).status_code == 404
    assert browser.send(f"/my/reviews/{review}/delete").status_code == 302
    assert "고친 말" not in Visitor().text(f"{PRODUCT}/reviews")
    assert "아직 후기가 없어요" in Visitor().text(PRODUCT)


def test_words_are_kept_by_nobody_on_the_way_and_figures_are(shelves):
    member = people.member()
    writes(browser_of(member), form_of(member), "좋아요")
    visitor = Visitor()
    assert visitor.get(f"{PRODUCT}/reviews")["Cache-Control"] == "no-store"
    product = visitor.get(PRODUCT)
    assert product["Cache-Control"].startswith("public")
    assert "좋아요" not in product.content.decode()
    assert f'data-reviews="{PRODUCT}/reviews"' in product.content.decode()
    assert visitor.get("/product/no-such-thing/reviews").status_code == 404
    for page in ("0", "-1", "99999999", "x", "1'"):
        assert "좋아요" in visitor.text(f"{PRODUCT}/reviews?page={page}")


def test_it_is_read_in_english(shelves):
    member = people.member()
    path = form_of(member)
    writes(browser_of(member), f"/en{path}", "Clear and light.")
    text = Visitor().text(f"/en{PRODUCT}/reviews")
    assert 'lang="en">' in text
    assert "A member who bought it" in text
    for page in (f"/en{PRODUCT}/reviews", f"/en{PRODUCT}"):
        assert "후기" not in Visitor().text(page)
    for page in ("/en/my/reviews", f"/en{path}"):
        assert "후기" not in browser_of(member).text(page)


def test_staff_hide_it_and_show_it_again(shelves):
    member = people.member()
    browser = browser_of(member)
    writes(browser, form_of(member), "가려질 글")
    ((review,),) = rows("SELECT id FROM reviews_review")
    clerk = browser_of(people.clerk())
    assert "가려질 글" in clerk.text("/console/reviews")
    assert clerk.send(f"/console/reviews/{review}/hide", why="").status_code == 422
    assert clerk.send(f"/console/reviews/{review}/hide", why="personal").status_code == 302
    assert "가려질 글" not in Visitor().text(f"{PRODUCT}/reviews")
    assert "누구인지 알 수 있는 정보나 연락처" in browser.text("/my/reviews")
    assert "가려질 글" in clerk.text("/console/reviews?state=hidden")
    assert clerk.send(f"/console/reviews/{review}/show").status_code == 302
    assert "가려질 글" in Visitor().text(f"{PRODUCT}/reviews")
    assert browser_of(people.newcomer()).get("/console/reviews").status_code == 403
    assert browser_of(people.auditor()).get("/console/reviews").status_code == 403
    assert (
        browser.send(f"/console/reviews/{review}/hide", why="abuse").status_code == 302
    )  # to the door
    assert "가려질 글" in Visitor().text(f"{PRODUCT}/reviews")


def test_a_policy_without_the_service_has_no_reviews(shelves):
    member = people.member()
    browser, path = browser_of(member), form_of(member)
    writes(browser, path, "좋아요")
    with obeying(policy_of(without_table("services.reviews"))):
        assert 'id="reviews"' not in Visitor().text(PRODUCT)
        assert "/my/reviews" not in browser.text("/my")
        for page in (f"{PRODUCT}/reviews", "/my/reviews", path):
            assert browser.get(page).status_code == 404
