"""The call desk: what there is to call about, in numbers; one telephone number at a time; how the call went.

A number stands on the page that answers the press of the button, and in no address. That page is kept
nowhere, and shows the next number only when the last one was noted.
"""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yaksok.journeys import call_desk
from yaksok.journeys.call_desk import Line, Nobody, Shown
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Throttled
from yaksok.mall.campaigns.calls import Outcome
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import staff_only
from yaksok.web.console import ad_showing, showing
from yaksok.web.console.entering import acting, trained_only
from yaksok.web.language import current
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

SECONDS_OF_MINUTE = 60
NOBODY: dict[Nobody, Lazy] = {
    Nobody.ASLEEP: gettext_lazy(
        "지금은 밤이라 걸지 않아요. 낮에 걸기로 한 광고는 아침에 다시 열려요."
    ),
    Nobody.BUSY: gettext_lazy(
        "남은 번호를 다른 직원이 걸고 있어요. 마치지 않은 번호는 30분 뒤에 돌아와요."
    ),
    Nobody.THROUGH: gettext_lazy("모두 걸었어요. 이 광고로 더 걸 번호가 없어요."),
}
SAID: dict[str, Lazy] = {
    Outcome.NO_MORE.value: gettext_lazy(
        "그만 받겠다는 말씀대로 동의를 철회하고 번호를 파기했어요. 처리 결과를 편지로도 알려 드려요."
    ),
    Outcome.NOT_REACHED.value: gettext_lazy("적었어요. 이 광고로는 다시 걸지 않아요."),
    Outcome.REACHED.value: gettext_lazy("적었어요. 이 광고로는 다시 걸지 않아요."),
    Outcome.WRONG_NUMBER.value: gettext_lazy(
        "다른 사람의 번호로 적었어요. 본인이 다시 확인하기 전에는 누구도 이 번호를 쓰지 않아요."
    ),
    "over": gettext_lazy("이미 적었거나 돌아간 번호예요. 아무것도 바뀌지 않았어요."),
    **{one.value: said for one, said in NOBODY.items()},
}
OUTCOMES: tuple[tuple[Outcome, Lazy], ...] = (
    (Outcome.REACHED, gettext_lazy("통화했어요")),
    (Outcome.NOT_REACHED, gettext_lazy("받지 않았어요")),
    (Outcome.NO_MORE, gettext_lazy("그만 걸어 달라고 하셨어요")),
    (Outcome.WRONG_NUMBER, gettext_lazy("다른 사람이 받았어요")),
)
"""How a call can go, as a caller notes it."""


@require_safe
@staff_only
@trained_only
def desk(request: PersonRequest) -> HttpResponse:
    """What there is to call about. Numbers of persons alone."""
    return _desk(request, SAID.get(request.GET.get("said", ""), ""))


@require_POST
@staff_only
@trained_only
@takes(Text(ko="다음 번호 보기 (콘솔)", en="Showing the next number (console)"))
def next_number(request: PersonRequest, campaign_id: UUID) -> HttpResponse:
    """One number and what is said; or why there is none."""
    try:
        found = call_desk.next_number(campaign_id, actor=acting(request))
    except Throttled as limit:
        minutes = -(-limit.retry_after // SECONDS_OF_MINUTE)
        return _desk(request, "", wait=minutes)
    if isinstance(found, Nobody):
        return _back(found.value)
    return _called(request, found)


@require_POST
@staff_only
@trained_only
@takes(
    Text(ko="전화 결과 적기 (콘솔)", en="Noting how a call went (console)"),
    fields=frozenset({"call", "secret", "outcome"}),
)
def conclude(request: PersonRequest) -> HttpResponse:
    """How the call went."""
    said = posted(request)
    outcome = next((one for one in Outcome if one.value == said.get("outcome")), None)
    try:
        call = UUID(said.get("call", "")[:36])
    except ValueError:
        return _back("over")
    if outcome is None:
        return _back("over")
    try:
        call_desk.conclude(call, outcome, actor=acting(request), secret=said.get("secret", ""))
    except NotFound:
        return _back("over")
    return _back(outcome.value)


def _back(said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:calls')}?said={said}")


def _desk(request: PersonRequest, said: str | Lazy, wait: int = 0) -> HttpResponse:
    actor = acting(request)
    found = call_desk.view(actor)
    shown = {
        **_frame(actor),
        "lines": [_line(one) for one in found.lines],
        "holds": found.holds,
        "said": said,
        "wait": wait,
        "limit": call_desk.SHOWN_LIMIT,
    }
    status = HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.OK
    return render(request, "console/calls.html", shown, status=status)


def _called(request: PersonRequest, found: Shown) -> HttpResponse:
    shown = {**_frame(acting(request)), "found": found, "outcomes": OUTCOMES}
    response = render(request, "console/call_now.html", shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def _frame(actor: Actor) -> dict[str, object]:
    return {"here": "calls", "role_label": showing.role(actor)}


def _line(one: Line) -> dict[str, object]:
    return {
        "id": one.campaign.id,
        "title": one.campaign.words.title.in_(current()),
        "at": one.campaign.words.at,
        "due": one.due,
        "asleep": one.asleep,
        "reachable": ad_showing.count(one.reachable),
        "shown": ad_showing.count(one.shown),
        "outcomes": ad_showing.outcomes(one.outcomes),
    }
