"""P11.5: each answer and each refusal names the office outside the mall."""

import pytest
from django.http import HttpRequest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from yaksok.kernel.errors import Refused, Shredded, Undeclared
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import tables
from yaksok.policy.vocabulary import Language
from yaksok.privacy.post.letters import DRAFTS, Template, write
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
    context = dict.fromkeys(DRAFTS[template].context - {"path"}, "x")
    for language in Language:
        letter = write(template, language, context, "https://yaksok.example/x")
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
