"""1:1 counselling mail (1:1 상담메일): the member's inquiries and their answers, seen by nobody else."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yaksok.journeys import inquire
from yaksok.journeys import inquiries as reading
from yaksok.kernel.errors import Invalid
from yaksok.mall.desk.book import TicketId
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.web.admission import members_only
from yaksok.web.inquiring import SCORES, page_of, rated
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.transport import address_of


@require_safe
@members_only
def inquiries(request: PersonRequest) -> HttpResponse:
    """The list, newest first."""
    shown = {"here": "inquiries", "inquiries": reading.mine(person_of(request).actor)}
    return render(request, "member/inquiries.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@collects(Text(ko="1:1 상담메일 쓰기", en="1:1 mail"), FormName.INQUIRY_MEMBER, fields=inquire.ALSO)
def ask(request: PersonRequest) -> HttpResponse:
    """The form; posted, the new inquiry."""
    actor, language = person_of(request).actor, current()
    values, problems = posted(request), {}
    if request.method == "POST":
        try:
            received = inquire.ask(
                values, actor, language=language, address_key=address_of(request)
            )
        except Invalid as invalid:
            problems = invalid.problems
        else:
            if received.secret:
                return render(request, "storefront/asked.html", {"received": received})
            return HttpResponseRedirect(reverse("member:inquiry", args=[received.ticket]))
    shown = {
        "here": "inquiries",
        **page_of(inquire.begin(actor, language), values, problems),
    }
    return render(request, "member/ask.html", shown, status=UNPROCESSABLE if problems else 200)


@require_safe
@members_only
def inquiry(request: PersonRequest, ticket_id: UUID) -> HttpResponse:
    """One inquiry; somebody else's is not found, like one that never was."""
    found = reading.one(person_of(request).actor, TicketId(ticket_id))
    shown = {"here": "inquiries", "inquiry": found, "scores": SCORES}
    return render(request, "member/inquiry.html", shown)


@require_POST
@members_only
@takes(
    Text(ko="답 평가하기", en="Say how the answer was"),
    fields=frozenset({"ticket", "token", "score"}),
)
def rate(request: PersonRequest) -> HttpResponse:
    """One figure from 1 to 5."""
    return rated(request, person_of(request).actor)
