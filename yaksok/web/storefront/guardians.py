"""A guardian answers: reads what would be taken, and shows who they are by one of the lawful ways."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from yaksok.journeys import guardian_answer, guardian_portal
from yaksok.journeys.guardian_answer import NO, STRANGER
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.transport import address_of

ASKED = require_http_methods(["GET", "HEAD", "POST"])
PROOF = (RecordKind.GUARDIAN, Item.GUARDIAN_EVIDENCE)
"""What is kept of an answer: how, when and by which token it was proven."""

NAME = {"name": (RecordKind.GUARDIAN, Item.NAME)}
"""What whoever answers calls themself, and what it is compared with."""

BACK_WITH = ("identityVerificationId", "paymentId")
"""How the provider calls the reference that it sends the browser back with."""


@ASKED
@collects(
    Text(ko="법정대리인의 답", en="The guardian's answer"),
    kept={"method": PROOF},
    compared=NAME,
    fields=frozenset({"agree", "code", "notice", "token"}),
    address=frozenset({"token"}),
)
def answer(request: PersonRequest) -> HttpResponse:
    """What is asked, and the answer. Reading it uses the link up no more than a mail program does."""
    values = posted(request)
    token = values.get("token") or request.GET.get("token", "")
    try:
        if request.method != "POST":
            return _question(request, token, {}, {})
        if values.get("agree") in {NO, STRANGER}:
            guardian_answer.refuse(token, stranger=values["agree"] == STRANGER)
            return render(request, "storefront/guardian_answered.html", {"outcome": "no"})
        window = guardian_answer.agree(
            token, values, language=current(), address_key=address_of(request)
        )
    except NotFound:
        return dead(request)
    except Invalid as invalid:
        return _question(request, token, values, invalid.problems)
    if window:
        return HttpResponseRedirect(window)
    return _answered(request, token, values.get("method", ""))


@ASKED
@collects(
    Text(ko="본인확인에서 돌아오기", en="Coming back from the identity check"),
    kept={"reference": PROOF},
    address=frozenset({"code", "identityVerificationId", "message", "paymentId"}),
)
def back(request: PersonRequest) -> HttpResponse:
    """Where the provider's window sends the guardian; with one press the provider is asked."""
    named = (request.GET.get(name, "") for name in BACK_WITH)
    reference = posted(request).get("reference") or next((one for one in named if one), "")
    if request.method != "POST":
        return render(request, "storefront/guardian_back.html", {"reference": reference})
    try:
        guardian_answer.came_back(reference, language=current())
    except NotFound:
        return dead(request)
    except Invalid as invalid:
        shown = {"problem": invalid.problems.get("", "")}
        return render(request, "storefront/guardian_back.html", shown, status=UNPROCESSABLE)
    return render(request, "storefront/guardian_answered.html", {"outcome": "confirmed"})


@require_safe
def paper(request: PersonRequest) -> HttpResponse:
    """The form to print and sign. It carries no number: the guardian writes that of the letter."""
    shown = {"notice": guardian_answer.words(current())}
    return render(request, "storefront/guardian_paper.html", shown)


@ASKED
@takes(Text(ko="법정대리인 화면", en="Guardian's page"), fields=frozenset({"number"}))
def front(request: PersonRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whoever the number belongs to, and if to nobody."""
    if request.method != "POST":
        return render(request, "storefront/guardian.html")
    number = posted(request).get("number", "")
    guardian_portal.send_link(number, address_key=address_of(request))
    return render(request, "storefront/guardian.html", {"sent": True})


def dead(request: PersonRequest) -> HttpResponse:
    """The page for a link that leads nowhere, whatever the reason."""
    return render(request, "storefront/guardian_dead.html", status=HTTPStatus.NOT_FOUND)


def _question(
    request: PersonRequest, token: str, values: Mapping[str, str], problems: Mapping[str, str]
) -> HttpResponse:
    found = guardian_answer.question(token, current())
    shown = {
        "asked": found,
        "notice": found.notice,
        "token": token,
        "typed": values,
        "problems": problems,
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "storefront/guardian_answer.html", shown, status=status)


def _answered(request: PersonRequest, token: str, method: str) -> HttpResponse:
    """What happens next: it is confirmed, or staff wait for the paper or call."""
    outcome = "confirmed"
    number = ""
    if method in {"signed", "call_back"}:
        outcome, number = method, guardian_answer.question(token, current()).number
    shown = {"outcome": outcome, "number": number}
    return render(request, "storefront/guardian_answered.html", shown)
