"""The console: staff come in with three proofs, see masks, hand parcels over, and nothing more."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.orders import ordered
from tests.cast.sandboxes import Sandbox
from tests.surfaces.visits import Visitor, browser_of, cookie_of
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.ids import new_id
from yaksok.mall.orders.states import OrderState

pytestmark = pytest.mark.django_db


def comes_in(who: people.Colleague, **other: str):
    """The answer to somebody who fills in the console's log-in form."""
    fields = {
        "login_id": who.account.login_id,
        "password": who.account.password,
        "totp": who.code(),
        **other,
    }
    return Visitor().send("/console/log-in", **fields)


def test_three_proofs_open_the_console():
    answer = comes_in(people.clerk())
    assert answer["Location"] == "/console"
    assert Visitor(cookie_of(answer).value).get("/console").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"login_id": "nobody1"}, {"password": "not this one"}, {"totp": "000000"}, {"totp": ""}],
)
def test_a_wrong_proof_gets_the_same_answer_whichever_it_was(wrong):
    answer = comes_in(people.clerk(), **wrong)
    assert answer.status_code == 422
    assert "맞지 않는 것이 있어요" in answer.content.decode()
    assert not answer.cookies


def test_a_code_is_taken_once():
    who = people.clerk()
    code = who.code()
    assert comes_in(who, totp=code).status_code == 302
    assert comes_in(who, totp=code).status_code == 422


def test_somebody_suspended_is_told_whom_to_ask():
    from yaksok.journeys import staff_door

    who = people.clerk()
    key = who.logs_in()
    staff_door.suspend(who.account.login_id)
    assert Visitor(key).get("/console")["Location"].startswith("/console/log-in")
    answer = comes_in(who)
    assert answer.status_code == 422
    assert "개인정보 보호책임자에게" in answer.content.decode()


def test_it_shows_masks_and_no_value():
    bought = ordered()
    page = browser_of(people.clerk()).text("/console")
    assert bought.now().number in page
    assert "*" in page
    for value in (*bought.recipient.canaries(), *bought.payer.canaries()):
        assert value not in page


def test_the_filters_choose():
    bought = ordered()
    browser = browser_of(people.clerk())
    number = bought.now().number
    assert number in browser.text("/console?state=paid")
    assert number not in browser.text("/console?state=shipped")
    assert number not in browser.text("/console?age=2")
    assert number in browser.text("/console?state=nonsense&age=x&after=y")


def test_many_are_handed_over_at_once_with_a_result_for_each(courier_sandbox: Sandbox):
    first, second, unpaid = ordered(), ordered(), ordered(paid=False)
    browser = browser_of(people.clerk())
    answer = browser.post(
        "/console",
        {"csrf": browser.csrf, "order": [str(first.id), str(second.id), str(unpaid.id), "x"]},
    )
    page = answer.content.decode()
    assert page.count("택배회사가 받았어요.") == 2
    assert page.count("결제가 끝나지 않아") == 1
    assert first.now().state is OrderState.SHIPPED
    again = browser.send("/console", order=str(first.id)).content.decode()
    assert "이미 택배회사에 넘긴" in again


def test_the_courier_being_down_is_shown_with_the_next_try(courier_sandbox: Sandbox):
    bought = ordered()
    courier_sandbox.faults(down=True)
    browser = browser_of(people.clerk())
    page = browser.send("/console", order=str(bought.id)).content.decode()
    assert "택배회사가 지금 답하지 않아요" in page
    assert "다음 시도" in page
    detail = browser.text(f"/console/orders/{bought.id}")
    assert "택배회사가 답하지 않았어요" in detail
    assert "보낸 횟수" in detail


def test_one_order_says_what_the_courier_gets(courier_sandbox: Sandbox):
    bought = ordered()
    browser = browser_of(people.clerk())
    page = browser.text(f"/console/orders/{bought.id}")
    assert "이 세 가지와" in page
    for value in bought.recipient.canaries():
        assert value not in page
    sent = browser.send(f"/console/orders/{bought.id}").content.decode()
    assert "택배회사가 받았어요." in sent
    assert browser.get(f"/console/orders/{new_id()}").status_code == 404


def test_states_follow_without_a_name():
    bought = ordered()
    answer = browser_of(people.clerk()).get("/console/states")
    found = answer.json()[bought.now().number]
    assert found == {"state": "paid", "label": "결제 완료", "dispatchable": True}
    assert answer["Cache-Control"] == "no-store"


def test_a_newcomer_is_told_why_and_what_to_do():
    bought = ordered()
    browser = browser_of(people.newcomer())
    for answer in (
        browser.get("/console"),
        browser.get(f"/console/orders/{bought.id}"),
        browser.send("/console", order=str(bought.id)),
    ):
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "P7.14" in page
        assert "교육을 요청해 주세요" in page
    assert bought.now().state is OrderState.PAID


@pytest.mark.parametrize("who", [people.auditor, people.officer], ids=lambda one: one.__name__)
def test_who_only_looks_sees_no_name_and_changes_nothing(who):
    bought = ordered()
    browser = browser_of(who())
    page = browser.text("/console")
    assert bought.now().number in page
    assert "보기만 할 수 있는" in page
    assert 'name="order"' not in page
    assert browser.send("/console", order=str(bought.id)).status_code == 403
    assert browser.send(f"/console/orders/{bought.id}").status_code == 403
    assert bought.now().state is OrderState.PAID


def test_fifteen_idle_minutes_end_the_session(standing_clock: FixedClock):
    browser = browser_of(people.clerk())
    assert browser.get("/console").status_code == 200
    standing_clock.move(timedelta(minutes=15, seconds=1))
    assert browser.get("/console")["Location"].startswith("/console/log-in")


def test_members_and_visitors_are_shown_to_the_door():
    for browser in (Visitor(), browser_of(people.member())):
        for path in ("/console", "/console/states"):
            assert browser.get(path)["Location"].startswith("/console/log-in")


def test_logging_out_clears_the_browser():
    browser = browser_of(people.clerk())
    answer = browser.send("/console/log-out")
    assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'
    assert Visitor(browser.key).get("/console").status_code == 302


def test_it_speaks_english_under_en():
    ordered()
    page = browser_of(people.clerk()).text("/en/console")
    assert '<html lang="en"' in page
    assert "Paid" in page
