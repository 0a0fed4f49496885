"""회원가입/변경: everything the mall knows of the member, and who saw it."""

import math

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yaksok.journeys import consents, log_in, my_page, refusals, restock
from yaksok.journeys.log_in import SessionFacts
from yaksok.kernel import clock
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member import showing
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

TRAIL_START = 8
AFTERWARDS = frozenset({"correct", "requests"})
"""Pages that send somebody here to repeat the password, and to which they go on."""

DONE = {
    "corrected": _("고쳤어요. 받아 간 곳이 있으면 그곳에도 알려요."),
    "password": _("비밀번호를 바꿨어요. 다른 기기에서는 모두 로그아웃됐어요."),
}


@require_safe
@members_only
def page(request: PersonRequest) -> HttpResponse:
    """Everything, masked until the password is repeated, then open for five minutes."""
    said, then = (request.GET.get(name, "") for name in ("done", "then"))
    return _shown(request, said=DONE.get(said, ""), then=then)


@require_POST
@members_only
@takes(
    Text(ko="비밀번호 확인", en="Password check"),
    compared={"password": (RecordKind.MEMBERSHIP, Item.PASSWORD)},
    fields=frozenset({"then"}),
)
def step_up(request: PersonRequest) -> HttpResponse:
    """Repeat the password; then the values open (P8.5)."""
    values = posted(request)
    then = values.get("then", "")
    try:
        log_in.step_up(request.session_key, values.get("password", ""), language=current())
    except Invalid as error:
        return _shown(request, problem=next(iter(error.problems.values()), ""), then=then)
    wanted = then if then in AFTERWARDS else "mypage"
    return HttpResponseRedirect(reverse(f"member:{wanted}"))


@require_safe
@members_only
def trail(request: PersonRequest) -> HttpResponse:
    """Every act on the member's data, without a value."""
    entries = my_page.trail(person_of(request).actor)
    shown = {"here": "trail", "trail": showing.trail(entries)}
    return render(request, "member/trail.html", shown)


def _shown(
    request: PersonRequest, *, problem: str = "", said: object = "", then: str = ""
) -> HttpResponse:
    person = person_of(request)
    found = my_page.view(person.actor, stepped_up=person.stepped_up, language=current())
    shown = {
        "here": "mypage",
        "records": showing.records(found),
        "rows": found.rows,
        "handovers": showing.handovers(found),
        "receipts": showing.receipts(found, *_allowed(person)),
        "requests": showing.requests(found),
        "waits": restock.mine(person.actor, current()),
        "trail_start": showing.trail(found.trail[:TRAIL_START]),
        "step_problem": problem,
        "wants_to_correct": then == "correct",
        "then": then if then in AFTERWARDS else "",
        "said": said,
        "open_until": person.stepped_up_until if found.revealed else None,
        "seconds_left": _seconds_left(person),
    }
    response = render(
        request, "member/mypage.html", shown, status=UNPROCESSABLE if problem else 200
    )
    if found.revealed:
        response.headers["Refresh"] = str(_seconds_left(person) + 1)
    return response


def _allowed(person: SessionFacts) -> tuple[consents.Consents, tuple[refusals.Refusal, ...]]:
    """What the person was asked and what they can refuse, in words."""
    return consents.view(person.actor, current()), refusals.view(person.actor, current())


def _seconds_left(person: SessionFacts) -> int:
    if person.stepped_up_until is None:
        return 0
    return max(0, math.ceil((person.stepped_up_until - clock.now()).total_seconds()))
