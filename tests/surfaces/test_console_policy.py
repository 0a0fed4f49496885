"""The policy studio: written table by table, looked at, published once; nobody's work is lost."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import people
from tests.cast.policies import MEMBERS_ARE_FOR
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.database.selecting import rows
from yaksok.journeys import gate_calls, policy_drafts, publish
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid
from yaksok.mall.board import reading
from yaksok.policy.toml_blocks import split
from yaksok.policy.vocabulary import FormName
from yaksok.privacy.published import register
from yaksok.web.console import policy_words

pytestmark = pytest.mark.django_db

STUDIO = "/console/policy"
GRANT = (
    '  { roles = ["system"], actions = ["open"], purposes = ["delivery"], items = ["email"] },\n'
)
SAID = {"changes_ko": "배송에도 이메일을 씁니다.", "changes_en": "E-mail serves delivery too."}


@pytest.fixture(autouse=True)
def _founded(standing_clock: clock.FixedClock) -> None:
    publish.found(Actor.system("test"))


def page_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def latest() -> register.Version:
    with keeper():
        found = register.latest()
    assert found is not None
    return found


def begun(browser: Visitor, number: str = "") -> str:
    answer = browser.send(f"{STUDIO}/drafts", number=number)
    assert answer.status_code == 302
    return str(answer["Location"])


def revision(browser: Visitor, draft: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', browser.text(f"{draft}/whole"))
    assert found
    return found[1]


def text_of(browser: Visitor, draft: str, table: str = "") -> str:
    page = browser.text(f"{draft}/tables/{table}" if table else f"{draft}/whole")
    found = re.search(r'<textarea class="toml"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def wider(browser: Visitor, draft: str) -> None:
    """The draft opens members' e-mail for delivery as well: one thing to ask."""
    text = text_of(browser, draft, "records.membership")
    text = text.replace(MEMBERS_ARE_FOR, MEMBERS_ARE_FOR[:-1] + ', "delivery"]')
    text = text.replace("grants = [\n", f"grants = [\n{GRANT}")
    answer = browser.send(
        f"{draft}/tables/records.membership",
        act="text",
        text=text,
        revision=revision(browser, draft),
    )
    assert answer.status_code == 302, page_of(answer)


def published(browser: Visitor, draft: str, who: people.Colleague, **other: str) -> Any:
    day = (clock.now() + timedelta(days=40)).date()
    fields = {
        "act": "publish",
        "version": f"{day}",
        "effective": f"{day}",
        "totp": who.code(steps=1),
        "revision": revision(browser, draft),
        **SAID,
        **other,
    }
    return browser.send(f"{draft}/check", **fields)


def test_an_officer_writes_looks_and_publishes():
    member, officer = people.member(), people.officer()
    browser = browser_of(officer)
    draft = begun(browser)
    wider(browser, draft)
    look = html.unescape(browser.text(f"{draft}/check"))
    assert "1명에게 여쭤야 해요" in look
    assert "멈추는 일이 없어요" in look
    answer = published(browser, draft, officer)
    assert answer["Location"] == f"{STUDIO}?done=published", page_of(answer)
    assert latest().number == 2
    assert latest().published_by == officer.subject
    with keeper():
        assert rows("SELECT subject_id FROM consent_asked") == [(member.subject,)]
        assert reading.by_key(f"policy:{latest().version}") is not None
        assert rows("SELECT count(*) FROM published_draft") == [(0,)]
    overview = html.unescape(browser.text(STUDIO))
    assert "시행 예정" in overview
    assert "새로 이용" in overview


def test_a_double_click_publishes_once():
    officer = people.officer()
    browser = browser_of(officer)
    draft = begun(browser)
    fields = {"revision": revision(browser, draft)}
    first = published(browser, draft, officer, **fields)
    assert first["Location"] == f"{STUDIO}?done=published"
    second = browser.send(f"{draft}/check", act="publish", **SAID)
    assert second["Location"] == f"{STUDIO}?done=gone"
    assert "이미 공지했거나" in browser.text(f"{STUDIO}?done=gone")
    assert latest().number == 2


def test_without_the_code_nothing_is_published_and_what_was_typed_stays():
    officer = people.officer()
    browser = browser_of(officer)
    draft = begun(browser)
    answer = published(browser, draft, officer, totp="000000")
    assert answer.status_code == 422
    assert "숫자가 맞지 않아요" in page_of(answer)
    assert SAID["changes_en"] in page_of(answer)
    assert latest().number == 1
    again = published(browser, draft, officer)
    assert again["Location"] == f"{STUDIO}?done=published"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"changes_en": " "}, "두 언어로"),
        ({"effective": "soon"}, "2027-01-01처럼"),
        ({"version": ""}, "판의 이름"),
        ({"version": "2026-11-24"}, "published already"),
        ({"changes_ko": "당첨 990101-1234567"}, "주민등록번호"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_published(wrong, said):
    officer = people.officer()
    browser = browser_of(officer)
    draft = begun(browser)
    answer = published(browser, draft, officer, **wrong)
    assert answer.status_code == 422
    assert said in page_of(answer)
    assert latest().number == 1


def test_too_early_a_day_is_told_with_the_first_that_may_be():
    officer = people.officer()
    browser = browser_of(officer)
    draft = begun(browser)
    wider(browser, draft)
    day = (clock.now() + timedelta(days=29)).date()
    answer = published(browser, draft, officer, effective=f"{day}")
    assert "effective" in page_of(answer)
    assert f"{(clock.now() + timedelta(days=30)).date()}" in page_of(answer)
    assert latest().number == 1


def test_a_form_changes_its_keys_and_no_other_table():
    browser = browser_of(people.officer())
    draft = begun(browser)
    before = text_of(browser, draft)
    page = browser.text(f"{draft}/tables/officers.manager")
    names = dict(re.findall(r'name="(t\.[^"]+)" value="([^"]*)"', page))
    areas = re.findall(r'name="(t\.[^"]+)"[^>]*>\n([^<]*)</textarea>', page)
    fields = {name: html.unescape(value) for name, value in [*names.items(), *areas]}
    fields |= {"t.fax": "02-000-0010", "act": "form", "revision": revision(browser, draft)}
    answer = browser.send(f"{draft}/tables/officers.manager", **fields)
    assert answer.status_code == 302, page_of(answer)
    after = text_of(browser, draft)
    assert after == before.replace('fax = "02-000-0009"', 'fax = "02-000-0010"', 1)


def test_a_table_says_which_promises_rest_on_it():
    browser = browser_of(people.officer())
    draft = begun(browser)
    page = html.unescape(browser.text(f"{draft}/tables/recipients.courier"))
    assert "#P4.1" in page
    assert "yaksok.policy.decide" in page or "yaksok.privacy.disclosure" in page
    assert "tests/promises/test_p4_0" in page
    assert "restock" in browser.text(f"{draft}/tables/purposes.restock_notice")


def test_the_second_of_two_savers_sees_the_firsts_and_keeps_their_own():
    first, second = browser_of(people.officer()), browser_of(people.officer())
    draft = begun(first)
    table, seen = f"{draft}/tables/upkeep", revision(second, draft)
    text = text_of(first, draft, "upkeep")
    first.send(table, act="text", text=text.replace("P6M", "P3M"), revision=seen)
    answer = second.send(table, act="text", text=text.replace("P6M", "P5M"), revision=seen)
    page = page_of(answer)
    assert answer.status_code == 422
    assert "그사이 다른 사람이" in page
    assert '<del>"P3M</del><ins>"P5M</ins>' in page or ("P3M" in page and "P5M" in page)
    assert 'training_every = "P5M"' in page
    assert 'training_every = "P3M"' in text_of(first, draft)
    now = revision(second, draft)
    assert second.send(table, act="text", text=text.replace("P6M", "P5M"), revision=now)
    assert 'training_every = "P5M"' in text_of(first, draft)


def test_whoever_was_overtaken_sees_the_other_version_and_takes_it_in():
    one, two = people.officer(), people.officer()
    first, second = browser_of(one), browser_of(two)
    theirs, mine = begun(first), begun(second)
    for browser, draft, was, now in (
        (first, theirs, "P1Y", "P6M"),
        (second, mine, "P6M", "P3M"),
    ):
        text = text_of(browser, draft, "upkeep")
        if browser is second:
            draft_table, text = "officers.manager", text_of(browser, draft, "officers.manager")
            text = text.replace("02-000-0009", "02-000-0010")
        else:
            draft_table, text = "upkeep", text.replace(was, now)
        browser.send(
            f"{draft}/tables/{draft_table}",
            act="text",
            text=text,
            revision=revision(browser, draft),
        )
    assert published(first, theirs, one)["Location"].endswith("published")
    refused = published(second, mine, two, version="another")
    assert refused.status_code == 422
    assert "그사이 제2판이" in page_of(refused)
    page = html.unescape(second.text(mine))
    assert "그사이 제2판이 공지되었어요" in page
    assert "audit_every" in page
    answer = second.send(f"{mine}/catch-up", revision=revision(second, mine))
    assert answer["Location"].endswith("done=caught-up&clashes=")
    text = text_of(second, mine)
    assert 'audit_every = "P6M"' in text
    assert 'fax = "02-000-0010"' in text
    day = (clock.now() + timedelta(days=41)).date()
    done = published(second, mine, two, version="another", effective=f"{day}")
    assert done["Location"].endswith("published"), page_of(done)
    assert latest().number == 3


def test_a_broken_draft_is_kept_and_led_to_its_line():
    browser = browser_of(people.officer())
    draft = begun(browser)
    text = text_of(browser, draft, "upkeep").replace("P6M", "P6M\noops")
    now = revision(browser, draft)
    assert (
        browser.send(f"{draft}/tables/upkeep", act="text", text=text, revision=now).status_code
        == 302
    )
    page = html.unescape(browser.text(f"{draft}/check"))
    assert "아직 읽을 수 없는 문서예요" in page
    assert f"{draft}/tables/upkeep" in page
    assert "oops" in text_of(browser, draft, "upkeep")


def test_a_lint_finding_leads_to_its_table_and_keeps_the_version_out():
    officer = people.officer()
    browser = browser_of(officer)
    draft = begun(browser)
    text = text_of(browser, draft, "officers.manager").replace("02-000-0009", "☎")
    now = revision(browser, draft)
    browser.send(f"{draft}/tables/officers.manager", act="text", text=text, revision=now)
    page = html.unescape(browser.text(f"{draft}/check"))
    assert "L-CPO" in page
    assert f"{draft}/tables/officers.manager" in page
    assert published(browser, draft, officer).status_code == 422
    assert latest().number == 1


def test_a_purpose_that_goes_names_what_stops():
    browser = browser_of(people.officer())
    draft = begun(browser)
    whole = text_of(browser, draft)
    block = next(one for one in split(whole) if one.name == "records.membership")
    lines = [
        line for line in block.text.splitlines() if 'purposes = ["restock_notice"]' not in line
    ]
    text = "\n".join(lines).replace(', "restock_notice"]', "]")
    now = revision(browser, draft)
    browser.send(f"{draft}/tables/records.membership", act="text", text=text, revision=now)
    page = html.unescape(browser.text(f"{draft}/check"))
    assert "재입고 알림" in page
    assert "tell_what_is_back" in page


def test_going_back_is_a_new_version_with_the_old_words():
    officer = people.officer()
    browser = browser_of(officer)
    draft = begun(browser)
    text = text_of(browser, draft, "upkeep").replace("P1Y", "P6M")
    now = revision(browser, draft)
    browser.send(f"{draft}/tables/upkeep", act="text", text=text, revision=now)
    published(browser, draft, officer)
    back = begun(browser, "1")
    assert 'audit_every = "P1Y"' in text_of(browser, back)
    assert 'version = "2026-11-24"' not in text_of(browser, back)
    assert "P6M" in html.unescape(browser.text(back))


def test_who_may_enter():
    draft = begun(browser_of(people.officer()))
    places = [STUDIO, draft, f"{draft}/check", f"{draft}/whole", f"{draft}/tables/upkeep"]
    auditor = browser_of(people.auditor())
    for place in places:
        page = auditor.text(place)
        assert 'value="publish"' not in page
        assert 'type="submit" name="act"' not in page
        assert browser_of(people.clerk()).get(place).status_code == 403
        assert Visitor().get(place).status_code == 302
    untrained = people._colleague(Role.OFFICER, trained=False)
    shut = browser_of(untrained).get(STUDIO)
    assert shut.status_code == 403
    assert "P7.14" in page_of(shut)
    for place, fields in (
        (f"{STUDIO}/drafts", {}),
        (f"{draft}/tables/upkeep", {"act": "text", "text": "[upkeep]", "revision": "1"}),
        (f"{draft}/whole", {"source": "x", "revision": "1"}),
        (f"{draft}/catch-up", {"revision": "1"}),
        (f"{draft}/discard", {}),
        (f"{draft}/check", {"act": "publish", **SAID, "effective": "2027-01-01", "version": "x"}),
    ):
        assert auditor.send(place, **fields).status_code == 403, place
        assert browser_of(people.clerk()).send(place, **fields).status_code == 403, place
    assert latest().number == 1
    officer = browser_of(people.officer())
    assert officer.send(f"{draft}/discard")["Location"].endswith("discarded")
    assert officer.get(draft)["Location"].endswith("gone")


def test_a_document_without_an_end_is_not_kept():
    officer = people.officer()
    draft = policy_drafts.begin(officer.actor)
    with pytest.raises(Invalid):
        policy_drafts.save(officer.actor, draft, "x" * 200_001, revision=1)


def test_every_journey_that_can_stop_has_a_name_that_people_read():
    assert {ask.journey for ask in gate_calls.asks()} == policy_words.JOURNEYS.keys()
    assert set(FormName) == set(policy_words.FORMS)
