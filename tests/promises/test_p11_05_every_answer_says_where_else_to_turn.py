"""P11.5: each answer and each refusal names the office outside the mall."""

import pytest
from django.http import HttpRequest

from tests.cast import people
from tests.cast.requests import SECRET, called, guest_order
from tests.surfaces.visits import Visitor, browser_of
from yaksok.journeys import rights_ask, rights_work
from yaksok.kernel.errors import Refused, Shredded, Undeclared
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import tables
from yaksok.policy.vocabulary import Language
from yaksok.privacy.post.letters import DRAFTS, Template, write
from yaksok.privacy.rights.words import Kind
from yaksok.web.errors import Answers

pytestmark = pytest.mark.django_db

CENTRE = tables().remedy["report_centre"]
REFUSALS = (Refused("no", promise="P1.6"), Undeclared(frozenset({"x"})), Shredded())


def names_it(text: str, language: Language) -> bool:
    return CENTRE.name.in_(language) in text and CENTRE.phone in text


def test_the_document_names_it() -> None:
    assert policy().document.body.remedies[0] == "report_centre"


@pytest.mark.parametrize("template", Template)
def test_no_letter_can_be_written_without_it(template: Template) -> None:
    draft = DRAFTS[template]
    context = dict.fromkeys((draft.context - {"path"}) | {"code"}, "x")
    opened = dict.fromkeys((item.value for item in draft.opened), "x")
    for language in Language:
        letter = write(template, language, context, "https://yaksok.example/x", opened=opened)
        assert names_it(letter.text, language)
        assert names_it(letter.html, language)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("path", ["/my", "/en/my", "/api/v1/orders/look-up"])
def test_no_refusal_is_answered_without_it(refusal: Exception, path: str) -> None:
    request = HttpRequest()
    request.path_info = path
    answer = Answers.process_exception(request, refusal)
    said = answer.content.decode("unicode_escape" if "json" in answer["Content-Type"] else "utf-8")
    language = Language.ENGLISH if path.startswith("/en/") else Language.KOREAN
    assert names_it(said, language)


def test_every_page_on_which_a_member_is_answered_has_it() -> None:
    browser = browser_of(people.member(), stepped_up=True)
    for path in ("/my", "/my/correct", "/my/consents", "/my/trail", "/my/leave", "/my/orders"):
        assert names_it(browser.text(path), Language.KOREAN), path
    given = browser.send("/my/consents/give", consent="prefill", then="")
    assert given.status_code == 302
    withdrawn = browser.send("/my/consents", consent="prefill")
    assert names_it(withdrawn.content.decode(), Language.KOREAN)


def test_a_refused_request_of_a_real_visitor_has_it() -> None:
    member = people.member()
    answer = browser_of(member, stepped_up=True).send("/my/correct", name="누구")
    assert answer.status_code == 400
    assert names_it(answer.content.decode(), Language.KOREAN)
    unknown = Visitor().send("/log-in", nonsense="1")
    assert names_it(unknown.content.decode(), Language.KOREAN)


def test_who_left_takes_it_along() -> None:
    member = people.member()
    browser = browser_of(member, stepped_up=True)
    answer = browser.send("/my/leave", password=member.person.password)
    assert names_it(answer.content.decode(), Language.KOREAN)


def test_every_page_on_which_somebody_uses_a_right_has_it() -> None:
    visitor, member = Visitor(), people.member()
    browser = browser_of(member, stepped_up=True)
    for path in ("/rights", "/rights/form/request"):
        assert names_it(visitor.text(path), Language.KOREAN), path
        assert names_it(visitor.text(f"/en{path}"), Language.ENGLISH), path
    for path in ("/my/requests", "/my/requests/stop"):
        assert names_it(browser.text(path), Language.KOREAN), path
    told = browser.send("/my/requests/explain")
    assert names_it(told.content.decode(), Language.KOREAN)


def test_every_answer_and_every_refusal_to_a_request_has_it() -> None:
    officer, member = people.officer(), people.member()
    browser = browser_of(member)
    for refused in (True, False):
        line = called(officer, Kind.SEE, member)
        if refused:
            rights_work.refuse(
                officer.actor, line.number, "access_barred", "", language=Language.KOREAN
            )
        else:
            rights_work.answer(officer.actor, line.number, "", language=Language.KOREAN)
        assert names_it(browser.text(f"/my/requests/{line.id}"), Language.KOREAN)
        (mine,) = [
            one
            for one in rights_ask.mine(member.actor, stepped_up=True, language=Language.KOREAN)
            if one.line.id == line.id
        ]
        assert names_it(mine.elsewhere, Language.KOREAN)


def test_guests_and_recipients_have_it_too() -> None:
    bought = guest_order(OrderState.SHIPPED)
    visitor = Visitor()
    mine = visitor.send(
        "/rights/order", number=bought.order.number, lookup_secret=SECRET, act="open"
    )
    theirs = visitor.send("/rights/parcel", number=bought.tracking, digits=bought.digits)
    over = visitor.send("/rights/mine", proof="made up", act="erase")
    for answer in (mine, theirs, over):
        assert names_it(answer.content.decode(), Language.KOREAN)


def test_the_desk_sees_what_is_added_to_its_answer() -> None:
    officer, member = people.officer(), people.member()
    line = called(officer, Kind.SEE, member)
    page = browser_of(officer).text(f"/console/rights/{line.number}")
    assert names_it(page, Language.KOREAN)
