"""One request at the desk: who asks, what is done, what is answered. Each act is a step of its history."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yaksok.journeys import (
    consents,
    phone_desk,
    rights_desk,
    rights_identity,
    rights_paper,
    rights_work,
)
from yaksok.journeys import correct as correcting
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid
from yaksok.policy import forms
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item
from yaksok.privacy.rights import due
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import COPIES, OPEN, Asker, Check, Kind, State
from yaksok.web import rights_wording as words
from yaksok.web.admission import staff_only
from yaksok.web.console import rights_showing, showing
from yaksok.web.console.entering import acting, trained_only
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

Values = Mapping[str, str]
SAID: Mapping[str, Lazy] = {
    "checked": _("본인 확인을 적었습니다."),
    "seen": _("봤다고 적었습니다. 다른 직원이 한 번 더 보면 확인이 끝납니다."),
    "linked": _("가지고 있는 주소가 있으면 그 주소로 확인 링크를 보냈습니다."),
    "done": _("처리했습니다. 이제 답을 적으십시오."),
    "answered": _("답했습니다. 본인에게 편지가 갑니다."),
    "refused": _("까닭과 도움받을 기관을 적어 알렸습니다."),
    "extended": _("기한을 늦추고 본인에게 알렸습니다."),
    "decided": _("이의를 판단했습니다."),
    "let_go": _("사본이 나가도 된다고 확인했습니다."),
    "taken": _("이제 이 요구를 맡았습니다."),
}

BY_HAND = {"document": Check.DOCUMENT, "attorney": Check.POWER_OF_ATTORNEY}
"""The buttons by which somebody says what they saw."""
BY_EYE = {"document": _("신분증 (번호 가림, 사본 없음)"), "attorney": _("위임장")}


@require_safe
@staff_only
@trained_only
def case(request: PersonRequest, number: str) -> HttpResponse:
    """The request. Its words are not shown before somebody opens them."""
    return _page(request, number)


@require_POST
@staff_only
@trained_only
@takes(Text(ko="권리 요구의 내용 열기", en="Opening a request"))
def read(request: PersonRequest, number: str) -> HttpResponse:
    """What was asked and answered, opened deliberately; the person finds it in their trail."""
    return _page(request, number, opened=rights_desk.words(acting(request), number))


@require_POST
@staff_only
@trained_only
@takes(
    Text(ko="권리 요구의 본인 확인", en="Identity of whoever asks"),
    compared=phone_desk.SAID,
    fields=frozenset({"act", "order_number"}),
)
def identify(request: PersonRequest, number: str) -> HttpResponse:
    """Compare what is said, note what lies on the desk, or write a link. Nothing is read out."""
    values, actor = posted(request), acting(request)
    match values.get("act", ""):
        case "link":
            rights_identity.send_link(actor, number)
            return _page(request, number, said=SAID["linked"])
        case "document" | "attorney" as act:
            found = BY_HAND[act]
            line = rights_identity.seen(actor, number, found)
            return _page(request, number, said=SAID["checked" if found in line.checks else "seen"])
        case _:
            said = {name: value for name, value in values.items() if name != "act"}
            try:
                rights_identity.compare(actor, number, said, language=current())
            except Invalid as invalid:
                return _page(request, number, problems=invalid.problems)
    return _page(request, number, said=SAID["checked"])


@require_POST
@staff_only
@trained_only
@collects(
    Text(ko="권리 요구 처리", en="Working on a request"),
    FormName.CORRECT,
    FormName.CORRECT_GUEST,
    fields=frozenset({"consent"}),
)
def work(request: PersonRequest, number: str) -> HttpResponse:
    """Do what is asked, as the person's own journey does it."""
    return _acted(
        request,
        number,
        lambda actor, values: rights_work.do(actor, number, values, language=current()),
        "done",
    )


@require_POST
@staff_only
@trained_only
@collects(Text(ko="권리 요구에 답하기", en="Answering a request"), FormName.RIGHTS_ANSWER)
def answer(request: PersonRequest, number: str) -> HttpResponse:
    """Tell the person what became of it."""
    return _acted(
        request,
        number,
        lambda actor, values: rights_work.answer(
            actor, number, values.get("answer", ""), language=current()
        ),
        "answered",
    )


@require_POST
@staff_only
@trained_only
@collects(
    Text(ko="권리 요구 거절", en="Refusing a request"),
    FormName.RIGHTS_ANSWER,
    fields=frozenset({"ground"}),
)
def refuse(request: PersonRequest, number: str) -> HttpResponse:
    """Refuse, for a reason that the law names."""
    return _acted(
        request,
        number,
        lambda actor, values: rights_work.refuse(
            actor,
            number,
            values.get("ground", ""),
            values.get("answer", ""),
            language=current(),
        ),
        "refused",
    )


@require_POST
@staff_only
@trained_only
@takes(Text(ko="답하는 기한 늦추기", en="Putting an answer off"), fields=frozenset({"act"}))
def manage(request: PersonRequest, number: str) -> HttpResponse:
    """Put the answer off, take the request over, or let a paper copy go."""
    acts: Mapping[str, tuple[Callable[[Actor, str], Request], str]] = {
        "extend": (rights_work.extend, "extended"),
        "let_go": (rights_paper.let_go, "let_go"),
        "take": (rights_paper.take_over, "taken"),
    }
    chosen = acts.get(posted(request).get("act", ""))
    if chosen is None:
        return _page(request, number)
    act, said = chosen
    act(acting(request), number)
    return _page(request, number, said=SAID[said])


@require_POST
@staff_only
@trained_only
@collects(
    Text(ko="이의 판단", en="Deciding an objection"),
    FormName.RIGHTS_ANSWER,
    fields=frozenset({"granted"}),
)
def decide(request: PersonRequest, number: str) -> HttpResponse:
    """Decide an objection; never on an answer of one's own."""
    return _acted(
        request,
        number,
        lambda actor, values: rights_work.decide_appeal(
            actor,
            number,
            values.get("answer", ""),
            granted=values.get("granted") == "yes",
            language=current(),
        ),
        "decided",
    )


@require_POST
@staff_only
@trained_only
@takes(Text(ko="종이 사본", en="Paper copy"))
def printed(request: PersonRequest, number: str) -> HttpResponse:
    """Everything that is held, to be printed once and put into the envelope."""
    actor = acting(request)
    found = rights_paper.copy(actor, number)
    shown = {
        "copy": found,
        "envelope": {item.value: value for item, value in found.envelope.items()},
        "role_label": showing.role(actor),
    }
    response = render(request, "console/rights_copy.html", shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def _acted(
    request: PersonRequest,
    number: str,
    act: Callable[[Actor, Values], Request],
    said: str,
) -> HttpResponse:
    try:
        act(acting(request), posted(request))
    except Invalid as invalid:
        return _page(request, number, problems=invalid.problems, typed=posted(request))
    return _page(request, number, said=SAID[said])


def _page(
    request: PersonRequest,
    number: str,
    *,
    said: object = "",
    problems: Mapping[str, str] | None = None,
    typed: Values | None = None,
    opened: Mapping[Item, str] | None = None,
) -> HttpResponse:
    actor = acting(request)
    row, history = rights_desk.case(actor, number)
    line = row.line
    shown = {
        "here": "rights",
        "row": rights_showing.listed(row),
        "line": line,
        "steps": rights_showing.steps(history),
        "checks": [words.CHECKS[one] for one in sorted(line.checks)],
        "asker": line.asker,
        "is_open": line.state in OPEN,
        "words": {str(item): text for item, text in (opened or {}).items()},
        "said": said,
        "problems": problems or {},
        "typed": typed or {},
        "role_label": showing.role(actor),
        "officer": actor.role is Role.OFFICER and actor.trained,
        "mine": line.handler == actor.subject,
        **_acts(line, actor, problems or {}, typed or {}),
    }
    status = UNPROCESSABLE if problems else HTTPStatus.OK
    response = render(request, "console/rights_case.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _acts(
    line: Request, actor: Actor, problems: Mapping[str, str], typed: Values
) -> dict[str, object]:
    """What can be done about the request now, and with which fields."""
    works = line.state is State.IDENTIFIED
    longer = due.extension(line.kind, line.received_at)
    return {
        "must_identify": line.state is State.RECEIVED,
        "by_hand": _by_hand(line, actor) if line.state is State.RECEIVED else (),
        "works": works and bool(line.who) and line.kind not in COPIES,
        "is_copy": line.kind in COPIES,
        "needs_second": works and line.paper and line.kind in COPIES and line.second is None,
        "may_let_go": line.paper and line.handler != actor.subject,
        "may_print": works and line.paper and line.second is not None,
        "fields": rights_showing.fields(_form(line), typed, problems, current())
        if works and line.kind is Kind.CORRECT and line.who
        else [],
        "consents": _consents(line) if works and line.kind is Kind.WITHDRAW else (),
        "may_answer": line.state in {State.IDENTIFIED, State.WORKED},
        "may_refuse": line.state in {State.RECEIVED, State.IDENTIFIED},
        "grounds": [
            (name, one.title.in_(current()), one.article)
            for name, one in due.grounds(line.kind).items()
        ],
        "may_extend": longer is not None
        and line.extensions < longer.times
        and line.state in {State.RECEIVED, State.IDENTIFIED, State.WORKED},
        "appealed": line.state is State.APPEALED,
    }


def _by_hand(line: Request, actor: Actor) -> list[dict[str, object]]:
    """What can be seen by hand: the button, and whether one person saw it, and whether that is the actor."""
    seen = rights_desk.seen_once(actor, line.number)
    asked = [one for one in BY_HAND if one == "document" or line.asker is not Asker.SELF]
    return [
        {
            "act": act,
            "what": BY_EYE[act],
            "once": BY_HAND[act] in seen,
            "mine": seen.get(BY_HAND[act], False),
        }
        for act in asked
        if BY_HAND[act] not in line.checks
    ]


def _form(line: Request) -> forms.Form:
    """What can be corrected of whoever asks: of a member, only what they agreed to give (P1.11)."""
    if line.who == Role.MEMBER:
        return correcting.asked(rights_work.person(line))
    return forms.form(policy(), FormName.CORRECT_GUEST)


def _consents(line: Request) -> tuple[tuple[str, str], ...]:
    if line.who != Role.MEMBER:
        return ()
    found = consents.view(rights_work.person(line), current())
    return tuple((one.name, one.text) for one in found.consents if one.stands)
