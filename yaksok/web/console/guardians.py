"""Answers of guardians that came on paper, by fax or in a call: two fields, and no picture of anything."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yaksok.journeys import guardian_paper
from yaksok.journeys.guardian_paper import Caller
from yaksok.kernel.actor import Role
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting, untrained
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

DONE = _("동의를 확인했습니다. 보호자에게 편지로 알렸습니다. 종이는 폐기하십시오.")
LOOK = "look"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@collects(
    Text(ko="법정대리인 동의 접수 (콘솔)", en="Taking in a guardian's consent (console)"),
    kept={"method": (RecordKind.GUARDIAN, Item.GUARDIAN_EVIDENCE)},
    compared={"name": (RecordKind.GUARDIAN, Item.NAME)},
    fields=frozenset({"act", "code", "number"}),
)
def take_in(request: PersonRequest) -> HttpResponse:
    """The form; posted, the consent is confirmed, or the number to call is shown."""
    actor = acting(request)
    if actor.role is Role.OFFICER and not actor.trained:
        return untrained(request, actor)
    if request.method != "POST" or actor.role is not Role.OFFICER:
        return _page(request, {})
    values = posted(request)
    number, code = values.get("number", ""), values.get("code", "")
    try:
        if values.get("act") == LOOK:
            found = guardian_paper.whom_to_call(number, actor=actor, language=current())
            return _page(request, values, found=found)
        guardian_paper.take_in(
            number,
            values.get("name", ""),
            method=values.get("method", ""),
            code=code,
            actor=actor,
            language=current(),
        )
    except Invalid as invalid:
        return _page(request, values, problems=invalid.problems)
    return _page(request, {}, done=True)


def _page(
    request: PersonRequest,
    typed: Mapping[str, str],
    *,
    problems: Mapping[str, str] | None = None,
    found: Caller | None = None,
    done: bool = False,
) -> HttpResponse:
    actor = acting(request)
    shown = {
        "here": "guardians",
        "typed": typed,
        "problems": problems or {},
        "found": found,
        "said": DONE if done else "",
        "may_act": actor.role is Role.OFFICER,
        "role_label": showing.role(actor),
    }
    status = UNPROCESSABLE if problems else 200
    return render(request, "console/guardians.html", shown, status=status)
