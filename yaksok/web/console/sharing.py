"""Programmes at the console: announced, started, stopped; counts alone, and what went wrong outside."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import programmes
from yaksok.journeys.programmes import Overview
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, Refused
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web import wording
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

DONE = {
    "announce": _("공지를 올렸어요. 이제 시작할 수 있어요."),
    "activate": _("시작했어요. 동의한 회원의 것만, 동의한 때부터 보내요."),
    "stop": _("멈췄어요. 보내려던 것도 보내지 않아요."),
    "retry": _("다시 보내요."),
}
WHY_NOT = _(
    "시작하지 않았어요. 지금 처리방침과 같은 말의 공지가 게시판에 걸려 있고, 알린 기간 안이어야 해요."
)
MESSAGES = {"correction": _("정정"), "erasure": _("삭제"), "handover": _("제공")}
REASONS = {
    "not_acceptable": _("받는 곳이 받지 않겠다고 답했어요"),
    "too_late": _("이미 배송이 끝나 바꿀 수 없다고 답했어요"),
    "unreachable": _("받는 곳이 끝내 답하지 않았어요"),
    "": _("기한이 지났는데 아직 답이 없어요"),
}
"""Why a person must look at a message."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="제공 프로그램 (콘솔)", en="Programmes (console)"), fields=frozenset({"act", "name"})
)
def overview(request: PersonRequest) -> HttpResponse:
    """All programmes; posted, one of them is announced, started or stopped."""
    if request.method != "POST":
        return _shown(request, said=DONE.get(request.GET.get("done", ""), ""))
    values = posted(request)
    act, name = values.get("act", ""), values.get("name", "")
    try:
        _act(acting(request), act, name)
    except Invalid as wrong:
        return _shown(request, trouble=wrong.problems[""], status=UNPROCESSABLE)
    except Refused as refused:
        if refused.promise != "P4.2" or act != "activate":
            raise
        return _shown(request, trouble=WHY_NOT, status=UNPROCESSABLE)
    return HttpResponseRedirect(f"{reverse('console:sharing')}?done={act}")


@require_POST
@staff_only
@takes(Text(ko="다시 보내기 (콘솔)", en="Sending again (console)"))
def retry(request: PersonRequest, subject: UUID, key: UUID) -> HttpResponse:
    """A correction or an erasure that was given up is sent again."""
    programmes.retry(acting(request), subject, key)
    return HttpResponseRedirect(f"{reverse('console:sharing')}?done=retry")


def _act(actor: Actor, act: str, name: str) -> None:
    acts: dict[str, Callable[[], object]] = {
        "announce": lambda: programmes.announce(actor, name, language=current()),
        "activate": lambda: programmes.activate(actor, name),
        "stop": lambda: programmes.stop(actor, name),
    }
    if act not in acts:
        raise Invalid({"": str(_("무엇을 할지 골라 주세요."))})
    acts[act]()


def _shown(
    request: PersonRequest,
    *,
    said: object = "",
    trouble: object = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    actor = acting(request)
    found = programmes.view(actor, current())
    shown = {
        "here": "sharing",
        "programmes": [(one, wording.items(one.items)) for one in found.programmes],
        "alarms": found.alarms,
        "wrong": _wrong(found),
        "may_act": actor.role is Role.OFFICER and actor.trained,
        "said": said,
        "trouble": trouble,
        "role_label": showing.role(actor),
    }
    return render(request, "console/sharing.html", shown, status=status)


def _wrong(found: Overview) -> list[dict[str, object]]:
    return [
        {
            "is": one,
            "company": wording.recipient(one.recipient),
            "message": wording.said(MESSAGES, one.message),
            "items": wording.items(one.items),
            "why": wording.said(REASONS, one.reason if one.broken else ""),
        }
        for one in found.to_look_at
    ]
