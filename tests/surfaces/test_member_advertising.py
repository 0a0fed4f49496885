"""The member's page of advertising: nothing is chosen for them, and no is as near as yes."""

import re

import pytest
from django.test import Client

from tests.cast import people
from tests.cast.browsers import PUSH
from tests.cast.subscribers import CALL, EMAIL, NIGHT, SMS, proves, token_of, wants
from yaksok.database.roles import keeper
from yaksok.journeys import consents
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.consent import ledger
from yaksok.privacy.post import tokens

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("standing_clock"),
]
PAGE = "/my/advertising"


def inside(member: people.Member) -> Client:
    browser = Client()
    browser.cookies["__Host-yaksok"] = member.logs_in()
    return browser


def forms(browser: Client) -> dict[str, str]:
    """By consent, the form that stands beside it."""
    text = browser.get(PAGE).content.decode()
    found = re.findall(r'<article[^>]*data-consent="(\w+)">(.*?)</article>', text, re.DOTALL)
    return dict(found)


def sends_form(browser: Client, consent: str, **other: str) -> int:
    form = forms(browser)[consent]
    action = re.search(r'action="([^"]+)"', form)
    assert action
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    return browser.post(action[1], {**hidden, **other}).status_code


def standing(member: people.Member) -> frozenset[str]:
    with keeper():
        return ledger.standing(member.subject).consents & {EMAIL, SMS, NIGHT}


def proved(member: people.Member) -> bool:
    with keeper():
        return tokens.proved(member.subject, tokens.ADVERTISING_PHONE)


def test_one_click_gives_and_one_click_withdraws() -> None:
    member = proves(people.member())
    browser = inside(member)
    assert set(forms(browser)) == {EMAIL, SMS, CALL, PUSH, NIGHT}
    assert "checked" not in "".join(forms(browser).values())
    assert sends_form(browser, EMAIL) == 302
    assert standing(member) == {EMAIL}
    assert sends_form(browser, EMAIL) == 302
    assert standing(member) == frozenset()


def test_yes_and_no_look_alike() -> None:
    member = wants(EMAIL)
    found = forms(inside(member))
    yes = re.findall(r'<button class="([^"]+)"', found[SMS])
    no = re.findall(r'<button class="([^"]+)"', found[EMAIL])
    assert yes == no == ["choice"]


def test_a_number_is_asked_where_it_is_needed_and_nowhere_else() -> None:
    member = people.member()
    browser = inside(member)
    found = forms(browser)
    assert 'name="phone"' in found[SMS]
    assert 'name="phone"' not in found[EMAIL] + found[NIGHT]
    assert sends_form(browser, SMS) == 422
    assert sends_form(browser, SMS, phone="02-123") == 422
    assert sends_form(browser, SMS, phone=member.person.phone, address="x") == 400
    assert sends_form(browser, SMS, phone=member.person.phone) == 302
    assert standing(member) == {SMS}
    page = browser.get(PAGE).content.decode()
    assert member.person.phone not in page
    assert "링크를 열어" in page


def test_the_number_is_confirmed_by_the_press_and_not_by_its_link() -> None:
    member = people.member()
    consents.give(member.actor, SMS, language=Language.KOREAN, given={Item.PHONE: "01012345678"})
    token = token_of(member, tokens.ADVERTISING_PHONE, "advertising_confirm")
    stranger = Client()
    page = stranger.get("/ads/number", {"token": token})
    assert page.status_code == 200
    assert "01012345678" not in page.content.decode()
    assert not proved(member), "programs that look into messages open links too"
    assert stranger.post("/ads/number", {"token": "A" * 43}).status_code == 404
    assert not proved(member)
    assert stranger.post("/ads/number", {"token": token}).status_code == 200
    assert proved(member)


def test_the_consents_page_leads_here() -> None:
    browser = inside(wants(EMAIL))
    text = browser.get("/my/consents").content.decode()
    assert f'href="{PAGE}"' in text
    assert 'data-consent="ads_email"' not in text


def test_nobody_else_comes_in() -> None:
    assert Client().get(PAGE).status_code == 302
    assert Client().post(PAGE, {"consent": EMAIL}).status_code == 302


def test_it_speaks_english_too() -> None:
    text = inside(wants(EMAIL)).get("/en/my/advertising").content.decode()
    body = text[text.index('<div class="centre-page">') : text.index("</main>")]
    assert "Get advertising" in body
    assert not re.search("[가-힣]", body)
