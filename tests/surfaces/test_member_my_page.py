"""회원가입/변경: everything is there, masked until the password is repeated, for the person alone."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from yaksok.kernel.clock import FixedClock
from yaksok.web.session import cookie

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


def test_it_shows_every_record_masked():
    one = people.member()
    page = browser_of(one).text("/my")
    assert "회원 정보" in page
    assert "***@mail.example" in page
    for value in (one.person.login_id, one.person.email):
        assert value not in page


def test_repeating_the_password_opens_the_values_for_five_minutes(standing_clock: FixedClock):
    one = people.member()
    browser = browser_of(one)
    answer = browser.send("/my/open", password=one.person.password)
    assert (answer.status_code, answer["Location"]) == (302, "/my")
    page = browser.get("/my")
    assert one.person.email in page.content.decode()
    assert 0 < int(page["Refresh"]) <= 301
    assert 'data-until="300"' in page.content.decode()
    standing_clock.move(timedelta(minutes=5, seconds=1))
    later = browser.get("/my")
    assert one.person.email not in later.content.decode()
    assert "Refresh" not in later


def test_a_wrong_password_opens_nothing_and_says_so():
    one = people.member()
    browser = browser_of(one)
    answer = browser.send("/my/open", password="not this one")
    assert answer.status_code == 422
    assert "비밀번호가 맞지 않아요" in answer.content.decode()
    assert one.person.email not in browser.text("/my")


def test_five_wrong_passwords_are_enough():
    browser = browser_of(people.member())
    answers = [browser.send("/my/open", password=f"wrong {n} wrong") for n in range(6)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_it_can_be_corrected_after_stepping_up():
    one = people.member().agrees("prefill")
    browser = browser_of(one, stepped_up=True)
    assert one.person.email in browser.text("/my/correct")
    other = people.person()
    answer = browser.send("/my/correct", email=other.email, name=other.name)
    assert answer["Location"] == "/my?done=corrected"
    page = browser.text("/my")
    assert other.email in page
    assert other.name in page
    assert one.person.email not in page


def test_correcting_needs_the_password_first():
    browser = browser_of(people.member())
    answer = browser.get("/my/correct")
    assert answer["Location"] == "/my?then=correct#open"
    assert browser.send("/my/correct", email="new@mail.example").status_code == 302


def test_a_value_that_cannot_be_taken_is_shown_with_what_to_do():
    browser = browser_of(people.member(), stepped_up=True)
    answer = browser.send("/my/correct", email="nothing")
    assert answer.status_code == 422
    assert "name@example.com" in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()


def test_an_undeclared_field_is_400_and_nothing_is_stored():
    one = people.member()
    browser = browser_of(one, stepped_up=True)
    answer = browser.send("/my/correct", email="other@mail.example", nickname="x")
    assert answer.status_code == 400
    assert "P1.5" in answer.content.decode()
    assert "other@mail.example" not in browser.text("/my")


def test_changing_the_password_ends_the_other_sessions():
    one = people.member()
    here, there = browser_of(one), browser_of(one)
    new = "an entirely new walk"
    answer = here.send("/my/password", password=one.person.password, new_password=new)
    assert answer["Location"] == "/my?done=password"
    assert here.get("/my").status_code == 200
    assert there.get("/my").status_code == 302


def test_the_trail_says_in_plain_words_what_happened():
    one = people.member()
    browser = browser_of(one, stepped_up=True)
    browser.text("/my")
    page = browser.text("/my/trail")
    assert "봉인해 보관했어요" in page
    assert "로그인했어요" in page
    assert "값을 열었어요" in page
    for value in one.person.canaries():
        assert value not in page


def test_it_speaks_english_under_en():
    page = browser_of(people.member()).text("/en/my")
    assert '<html lang="en"' in page
    assert "membership" in page


@pytest.mark.parametrize(
    "path", ["/my", "/my/trail", "/my/correct", "/my/password", "/my/leave", "/my/orders"]
)
def test_nobody_comes_in_without_a_session(path):
    for browser in (Visitor(), browser_of(people.clerk())):
        answer = browser.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/log-in?next=")


def test_every_page_of_the_centre_is_no_store():
    browser = browser_of(people.member())
    for path in ("/my", "/my/trail", "/my/password", "/my/leave", "/my/orders"):
        assert browser.get(path)["Cache-Control"] == "no-store"


def test_logging_out_everywhere_ends_every_session():
    one = people.member()
    here, there = browser_of(one), browser_of(one)
    answer = here.send("/my/log-out-everywhere")
    assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    assert answer.cookies[cookie()]["max-age"] == 0
    for browser in (Visitor(here.key), Visitor(there.key)):
        assert browser.get("/my").status_code == 302
