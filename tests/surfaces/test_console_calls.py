"""The call desk at the console: counts for a clerk, one number after a press, and nothing for anybody else."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import people
from tests.cast.people import Colleague
from tests.cast.subscribers import CALL, sends, wants, words
from tests.surfaces.test_console_advertising import at_work, csrf, marketer
from yaksok.database.roles import keeper
from yaksok.kernel.clock import FixedClock
from yaksok.mall.campaigns.calls import HOLD
from yaksok.policy.vocabulary import Channel
from yaksok.privacy.consent import ledger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
DESK = "/console/calls"


def press(browser: Client, path: str, **said: str) -> HttpResponse:
    answer = browser.post(path, {"csrf": csrf(browser, DESK), **said})
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_number_is_shown_after_a_press_and_the_answer_is_kept() -> None:
    member, browser = wants(CALL), at_work(people.clerk())
    campaign = sends(words(Channel.PHONE))
    desk = browser.get(DESK).content.decode()
    assert "가을 그릇" in desk
    assert "10명 미만" in desk
    assert member.person.phone not in desk
    answer = press(browser, f"{DESK}/{campaign}/next")
    page = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert member.person.phone in page
    assert "(광고) 안녕하세요" in page
    assert not [value for value in member.person.canaries() if value in page]
    assert str(member.subject) not in page
    assert "아직 결과를 적지 않은 전화" in browser.get(DESK).content.decode()
    call = re.search(r'name="call" value="([^"]+)"', page)
    assert call
    done = press(browser, f"{DESK}/done", call=call[1], outcome="no_more")
    assert "번호를 파기했어요" in browser.get(done.headers["Location"]).content.decode()
    with keeper():
        assert CALL not in ledger.standing(member.subject).consents
    again = press(browser, f"{DESK}/done", call=call[1], outcome="reached")
    assert "이미 적었거나" in browser.get(again.headers["Location"]).content.decode()


def test_no_more_is_believed_after_the_number_went_back(standing_clock: FixedClock) -> None:
    member, browser = wants(CALL), at_work(people.clerk())
    path = f"{DESK}/{sends(words(Channel.PHONE))}/next"
    page = press(browser, path).content.decode()
    said = dict(re.findall(r'name="(call|secret)" value="([^"]+)"', page))
    for _ in range(3):  # they do something else meanwhile, and stay logged in
        standing_clock.move(HOLD / 3)
        browser.get(DESK)
    assert member.person.phone in press(at_work(people.clerk()), path).content.decode()
    done = press(browser, f"{DESK}/done", outcome="no_more", **said)
    assert "번호를 파기했어요" in browser.get(done.headers["Location"]).content.decode()
    with keeper():
        assert CALL not in ledger.standing(member.subject).consents


@pytest.mark.parametrize(
    "said", [{"outcome": "skip"}, {"outcome": "reached", "call": "x"}, {"call": ""}]
)
def test_words_that_do_not_exist_change_nothing(said: dict[str, str]) -> None:
    answer = press(at_work(people.clerk()), f"{DESK}/done", **said)
    assert answer.headers["Location"].endswith("said=over")


def test_what_nobody_declared_is_refused() -> None:
    answer = press(at_work(people.clerk()), f"{DESK}/done", outcome="reached", note="words")
    assert answer.status_code == 400


def kept_out(who: Colleague) -> bool:
    return at_work(who).get(DESK).status_code == 403


def test_who_has_no_business_here_is_kept_out() -> None:
    campaign = sends(words(Channel.PHONE))
    assert kept_out(marketer())
    assert kept_out(people.officer())
    newcomer = at_work(people.newcomer())
    assert "P7.14" in newcomer.get(DESK).content.decode()
    assert Client().get(DESK).status_code == 302
    assert Client().post(f"{DESK}/{campaign}/next").status_code in {302, 403}


def test_too_many_numbers_in_an_hour_are_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from yaksok.journeys import call_desk

    monkeypatch.setattr(call_desk, "SHOWN_LIMIT", 1)
    member, browser = wants(CALL), at_work(people.clerk())
    campaign = sends(words(Channel.PHONE))
    assert member.person.phone in press(browser, f"{DESK}/{campaign}/next").content.decode()
    limited = press(browser, f"{DESK}/{campaign}/next")
    assert limited.status_code == 429
    assert member.person.phone not in limited.content.decode()


def test_it_speaks_english_too() -> None:
    wants(CALL)
    browser = at_work(people.clerk())
    campaign = sends(words(Channel.PHONE))
    for text in (
        browser.get(f"/en{DESK}").content.decode(),
        browser.post(f"/en{DESK}/{campaign}/next", {"csrf": csrf(browser, DESK)}).content.decode(),
    ):
        body = text[text.index("<main") : text.index("</main>")]
        script = re.sub(r"(?s)<blockquote.*?</blockquote>", "", body)  # the member speaks Korean
        assert not re.search("[가-힣]", script.replace("가을 그릇", ""))


def test_a_marketer_reads_the_script_before_anybody_is_called() -> None:
    browser = at_work(marketer())
    campaign = sends(words(Channel.PHONE))
    page = browser.get(f"/console/advertising/{campaign}").content.decode()
    assert "전화에서 하는 말" in page
    assert "(광고) 안녕하세요. 약속상점 주식회사" in page
    assert "그만 걸기" in page
