"""이용내역: what is used of the member's data and who received it, as the letter of the year says it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.journeys import usage_notice
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.session import PersonRequest


@require_safe
@members_only
def page(request: PersonRequest) -> HttpResponse:
    """What the letter says, as it is now, and when the letters are written."""
    found = usage_notice.view(person_of(request).actor, current())
    return render(request, "member/usage.html", {"here": "usage", "usage": found})
