"""Cases about a membership at the console (terms, article 7): every step, and only the step that is next."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yaksok.journeys import terms_cases
from yaksok.journeys.speaking import last_day
from yaksok.journeys.terms_words import GROUNDS, STAGES
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.retention.cases import Case, Stage
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

WHO = {"login_id": (RecordKind.MEMBERSHIP, Item.LOGIN_ID)}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="회원 자격에 관한 절차 시작 (콘솔)", en="Opening a case about a membership (console)"),
    compared=WHO,
    fields=frozenset({"ground"}),
)
def every(request: PersonRequest) -> HttpResponse:
    """All cases, and the form that opens one for an exact ID."""
    actor, values = acting(request), posted(request)
    if request.method != "POST":
        return _listed(request, {})
    try:
        key = terms_cases.warn(
            values.get("login_id", ""), values.get("ground", ""), actor=actor, language=current()
        )
    except Invalid as wrong:
        return _listed(request, wrong.problems)
    return HttpResponseRedirect(reverse("console:terms_case", args=[key]))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="회원 자격에 관한 절차 (콘솔)", en="A case about a membership (console)"),
    fields=frozenset({"act"}),
)
def one(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """One case; the explanation is opened by a deliberate act, and only for an officer."""
    actor, act = acting(request), posted(request).get("act", "") if request.method == "POST" else ""
    acts: dict[str, Callable[[], object]] = {
        "repeated": lambda: terms_cases.repeated(case_id, actor=actor),
        "cured": lambda: terms_cases.cured(case_id, actor=actor),
        "notice": lambda: terms_cases.give_notice(case_id, actor=actor),
        "propose_lost": lambda: terms_cases.propose(case_id, Stage.LOST, actor=actor),
        "propose_kept": lambda: terms_cases.propose(case_id, Stage.KEPT, actor=actor),
        "agree": lambda: terms_cases.decide(case_id, agrees=True, actor=actor),
        "disagree": lambda: terms_cases.decide(case_id, agrees=False, actor=actor),
    }
    if act in acts:
        acts[act]()
        return HttpResponseRedirect(reverse("console:terms_case", args=[case_id]))
    case = _of(actor, case_id)
    words = terms_cases.read(case_id, actor=actor) if act == "read" else ""
    shown = {
        "here": "terms_cases",
        "case": _said(case),
        "is": case,
        "words": words,
        "may": _may(case, actor),
        "role_label": showing.role(actor),
    }
    return render(request, "console/terms_case.html", shown)


def _listed(request: PersonRequest, problems: dict[str, str]) -> HttpResponse:
    actor = acting(request)
    values = posted(request) if request.method == "POST" else {}
    shown = {
        "here": "terms_cases",
        "cases": [_said(case) for case in terms_cases.every(actor)],
        "grounds": [(ground.value, said.in_(current())) for ground, said in GROUNDS.items()],
        "typed": {name: values.get(name, "") for name in ("login_id", "ground")},
        "problems": problems,
        "may_act": _acts(actor),
        "role_label": showing.role(actor),
    }
    status = UNPROCESSABLE if problems else HTTPStatus.OK
    return render(request, "console/terms_cases.html", shown, status=status)


def _said(case: Case) -> dict[str, object]:
    language = current()
    proposal = STAGES[Stage(case.proposal)].in_(language) if case.proposal else ""
    return {
        "is": case,
        "ground": GROUNDS[case.ground].in_(language),
        "stage": STAGES[case.stage].in_(language),
        "cure_until": last_day(case.cure_until, language),
        "explain_until": last_day(case.explain_until, language) if case.explain_until else "",
        "proposal": proposal,
    }


def _of(actor: Actor, case_id: UUID) -> Case:
    for case in terms_cases.every(actor):
        if case.id == case_id:
            return case
    msg = "there is no such case"
    raise NotFound(msg)


def _acts(actor: Actor) -> bool:
    return actor.role is Role.OFFICER and actor.trained


def _may(case: Case, actor: Actor) -> frozenset[str]:
    """What this officer can do next."""
    if not _acts(actor) or not case.is_open:
        return frozenset()
    may = {"cured"}
    if case.explained_at is not None:
        may.add("read")
    if case.stage is Stage.WARNED:
        may.add("repeated")
        may |= {"notice"} if terms_cases.may_notice(case) else set()
    elif case.stage is Stage.NOTICED and terms_cases.may_decide(case):
        may.add("propose")
    elif case.stage is Stage.PROPOSED and case.proposed_by != actor.subject:
        may.add("decide")
    return frozenset(may)
