"""Every input that a page shows is declared by the place that it is sent to (P2.15).

Pages are asked for as a visitor, a member and each kind of staff see them, forms are read from what came
back, and each name is held against the declaration of the address that the form leads to. Templates
that no visit shows are read as they are written.
"""

import dataclasses
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

import yaksok
from tests.cast import children, people
from tests.cast.asking import answers, asks, note
from tests.cast.orders import ordered
from tests.cast.shelves import Shop
from tests.cast.trades import order_of
from tests.surfaces.visits import Visitor, browser_of
from yaksok.journeys import guardian_portal, log_in
from yaksok.mall.desk.words import Topic
from yaksok.mall.orders.states import OrderState
from yaksok.policy.collecting import ANSWER, Declaration, declared
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Language
from yaksok.privacy.post.letters import Template
from yaksok.web.collecting import places
from yaksok.web.origin import FIELD

TEMPLATES = sorted((Path(yaksok.__file__).parent / "web").rglob("templates/**/*.html"))
CONTROLS = ("button", "input", "output", "select", "textarea")
GENERATED = {
    "ad_write.html": {"{{ row.name }}"},
    "advertising.html": {"{{ field.name }}"},
    "browser.html": {"{{ field.name }}"},
    "demand_new.html": {"item_{{ value }}"},
    "box.html": {"{{ box.name }}"},
    "field.html": {"{{ field.name }}"},
    "fields.html": {"{{ field.name }}"},
    "notice_preview.html": {"{{ name }}"},
    "notice_write.html": {"{{ row.name }}"},
    "policy_table.html": {"{{ field.name }}"},
    "rights_field.html": {"{{ field.name }}"},
}
"""Templates that write the names of a list: a form of the policy, or what their view declares."""
PLACES = {
    "/category/<slug:slug>": "/category/tea",
    "<slug:slug>": "green-tea",
    "<str:name>": "0" * 16 + ".webp",
    "<uuid:draft_id>": "00000000-0000-7000-8000-000000000000",
    "<uuid:coupon_id>": "00000000-0000-7000-8000-000000000000",
    "<uuid:notice_id>": "00000000-0000-7000-8000-000000000000",
    "<uuid:review_id>": "00000000-0000-7000-8000-000000000000",
    "<uuid:variant_id>": "00000000-0000-7000-8000-000000000000",
    "<uuid:shift_id>": "00000000-0000-7000-8000-000000000000",
}
KO = Language.KOREAN
AROUND_LINES = '<form method="post" action="/checkout">'
"""What stands around the lines of a basket on the page that fetches them."""


@dataclass
class Seen:
    """One form of a page, or what stands outside of all of them."""

    method: str = ""
    action: str = ""
    names: set[str] = dataclasses.field(default_factory=set)


class Forms(HTMLParser):
    """The forms of a page with the names of their controls."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Seen] = []
        self.outside = Seen()
        self.by_id: dict[str, Seen] = {}
        self._elsewhere: list[tuple[str, str]] = []
        self._open: Seen | None = None
        self.feed(page)
        for where, name in self._elsewhere:
            self.by_id.get(where, self.outside).names.add(name)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Seen(found.get("method", "get").lower(), found.get("action", ""))
            self.forms.append(self._open)
            self.by_id[found.get("id", "")] = self._open
        elif tag in CONTROLS and found.get("name"):
            if "form" in found:
                self._elsewhere.append((found["form"], found["name"]))
            else:
                (self._open or self.outside).names.add(found["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def taken_by(declaration: Declaration | None, seen: Seen) -> set[str]:
    """The names of a form that its place does not declare."""
    if declaration is None:
        return set(seen.names)
    if seen.method == "post":
        return {name for name in seen.names - {FIELD} if not declaration.knows(name, policy())}
    return set(seen.names - declaration.address)


def faults_of(page: str, path: str) -> list[str]:
    """What a page shows that is not declared."""
    forms = Forms(page)
    faults = [f"{path}: {name} stands outside of any form" for name in forms.outside.names]
    for seen in forms.forms:
        action = urlsplit(seen.action).path or urlsplit(path).path
        declaration = declared(resolve(action).func)
        strange = taken_by(declaration, seen)
        if declaration is None and (seen.method == "post" or strange):
            faults.append(f"{path}: the form that leads to {action} leads to no declared place")
        faults += [f"{path}: {name} is not declared at {action}" for name in strange]
    return faults


def filled(route: str, order: str, ticket: str) -> str:
    theirs = {"<uuid:order_id>": order, "<uuid:ticket_id>": ticket}
    for part, value in {**PLACES, **theirs}.items():
        route = route.replace(part, value)
    return route


def visits() -> list[tuple[Visitor, str]]:
    """Everybody at every address, with an order and an inquiry that are theirs to see."""
    one = people.member().agrees("prefill")
    own = str(order_of(one, OrderState.PAID).id), str(asks(one.actor).ticket)
    works = str(ordered().id), str(asks().ticket)
    browsers = [
        (Visitor(), own),
        (browser_of(one), own),
        (browser_of(one, stepped_up=True), own),
        (browser_of(people.clerk()), works),
        (browser_of(people.officer()), works),
        (browser_of(people.auditor()), works),
    ]
    routes = [place.route for place in places() if not place.name.startswith("api:")]
    return [(browser, filled(route, *theirs)) for browser, theirs in browsers for route in routes]


def read_inquiries() -> list[tuple[str, str]]:
    """The pages of the desk that are only ever an answer: opened, to be checked, taken, read."""
    clerk, second = people.clerk(), people.officer()
    received = asks(topic=Topic.PRIVACY)
    answers(clerk.actor, received.ticket)
    opened, desk = f"/console/desk/{received.ticket}/open", browser_of(second)
    done = asks(topic=Topic.GOODS)
    answers(clerk.actor, done.ticket)
    proof = {"number": done.number, "secret": done.secret}
    return [
        (opened, desk.send(opened).content.decode()),
        (
            "/console/desk/call",
            desk.send("/console/desk/call", **note(second.actor)).content.decode(),
        ),
        ("/ask/look-up", Visitor().send("/ask/look-up", **proof).content.decode()),
    ]


def read_families(shelves: Shop) -> list[tuple[str, str]]:
    """The pages of a child whose guardian agreed, and of the guardian, each reached by what is secret."""
    who = people.guardian()
    waiting = children.asks(who)
    children.agrees(who)
    home = children.family()
    login = log_in.log_in(home.login_id, home.password, language=KO, address_key=people.ADDRESS_KEY)
    Visitor(login.key).send("/child/wish", lines=f"{shelves['TEA-G']}:1")
    wish = {"token": children.secret(Template.GUARDIAN_WISH)}
    portal = {"pass": guardian_portal.view(home.opens(), KO).key}
    said = {
        "/child/waiting": {"key": waiting.key},
        "/guardian/wish": wish,
        "/guardian/portal": portal,
    }
    return [
        (path, Visitor().send(path, **fields).content.decode()) for path, fields in said.items()
    ]


def pages(shelves: Shop) -> list[tuple[str, str]]:
    """Every page that can be seen: its address, and its HTML."""
    found = []
    line = {"variant": str(shelves["TEA-G"]), "quantity": "1"}
    basket = {"lines": f"{shelves['TEA-G']}:1"}
    for browser, path in visits():
        answer = browser.get(path)
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            found.append((path, answer.content.decode()))
    for browser in (
        Visitor(),
        browser_of(people.member()),
        browser_of(people.member(), stepped_up=True),
    ):
        found += [
            ("/checkout", browser.send("/checkout", **line).content.decode()),
            ("/basket", AROUND_LINES + browser.send("/basket/lines", **basket).content.decode()),
        ]
    leaver = people.member()
    left = browser_of(leaver).send("/my/leave", password=leaver.person.password)
    return [
        *found,
        *read_inquiries(),
        *read_families(shelves),
        ("/my/leave", left.content.decode()),
    ]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_input_of_every_page_is_declared(shelves: Shop) -> None:
    found = pages(shelves)
    assert [fault for path, page in found for fault in faults_of(page, path)] == []
    forms = [seen for _, page in found for seen in Forms(page).forms]
    assert len(found) > 60
    shown = {name for seen in forms for name in seen.names}
    policys = {field.name for form in policy().forms.values() for field in form.fields}
    policys |= {box.name for form in policy().forms.values() for box in form.boxes}
    assert shown >= policys, "a form of the policy was not seen"


HAND_WRITTEN = {
    '<form method="post" action="/sign-up"><input name="birthday"></form>': "birthday",
    '<form method="post" action="/my/open"><select name="gender"></select></form>': "gender",
    '<form action="/search"><input name="q"><textarea name="why"></textarea></form>': "why",
    '<form method="post" action="/policy"></form>': "no declared place",
    '<form action="/"><input name="phone"></form>': "phone",
    '<input name="phone">': "outside",
    '<form id="a" method="post" action="/log-in"></form><input form="a" name="phone">': "phone",
}


@pytest.mark.parametrize(("page", "said"), HAND_WRITTEN.items())
def test_a_field_written_by_hand_is_noticed(page: str, said: str) -> None:
    faults = faults_of(page, "/")
    assert any(said in fault for fault in faults), faults


def test_honest_fields_are_not() -> None:
    page = '<form method="post" action="/log-in"><input name="csrf"><input name="login_id"></form>'
    assert faults_of(page, "/") == []


def written_in(template: str) -> set[str]:
    """The names of controls as a template writes them."""
    tags = re.findall(rf"<(?:{'|'.join(CONTROLS)})\b[^>]*>", re.sub(r"{%.*?%}", "", template))
    return {name for tag in tags for name in re.findall(r'\sname="([^"]*)"', tag)}


def test_no_template_writes_a_name_that_no_place_declares() -> None:
    known = {FIELD}
    for place in places():
        if place.declaration:
            known |= place.declaration.names(policy()) | place.declaration.address
    found = {
        path.name: written_in(path.read_text("utf-8")) - known - GENERATED.get(path.name, set())
        for path in TEMPLATES
    }
    assert {name: names for name, names in found.items() if names} == {}
    assert len(TEMPLATES) > 40
    assert written_in('<input id="x" name="birthday" type="text">') - known == {"birthday"}
    assert not any(name.startswith(ANSWER) for name in known)
