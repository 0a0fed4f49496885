"""로그인 기록: when and from where somebody came into this account in the last three months."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.journeys import access_points
from yaksok.web.admission import members_only
from yaksok.web.member.entering import person_of
from yaksok.web.session import PersonRequest


@require_safe
@members_only
def page(request: PersonRequest) -> HttpResponse:
    """The list; addresses are whole only while the password was repeated a moment ago."""
    person = person_of(request)
    shown = {
        "here": "trail",
        "log_ins": access_points.mine(person.actor, stepped_up=person.stepped_up),
        "revealed": person.stepped_up,
    }
    return render(request, "member/log_ins.html", shown)
