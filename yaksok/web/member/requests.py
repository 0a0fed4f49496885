"""My requests: everything the member asked for with its countdown, and what is done at once."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import port, rights_ask, rights_explain, rights_stop
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.privacy.rights.words import Kind
from yaksok.web import rights_wording as words
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

ASKED = Text(ko="권리 요구", en="Request about your data")
FIELDS = frozenset({"notice", "kind"})
SAID = {
    "asked": _("요청을 받았어요. 답하는 날까지 남은 날을 여기에서 볼 수 있어요."),
    "appealed": _("이의를 받았어요. 답한 사람이 아닌 다른 사람이 다시 판단해요."),
    "stopped": _("멈췄어요. 지금부터 회원님의 정보는 봉인만 해 두고 쓰지 않아요."),
    "resumed": _("다시 시작했어요."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@collects(ASKED, FormName.RIGHTS_ASK, fields=FIELDS)
def requests(request: PersonRequest) -> HttpResponse:
    """The list, what can be done at once, and the form for everything else."""
    if request.method != "POST":
        return _page(request)
    try:
        line = rights_ask.ask(person_of(request).actor, posted(request), language=current())
    except Invalid as error:
        return _page(request, typed=dict(posted(request)), problems=error.problems)
    return HttpResponseRedirect(f"{reverse('member:request', args=[line.id])}?done=asked")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@collects(Text(ko="이의제기", en="Objection"), FormName.RIGHTS_ASK, fields=frozenset({"notice"}))
def one(request: PersonRequest, request_id: UUID) -> HttpResponse:
    """One request; posted, the member objects to its answer."""
    person, problems = person_of(request), {}
    if request.method == "POST":
        try:
            rights_ask.appeal(person.actor, request_id, posted(request), language=current())
        except Invalid as error:
            problems = error.problems
        else:
            address = reverse("member:request", args=[request_id])
            return HttpResponseRedirect(f"{address}?done=appealed")
    return _case(request, request_id, problems)


def _case(request: PersonRequest, request_id: UUID, problems: Mapping[str, str]) -> HttpResponse:
    person = person_of(request)
    found = rights_ask.one(
        person.actor, request_id, stepped_up=person.stepped_up, language=current()
    )
    asking = rights_ask.begin(current())
    shown = {
        "here": "requests",
        "one": words.shown(found),
        "stepped_up": person.stepped_up,
        "field": asking.form.fields[0] if asking.form.fields else None,
        "notice": asking.notice,
        "problems": problems,
        "said": SAID.get(request.GET.get("done", ""), ""),
    }
    return render(
        request, "member/request.html", shown, status=UNPROCESSABLE if problems else HTTPStatus.OK
    )


@require_POST
@members_only
@takes(Text(ko="내 정보 내려받기", en="Download of one's data"))
def download(request: PersonRequest) -> HttpResponse:
    """Everything as a file, made now; first the password (P8.5)."""
    person = person_of(request)
    if not person.stepped_up:
        return _to_the_password()
    copy = port.download(person.actor, stepped_up=True, language=current())
    return archive(copy)


def archive(copy: port.Copy) -> HttpResponse:
    """The file, for this person alone."""
    response = HttpResponse(copy.content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{copy.name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@members_only
@takes(Text(ko="내 정보 설명", en="Explanation of one's data"))
def explain(request: PersonRequest) -> HttpResponse:
    """What is held, why, until when, who received it, what was agreed to: one page to print."""
    person = person_of(request)
    if not person.stepped_up:
        return _to_the_password()
    found = rights_explain.explain(person.actor, stepped_up=True, language=current())
    return render(request, "member/explained.html", {"here": "requests", "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@takes(Text(ko="처리정지", en="Stopping the use of one's data"), fields=frozenset({"act"}))
def stop(request: PersonRequest) -> HttpResponse:
    """What stopping means, and the button; or the one that lets it go on."""
    person = person_of(request)
    if request.method == "POST":
        if not person.stepped_up:
            return _to_the_password()
        act, done = _chosen(posted(request).get("act", ""))
        act(person.actor, stepped_up=True, language=current())
        return HttpResponseRedirect(f"{reverse('member:requests')}?done={done}")
    shown = {
        "here": "requests",
        "standing": rights_stop.standing(person.actor),
        "stepped_up": person.stepped_up,
    }
    return render(request, "member/stop.html", shown)


def _chosen(act: str) -> tuple[Callable[..., None], str]:
    """What the button says, and no other word: what nobody said lets nothing go on again."""
    if act == "stop":
        return rights_stop.stop, "stopped"
    if act == "resume":
        return rights_stop.resume, "resumed"
    raise Invalid({"act": "stop or resume"})


def _page(
    request: PersonRequest,
    *,
    typed: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    person, asking = person_of(request), rights_ask.begin(current())
    found = rights_ask.mine(person.actor, stepped_up=False, language=current())
    wanted = (typed or {}).get("kind", "")
    shown = {
        "here": "requests",
        "requests": [words.shown(one) for one in found],
        **words.offered(asking.due, frozenset({Kind.OBJECT}), wanted),
        "field": asking.form.fields[0] if asking.form.fields else None,
        "notice": asking.notice,
        "typed": typed or {},
        "problems": problems or {},
        "stopped": rights_stop.standing(person.actor).stopped,
        "stepped_up": person.stepped_up,
        "said": SAID.get(request.GET.get("done", ""), ""),
    }
    status = UNPROCESSABLE if problems else HTTPStatus.OK
    return render(request, "member/requests.html", shown, status=status)


def _to_the_password() -> HttpResponse:
    return HttpResponseRedirect(reverse("member:mypage") + "?then=requests#open")
