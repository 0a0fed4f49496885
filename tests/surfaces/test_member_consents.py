"""동의, 거절, 방침 변경: one click either way, in both languages, for the person alone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import people
from tests.cast.partners import CONSENT, sharing
from tests.cast.people import Member
from tests.cast.policies import changed, obeying, policy_of, source
from tests.journeys.test_publish import MALL, WIDER, following
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import consents, correct, publish
from yaksok.kernel.clock import FixedClock
from yaksok.policy import in_force
from yaksok.policy.notice import NOTICE_CHANGED
from yaksok.policy.vocabulary import Language
from yaksok.privacy.consent import ledger

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]

PREFILL = "prefill"
ARTICLE = r'<article class="held allowed"[^>]*{}.*?</article>'
LANGUAGES = pytest.mark.parametrize("prefix", ["", "/en"])
PROFILE = 'profile = "lawful_kr"\n'
SAYS = 'changes = { ko = "이메일을 배송에도 씁니다.", en = "E-mail now serves delivery too." }\n'


def card(page: str, name: str) -> str:
    """What the page says about one consent, refusal or question."""
    found = re.search(ARTICLE.format(re.escape(name)), page, re.DOTALL)
    assert found, name
    return unescape(found[0])


def asks() -> publish.Published:
    """A version, in force in 40 days, that asks every member two things."""
    first = publish.found(MALL)
    document = following(40, *WIDER, (PROFILE, SAYS + PROFILE))
    return publish.publish(document, base=first, actor=MALL)


def stands(member: Member) -> tuple[frozenset[str], frozenset[str]]:
    with keeper():
        facts = ledger.standing(member.subject)
    return facts.consents, facts.refusals


# Consents


@LANGUAGES
def test_each_consent_says_what_it_covers_and_what_refusing_means(prefix: str) -> None:
    page = browser_of(people.member()).text(f"{prefix}/my/consents")
    said = card(page, PREFILL)
    words = {
        "": (
            "미리 채우기",
            "이름, 전화번호",
            "달라지는 것은 없습니다",
            "답하신 적이 없어요",
            "동의하기",
        ),
        "/en": (
            "fill in my order form",
            "Name, Phone",
            "nothing else changes",
            "not answered",
            "Agree",
        ),
    }[prefix]
    for word in words:
        assert word in said
    assert said.count("<button") == 1


@LANGUAGES
def test_giving_and_withdrawing_are_one_button_each(prefix: str) -> None:
    member = people.member()
    browser = browser_of(member)
    path = f"{prefix}/my/consents"
    answer = browser.send(f"{path}/give", consent=PREFILL)
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?done=given")
    page = browser.text(answer["Location"])
    assert 'role="status"' in page
    said = card(page, PREFILL)
    assert {"": "동의 철회하기", "/en": "Withdraw"}[prefix] in said
    assert "2026-11-24" in said
    assert PREFILL in stands(member)[0]
    answer = browser.send(path, consent=PREFILL)
    assert answer.status_code == 200
    assert PREFILL not in stands(member)[0]
    assert f'action="{path}/give"' in card(answer.content.decode(), PREFILL)


def test_agreeing_and_withdrawing_look_the_same() -> None:
    member = people.member()
    browser = browser_of(member)
    classes = []
    for act in (None, "give"):
        if act:
            browser.send(f"/my/consents/{act}", consent=PREFILL)
        (found,) = re.findall(
            r'<button class="([^"]+)"', card(browser.text("/my/consents"), PREFILL)
        )
        classes.append(found)
    assert classes == ["choice", "choice"]


@LANGUAGES
def test_withdrawing_says_what_was_deleted_and_both_dates(prefix: str) -> None:
    member = people.member().agrees(PREFILL)
    values = {"name": member.person.name, "phone": member.person.phone}
    correct.correct(member.actor, values, stepped_up=True, language=Language.KOREAN)
    browser = browser_of(member)
    answer = browser.send(f"{prefix}/my/consents", consent=PREFILL)
    said = card(answer.content.decode(), PREFILL)
    words = {
        "": (
            "지운 것: 이름, 전화번호",
            "지금 (2026년 3월 2일 (월) 12:00)",
            "모든 백업에서",
            "알릴 곳도 없어요",
        ),
        "/en": (
            "Deleted: name, phone",
            "now (2 Mar 2026 (Mon) 12:00)",
            "every backup",
            "nobody to tell",
        ),
    }[prefix]
    for word in words:
        assert word in said
    assert len(re.findall(r"2026년 3월|Mar 2026", said)) >= 2
    for value in values.values():
        assert value not in answer.content.decode()


def test_a_double_click_does_no_harm() -> None:
    member = people.member()
    browser = browser_of(member)
    for _ in range(2):
        assert browser.send("/my/consents/give", consent=PREFILL).status_code == 302
    assert PREFILL in stands(member)[0]
    for _ in range(2):
        answer = browser.send("/my/consents", consent=PREFILL)
        assert answer.status_code == 200
    assert "남아 있지 않아요" in answer.content.decode()
    consented, refused = stands(member)
    assert (PREFILL in consented, PREFILL in refused) == (False, True)


@LANGUAGES
def test_nobody_agrees_to_words_that_they_did_not_read(prefix: str) -> None:
    """The page was opened before the words changed, and the button pressed after it."""
    member = people.member()
    browser = browser_of(member)
    shown = card(browser.text(f"{prefix}/my/consents"), PREFILL)
    form = dict(re.findall(r'name="(consent|mark)" value="([^"]*)"', shown))
    assert form["consent"] == PREFILL
    (wider,) = re.findall(r"\[consents\.prefill\]\ntext = .*", source())
    words = '[consents.prefill]\ntext = { ko = "모든 것", en = "everything" }'
    with obeying(policy_of(changed((wider, words)))):
        answer = browser.send(f"{prefix}/my/consents/give", **form)
        assert answer.status_code == 422
        said = NOTICE_CHANGED.en if prefix else NOTICE_CHANGED.ko
        assert said in unescape(answer.content.decode())
        assert PREFILL not in stands(member)[0]
    assert browser.send(f"{prefix}/my/consents/give", **form).status_code == 302
    assert PREFILL in stands(member)[0]


def test_what_is_not_offered_is_not_found() -> None:
    browser = browser_of(people.member())
    for path in ("/my/consents/give", "/my/consents"):
        for name in ("advertising", "", "beyond_scope", "disclose:stranger", "x" * 500):
            assert browser.send(path, consent=name).status_code == 404
    for name in ("", PREFILL, "disclose:stranger", "use"):
        for choice in ("yes", "no"):
            answer = browser.send("/my/refusals", refusal=name, stands=choice)
            assert answer.status_code == 404


def test_a_field_that_is_not_asked_is_refused_with_all_of_it() -> None:
    member = people.member()
    answer = browser_of(member).send("/my/consents/give", consent=PREFILL, name="한소담")
    assert answer.status_code == 400
    assert PREFILL not in stands(member)[0]


def test_another_members_consent_is_not_touched() -> None:
    member, other = people.member(), people.stranger()
    browser_of(member).send("/my/consents/give", consent=PREFILL)
    assert PREFILL not in stands(other)[0]


def test_who_is_given_nothing_personal_needs_no_consent() -> None:
    assert "payment_provider" not in browser_of(people.member()).text("/my/consents")


def test_after_a_withdrawal_the_page_can_be_read_in_the_other_language() -> None:
    browser = browser_of(people.member())
    answer = browser.send("/my/consents", consent=PREFILL)
    assert 'href="/en/my/consents"' in answer.content.decode()


# Refusals


@LANGUAGES
def test_a_standing_refusal_is_a_button_and_so_is_taking_it_back(prefix: str) -> None:
    member = people.member()
    browser, path = browser_of(member), f"{prefix}/my/refusals"
    assert {"": "본인만 거둘 수 있어요", "/en": "only you can"}[prefix] in browser.text(path)
    for name in ("beyond_scope", "disclose"):
        answer = browser.send(path, refusal=name, stands="yes")
        assert answer["Location"] == f"{path}?done=refused"
        assert name in stands(member)[1]
        assert 'value="no"' in card(browser.text(path), f'data-refusal="{name}"')
        answer = browser.send(path, refusal=name, stands="no")
        assert answer["Location"] == f"{path}?done=lifted"
        assert name not in stands(member)[1]
        assert 'value="yes"' in card(browser.text(path), f'data-refusal="{name}"')


def test_a_third_party_is_a_consent_of_its_own_and_can_be_refused_by_name() -> None:
    member = people.member()
    browser = browser_of(member)
    with sharing():
        said = card(browser.text("/my/consents"), f'data-consent="{CONSENT}"')
        for word in ("다온문구 (모의 서버)에 제공: ", "목적: 회원이 고른", "보유:", "그대로이고"):
            assert word in said
        browser.send("/my/consents/give", consent=CONSENT)
        assert CONSENT in stands(member)[0]
        answer = browser.send("/my/refusals", refusal=CONSENT, stands="yes")
        assert "동의 1가지도 함께 철회했어요" in answer.content.decode()
        assert CONSENT not in stands(member)[0]
        assert "다온문구 (모의 서버)에 제공" in browser.text("/my")
    assert browser.send("/my/consents/give", consent=CONSENT).status_code == 404


# Changes


@LANGUAGES
def test_a_change_is_shown_with_its_words_its_day_and_three_equal_answers(prefix: str) -> None:
    member = people.member()
    done = asks()
    browser = browser_of(member)
    listed = browser.text(f"{prefix}/my/changes")
    page = unescape(browser.text(f"{prefix}/my/changes/{done.number}"))
    words = {
        "": (
            "이메일을 배송에도 씁니다.",
            "2026년 4월 11일 (토)",
            "불이익이 없어요",
            "새로 이용: 회원 정보",
        ),
        "/en": (
            "E-mail now serves delivery too.",
            "11 Apr 2026 (Sat)",
            "no disadvantage",
            "New use: membership",
        ),
    }[prefix]
    for word in words:
        assert word in page
    assert words[0] in listed
    for place in (1, 2):
        said = card(page, f'id="q-{place}"')
        buttons = re.findall(r"<button ([^>]+)>", said)
        assert [b.replace('class="choice" type="submit" name="answer" ', "") for b in buttons] == [
            'value="yes"',
            'value="no"',
            'value="later"',
        ]
        assert "checked" not in said
        assert "pressed" not in said
    assert page.count("<ins>") > 1
    assert f'href="{prefix}/policy/versions/1/{done.number}"' in page


def test_an_answer_stands_and_can_be_changed() -> None:
    member = people.member()
    done = asks()
    browser, path = browser_of(member), f"/my/changes/{done.number}"
    first, second = done.points
    answer = browser.send(f"{path}/answer", point=second, answer="yes")
    assert (answer.status_code, answer["Location"]) == (302, f"{path}#q-2")
    assert "동의하셨어요" in card(browser.text(path), 'id="q-2"')
    assert "아직 답하지" in card(browser.text(path), 'id="q-1"')
    for _ in range(2):
        browser.send(f"{path}/answer", point=second, answer="no")
    assert "동의하지 않으셨어요" in card(browser.text(path), 'id="q-2"')
    assert stands(member)[0].isdisjoint({first, second})
    assert second in stands(member)[1]


def test_later_writes_nothing() -> None:
    member = people.member()
    done = asks()
    browser, path = browser_of(member), f"/my/changes/{done.number}"
    before = stands(member)
    answer = browser.send(f"{path}/answer", point=done.points[0], answer="later")
    assert answer["Location"] == "/my/changes?done=later"
    assert "나중에 정하셔도 돼요" in browser.text(answer["Location"])
    assert stands(member) == before
    assert consents.pending(member.actor) == 2


def test_what_was_never_put_to_the_member_is_not_found(standing_clock: FixedClock) -> None:
    early = people.member()
    done = asks()
    standing_clock.move(timedelta(days=41))
    with keeper():
        assert in_force.number() == done.number
    late = people.stranger()
    path = f"/my/changes/{done.number}"
    browser = browser_of(late)
    assert browser.get(path).status_code == 404
    for choice in ("yes", "no", "later"):
        answer = browser.send(f"{path}/answer", point=done.points[0], answer=choice)
        assert answer.status_code == 404
    browser = browser_of(early)
    for point in ("", "change:x/purpose:order", "change:2026-04-11/purpose:nothing", PREFILL):
        assert browser.send(f"{path}/answer", point=point, answer="yes").status_code == 404
    for number in (0, 1, 99, 10**12, 10**30):
        assert browser.get(f"/my/changes/{number}").status_code == 404
    assert browser.send(f"{path}/answer", point=done.points[0], answer="maybe").status_code == 400
    assert consents.pending(early.actor) == 2


# The banner


def test_what_waits_is_said_on_the_members_pages_until_it_is_answered() -> None:
    member = people.member()
    browser = browser_of(member)
    assert 'class="note waiting"' not in browser.text("/my")
    done = asks()
    for path in ("/my", "/my/orders", "/my/consents", "/my/trail", "/my/leave"):
        page = browser.text(path)
        assert "여쭌 것이 2가지" in page
        assert 'href="/my/changes"' in page
    assert "2 things" in browser.text("/en/my")
    for point in done.points:
        browser.send(f"/my/changes/{done.number}/answer", point=point, answer="no")
    assert 'class="note waiting"' not in browser.text("/my")


def test_it_costs_public_pages_nothing() -> None:
    asks_before = browser_of(people.member())
    asks()
    for path in ("/", "/policy", "/log-in", "/notices"):
        with CaptureQueriesContext(connection) as asked:
            assert "여쭌 것이" not in asks_before.text(path)
        assert not [one for one in asked.captured_queries if COUNTED in one["sql"]]
    with CaptureQueriesContext(connection) as asked:
        asks_before.text("/my/orders")
    assert len([one for one in asked.captured_queries if COUNTED in one["sql"]]) == 1


COUNTED = "FROM consent_asked WHERE subject_id"
"""What is asked of one person's open questions. A promise's evidence counts those of everybody."""


# The correction page, and the page of everything


@LANGUAGES
def test_the_correction_form_asks_for_the_consent_where_it_is_needed(prefix: str) -> None:
    member = people.member()
    browser = browser_of(member, stepped_up=True)
    path = f"{prefix}/my/correct"
    page = browser.text(path)
    assert 'name="name"' not in page
    words = {
        "": ("동의하고 적기", "미리 채우기", "달라지는 것은"),
        "/en": ("Agree and fill in", "fill in my order form", "nothing else changes"),
    }
    for word in words[prefix]:
        assert word in page
    answer = browser.send(f"{prefix}/my/consents/give", consent=PREFILL, then="correct")
    assert answer["Location"] == path
    page = browser.text(path)
    assert 'name="name"' in page
    assert words[prefix][0] not in page
    browser.send(path, name=member.person.name)
    browser.send(f"{prefix}/my/consents", consent=PREFILL)
    page = browser.text(path)
    assert 'name="name"' not in page
    assert member.person.name not in page


def test_the_box_stands_by_a_form_with_a_mistake_too() -> None:
    answer = browser_of(people.member(), stepped_up=True).send("/my/correct", email="nothing")
    assert answer.status_code == 422
    assert "동의하고 적기" in answer.content.decode()


def test_my_page_names_what_was_answered_in_words() -> None:
    member = people.member().agrees(PREFILL)
    done = asks()
    browser = browser_of(member)
    browser.send(f"/my/changes/{done.number}/answer", point=done.points[0], answer="no")
    browser.send("/my/refusals", refusal="beyond_scope", stands="yes")
    page = unescape(browser.text("/my"))
    for word in (
        "미리 채우기",
        "새로 이용: 회원 정보",
        "처음 알려 드린 범위를 넘는 이용",
        "이용약관에 동의",
    ):
        assert word in page
    shown = re.sub(r"<[^>]+>", "", page)
    for key in (PREFILL, "change:", "beyond_scope"):
        assert key not in shown
    assert 'href="/my/consents"' in page


def test_a_consent_that_is_asked_no_more_says_so() -> None:
    member = people.member().agrees(PREFILL)
    asked = 'consent = "prefill"\n'
    without = changed((asked, ""), (asked, ""), ("[consents.prefill]", "[consents.other]"))
    with obeying(policy_of(without)):
        assert "지금은 여쭙지 않는 것 (prefill)" in browser_of(member).text("/my")


@pytest.mark.parametrize(
    "path", ["/my/consents", "/my/refusals", "/my/receipts", "/my/changes", "/my/changes/2"]
)
def test_nobody_comes_in_without_a_session(path: str) -> None:
    for browser in (Visitor(), browser_of(people.clerk())):
        answer = browser.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/log-in?next=")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/my/consents/give", {"consent": PREFILL}),
        ("/my/consents", {"consent": PREFILL}),
        ("/my/refusals", {"refusal": "disclose", "stands": "yes"}),
        ("/my/changes/2/answer", {"point": "x", "answer": "yes"}),
    ],
)
def test_a_button_needs_the_members_own_session(path: str, fields: dict[str, str]) -> None:
    assert Visitor().send(path, **fields)["Location"] == "/log-in"
    browser = browser_of(people.member())
    assert browser.get(path).status_code == (
        200 if path in {"/my/consents", "/my/refusals"} else 405
    )
    foreign = browser.post(path, fields, headers={"origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
