"""Who is at the console, in which role, and why somebody may not work yet."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yaksok.kernel.actor import Actor, Role
from yaksok.web.console import showing
from yaksok.web.session import PersonRequest

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]
FORBIDDEN = 403


def acting(request: PersonRequest) -> Actor:
    """The staff member who asks, in the role of the session."""
    if request.person is None:
        msg = "a page of the console was reached without a session: guard it by staff_only"
        raise LookupError(msg)
    return request.person.actor


def may_dispatch(actor: Actor) -> bool:
    """Whether the role hands parcels over; the policy is asked again when it does."""
    return actor.role is Role.CLERK and actor.trained


def trained_only(view: View[P]) -> View[P]:
    """The view, but for a clerk without current training: why not, and what to do (P7.14)."""

    @wraps(view)
    def entered(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = acting(request)
        if actor.role is Role.CLERK and not actor.trained:
            return untrained(request, actor)
        return view(request, *args, **kwargs)

    return entered


def untrained(request: PersonRequest, actor: Actor) -> HttpResponse:
    """Why somebody without current training may not go on, and what to do (P7.14)."""
    shown = {
        "title": _("먼저 교육을 받아 주세요"),
        "why": _(
            "개인정보를 다루려면 지금 처리방침으로 교육받은 기록이 있고 그 기한이 남아 있어야 해요."
            " 그때까지 주문과 이름은 열리지 않아요."
        ),
        "what_to_do": _(
            "개인정보 보호책임자에게 교육을 요청해 주세요. 교육이 기록되면 이 화면을 다시 여는 것으로 충분해요."
        ),
        "promise": "P7.14",
        "role_label": showing.role(actor),
    }
    return render(request, "console/shut.html", shown, status=FORBIDDEN)
