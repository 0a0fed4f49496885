"""Demands by court and police at the console: entered from paper, checked by two, met once."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yaksok.journeys import legal_demands
from yaksok.journeys.legal_demands import OFFICES, Asked
from yaksok.kernel.actor import Role
from yaksok.kernel.errors import Invalid, Refused
from yaksok.policy.collecting import Declaration, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.web import wording
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

STATES = {
    "approved": _("두 사람이 확인함"),
    "declined": _("들어주지 않음"),
    "met": _("제공함"),
    "registered": _("한 사람이 확인함"),
}
DONE = {
    "approve": _("확인했어요. 이제 파일을 만들 수 있어요."),
    "decline": _("들어주지 않기로 했어요."),
    "register": _("등록했어요. 다른 사람이 문서를 확인해야 해요."),
    "tell": _("알릴 날을 정했어요."),
}
LABELS = {
    "chosen": _("문서가 요구한 항목"),
    "document": _("문서번호와 보낸 곳의 이름"),
    "office": _("어떤 기관인가요"),
    "statute": _("근거 법률과 조문"),
    "tell_on": _("본인에게 알려도 되는 날"),
    "who": _("누구에 대한 요구인가요"),
}
ALREADY = _("먼저 확인한 사람은 다시 확인할 수 없어요. 다른 보호책임자나 담당자가 확인해야 해요.")
PLAIN = frozenset({"kind", "office", "statute", "tell_on"})
BOXES = frozenset(f"item_{item.value}" for item in Item)
"""One box for each item that a document can name."""


@require_safe
@staff_only
def every(request: PersonRequest) -> HttpResponse:
    """All demands, without the names of their documents."""
    actor = acting(request)
    shown = {
        "here": "demands",
        "lines": [
            {
                "is": one,
                "office": OFFICES[one.office].in_(current()),
                "state": wording.said(STATES, one.state),
                "items": wording.items(one.items, one.about.kind),
            }
            for one in legal_demands.every(actor)
        ],
        "may_act": _may_act(request),
        "said": DONE.get(request.GET.get("done", ""), ""),
        "role_label": showing.role(actor),
    }
    return render(request, "console/demands.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@Declaration(
    Text(ko="법적 요구 등록 (콘솔)", en="Entering a demand by law (console)"),
    kept={"document": (RecordKind.LEGAL_DEMAND, Item.DOCUMENT)},
    compared={"who": (RecordKind.MEMBERSHIP, Item.LOGIN_ID)},
    fields=PLAIN | BOXES,
    address=frozenset({"kind"}),
)
def enter(request: PersonRequest) -> HttpResponse:
    """The form for a demand; posted, it is entered by the first of two persons."""
    kind = _kind(request)
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            case, key = legal_demands.register(
                acting(request), _asked(request, kind), language=current()
            )
        except Invalid as wrong:
            problems = wrong.problems
        else:
            return _to(case, key, "register")
    return _form(request, kind, problems)


@require_safe
@staff_only
def detail(request: PersonRequest, case: UUID, key: UUID) -> HttpResponse:
    """One demand with its document."""
    return _detail(request, case, key, said=DONE.get(request.GET.get("done", ""), ""))


@require_POST
@staff_only
@takes(
    Text(ko="법적 요구 확인 (콘솔)", en="Checking a demand by law (console)"),
    fields=frozenset({"act", "tell_on"}),
)
def act(request: PersonRequest, case: UUID, key: UUID) -> HttpResponse:
    """A second person agrees, or it is turned down, or the day is set on which the person is told."""
    actor, values = acting(request), posted(request)
    day = values.get("tell_on", "")
    acts: dict[str, Callable[[], object]] = {
        "approve": lambda: legal_demands.approve(actor, case, key),
        "decline": lambda: legal_demands.decline(actor, case, key),
        "tell": lambda: legal_demands.tell_from(actor, case, key, day, language=current()),
    }
    try:
        acts.get(values.get("act", ""), lambda: None)()
    except Invalid as wrong:
        return _detail(request, case, key, trouble=wrong.problems["tell_on"], status=UNPROCESSABLE)
    except Refused as refused:
        if refused.promise != "P4.10" or actor.role is not Role.OFFICER:
            raise
        return _detail(request, case, key, trouble=ALREADY, status=UNPROCESSABLE)
    return _to(case, key, values.get("act", ""))


@require_POST
@staff_only
@takes(
    Text(ko="법적 요구의 파일 (콘솔)", en="File for a demand by law (console)"),
    fields=frozenset({"file_password"}),
)
def meet(request: PersonRequest, case: UUID, key: UUID) -> HttpResponse:
    """The sealed file, once."""
    password = posted(request).get("file_password", "")
    try:
        content = legal_demands.meet(acting(request), case, key, password, language=current())
    except Invalid as wrong:
        return _detail(request, case, key, trouble=wrong.problems["password"], status=UNPROCESSABLE)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = 'attachment; filename="demand.enc"'
    return answer


def _asked(request: PersonRequest, kind: RecordKind) -> Asked:
    values = posted(request)
    return Asked(
        who=values.get("who", ""),
        kind=kind,
        items=frozenset(item for item in Item if values.get(f"item_{item.value}") == "on"),
        document=values.get("document", ""),
        office=values.get("office", ""),
        statute=values.get("statute", ""),
        tell_on=values.get("tell_on", ""),
    )


def _kind(request: PersonRequest) -> RecordKind:
    wanted = posted(request).get("kind") or request.GET.get("kind", "")
    reached = legal_demands.reach()
    first = next(iter(reached), RecordKind.MEMBERSHIP)
    return next((kind for kind in reached if kind == wanted), first)


def _form(request: PersonRequest, kind: RecordKind, problems: dict[str, str]) -> HttpResponse:
    values = posted(request)
    shown = {
        "here": "demands",
        "kinds": [(one.value, wording.kind(one), one is kind) for one in legal_demands.reach()],
        "kind": kind.value,
        "by_order": kind is not RecordKind.MEMBERSHIP,
        "items": [
            (one.value, wording.item(one, kind), values.get(f"item_{one.value}") == "on")
            for one in legal_demands.reach().get(kind, ())
        ],
        "offices": [(one.value, said.in_(current())) for one, said in OFFICES.items()],
        "typed": {name: values.get(name, "") for name in (*PLAIN, "who", "document")},
        "problems": [(name, wording.said(LABELS, name), said) for name, said in problems.items()],
        "wrong": problems,
        "may_act": _may_act(request),
        "role_label": showing.role(acting(request)),
    }
    status = UNPROCESSABLE if problems else HTTPStatus.OK
    return render(request, "console/demand_new.html", shown, status=status)


def _detail(
    request: PersonRequest,
    case: UUID,
    key: UUID,
    *,
    said: object = "",
    trouble: object = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    actor = acting(request)
    found = legal_demands.detail(actor, case, key)
    line = found.line
    shown = {
        "here": "demands",
        "found": found,
        "line": line,
        "office": OFFICES[line.office].in_(current()),
        "state": wording.said(STATES, line.state),
        "kind": wording.kind(line.about.kind),
        "items": wording.items(line.items, line.about.kind),
        "agreed": len(line.agreed),
        "said": said,
        "trouble": trouble,
        "role_label": showing.role(actor),
    }
    return render(request, "console/demand.html", shown, status=status)


def _may_act(request: PersonRequest) -> bool:
    actor = acting(request)
    return actor.role is Role.OFFICER and actor.trained and bool(legal_demands.reach())


def _to(case: UUID, key: UUID, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:demand', args=[case, key])}?done={done}")
