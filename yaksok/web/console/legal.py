"""The legal screen and legal holds at the console: an exact number, a ground, a paper, two officers."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import legal_holds, legal_screen
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.privacy.retention.grounds import NAMES, STATUTES
from yaksok.privacy.retention.holds import Hold
from yaksok.privacy.retention.looks import Look
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

ASKED = frozenset({"number", "ground", "document"})
LABELS = {
    "document": _("문서번호"),
    "ground": _("사유"),
    "number": _("주문번호"),
    "review_on": _("다시 살펴볼 날"),
}
SEEN, USED, ALLOWED, PENDING = (
    _("열어 봄"),
    _("시간이 지남"),
    _("허락됨"),
    _("두 번째 사람을 기다림"),
)
RELEASED, RELEASING, HELD = _("풀림"), _("풀기를 기다림"), _("보존 중")

Shown = dict[str, object]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="법정 보존 기록 열람 요청 (콘솔)", en="Asking to see what a law keeps (console)"),
    fields=ASKED,
)
def screen(request: PersonRequest) -> HttpResponse:
    """The register of looks and the form for a new one."""
    actor, values = acting(request), posted(request)
    if request.method != "POST":
        return _screen(request)
    asked = [values.get(name, "") for name in ("number", "ground", "document")]
    try:
        legal_screen.ask(*asked, actor=actor, language=current())
    except Invalid as wrong:
        return _screen(request, wrong.problems)
    return HttpResponseRedirect(reverse("console:legal"))


@require_POST
@staff_only
@takes(Text(ko="법정 보존 기록 열람 허락 (콘솔)", en="Allowing a look (console)"))
def allow(request: PersonRequest, look_id: UUID) -> HttpResponse:
    """Another officer allows the look."""
    legal_screen.allow(look_id, actor=acting(request))
    return HttpResponseRedirect(reverse("console:legal"))


@require_POST
@staff_only
@takes(Text(ko="법정 보존 기록 열람 (콘솔)", en="Looking at what a law keeps (console)"))
def look(request: PersonRequest, look_id: UUID) -> HttpResponse:
    """What is kept, once. The page is not stored anywhere and cannot be opened again."""
    actor = acting(request)
    found = legal_screen.open_(look_id, actor=actor, language=current())
    shown = {
        "here": "legal",
        "found": found,
        "ground": NAMES[found.look.ground].in_(current()),
        "state": showing.state(found.order.state),
        "role_label": showing.role(actor),
    }
    return render(request, "console/legal_look.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="법에 따른 보존 요청 (콘솔)", en="Asking for a legal hold (console)"),
    fields=ASKED | {"review_on"},
)
def holds(request: PersonRequest) -> HttpResponse:
    """Holds, and the form for a new one."""
    actor, values = acting(request), posted(request)
    if request.method != "POST":
        return _holds(request)
    asked = [values.get(name, "") for name in ("number", "ground", "document", "review_on")]
    try:
        legal_holds.ask(*asked, actor=actor, language=current())
    except Invalid as wrong:
        return _holds(request, wrong.problems)
    return HttpResponseRedirect(reverse("console:holds"))


@require_POST
@staff_only
@takes(Text(ko="법에 따른 보존과 해제 (콘솔)", en="Setting and lifting a hold (console)"))
def move(request: PersonRequest, hold_id: UUID, step: str) -> HttpResponse:
    """One step of a hold: set, ask to lift, lift."""
    steps: dict[str, Callable[..., None]] = {
        "set": legal_holds.second,
        "ask-release": legal_holds.ask_release,
        "release": legal_holds.release,
    }
    if step not in steps:
        return HttpResponseNotFound()
    steps[step](hold_id, actor=acting(request))
    return HttpResponseRedirect(reverse("console:holds"))


def _screen(request: PersonRequest, problems: dict[str, str] | None = None) -> HttpResponse:
    actor = acting(request)
    lines = [
        {
            "is": one,
            "number": number,
            "ground": NAMES[one.ground].in_(current()),
            "state": _state(one),
            "may_allow": _acts(actor) and one.seconded_at is None and one.asked_by != actor.subject,
            "may_open": legal_screen.can_be_opened(one) and one.asked_by == actor.subject,
        }
        for one, number in legal_screen.every(actor)
    ]
    return _page(request, "console/legal.html", "legal", {"lines": lines}, problems)


def _holds(request: PersonRequest, problems: dict[str, str] | None = None) -> HttpResponse:
    actor = acting(request)
    lines = [
        {
            "is": one.hold,
            "number": one.number,
            "ground": NAMES[one.hold.ground].in_(current()),
            "state": _standing(one.hold),
            "overdue": one.overdue,
            "step": _step(one.hold, actor),
        }
        for one in legal_holds.every(actor)
    ]
    return _page(request, "console/holds.html", "holds", {"lines": lines}, problems)


def _page(
    request: PersonRequest,
    template: str,
    here: str,
    more: Shown,
    problems: dict[str, str] | None,
) -> HttpResponse:
    values, actor = posted(request) if request.method == "POST" else {}, acting(request)
    shown = {
        "here": here,
        "grounds": [
            (one.value, f"{name.in_(current())} ({STATUTES[one].in_(current())})")
            for one, name in NAMES.items()
        ],
        "typed": {name: values.get(name, "") for name in (*ASKED, "review_on")},
        "problems": problems or {},
        "said": [(name, LABELS[name], words) for name, words in (problems or {}).items()],
        "may_act": _acts(actor),
        "role_label": showing.role(actor),
        **more,
    }
    return render(request, template, shown, status=UNPROCESSABLE if problems else HTTPStatus.OK)


def _acts(actor: Actor) -> bool:
    return actor.role is Role.OFFICER and actor.trained


def _state(one: Look) -> object:
    if one.opened_at is not None:
        return SEEN
    if one.seconded_at is None:
        return PENDING
    return ALLOWED if legal_screen.can_be_opened(one) else USED


def _standing(hold: Hold) -> object:
    if hold.released_at is not None:
        return RELEASED
    if hold.seconded_at is None:
        return PENDING
    return HELD if hold.release_by is None else RELEASING


def _step(hold: Hold, actor: Actor) -> str:
    """What this officer can do next; "" for nothing."""
    if not _acts(actor) or hold.released_at is not None:
        return ""
    if hold.seconded_at is None:
        return "set" if hold.asked_by != actor.subject else ""
    if hold.release_by is None:
        return "ask-release"
    return "release" if hold.release_by != actor.subject else ""
