"""Ask, complain, and read the answer, without an account and without a cookie (P10.1, P10.3)."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import inquire, inquiries
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.web.admission import MEMBER
from yaksok.web.inquiring import SCORES, page_of, rated
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.transport import address_of

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@ASKED
@collects(Text(ko="문의하기", en="Ask us"), FormName.INQUIRY, fields=inquire.ALSO)
def ask(request: PersonRequest) -> HttpResponse:
    """The form for anybody; a member goes to their own. Posted, the ticket is shown once."""
    if request.person is not None and request.person.audience == MEMBER:
        return HttpResponseRedirect(reverse("member:ask"))
    visitor, language = Actor.visitor(), current()
    values, problems = posted(request), {}
    if request.method == "POST":
        try:
            received = inquire.ask(
                values, visitor, language=language, address_key=address_of(request)
            )
        except Invalid as invalid:
            problems = invalid.problems
        else:
            return render(request, "storefront/asked.html", {"received": received})
    shown = page_of(inquire.begin(visitor, language), values, problems)
    status = UNPROCESSABLE if problems else 200
    return render(request, "storefront/ask.html", shown, status=status)


@ASKED
@takes(
    Text(ko="문의 답 보기", en="Read the answer to an inquiry"),
    fields=frozenset({"number", "secret"}),
)
def look_up(request: PersonRequest) -> HttpResponse:
    """The two numbers, or the inquiry that they open; the inquiry is never an address."""
    values, problem = posted(request), ""
    number = values.get("number", "")
    if request.method == "POST":
        try:
            found = inquiries.look_up(
                number, values.get("secret", ""), address_key=address_of(request)
            )
        except Invalid as invalid:
            problem = invalid.problems[""]
        else:
            return render(request, "storefront/inquiry.html", {"inquiry": found, "scores": SCORES})
    shown = {"number": number, "problem": problem}
    status = UNPROCESSABLE if problem else 200
    return render(request, "storefront/ask_lookup.html", shown, status=status)


@require_POST
@takes(
    Text(ko="답 평가하기", en="Say how the answer was"),
    fields=frozenset({"ticket", "token", "score"}),
)
def rate(request: PersonRequest) -> HttpResponse:
    """One figure from 1 to 5, from the page on which the answer was read."""
    return rated(request, Actor.visitor())
