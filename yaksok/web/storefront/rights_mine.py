"""What a guest does with what is held of them. The note that shows who they are comes with each form."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yaksok.journeys import port, rights_ask, rights_guest, rights_proof, rights_stop
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName
from yaksok.web.design.templatetags.design import moment
from yaksok.web.language import current
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest
from yaksok.web.storefront import rights_showing as showing

PROOF = frozenset({"proof"})
Act = Callable[[HttpRequest, str], HttpResponse]


@require_POST
@takes(Text(ko="비회원 권리 행사", en="Acts of a guest"), fields=PROOF | {"act"})
def act(request: PersonRequest) -> HttpResponse:
    """Download, stop, go on, erase: at once."""
    values = posted(request)
    acts: Mapping[str, Act] = {
        "download": _download,
        "erase": _erase,
        "resume": _resume,
        "stop": _stop,
    }
    chosen = acts.get(values.get("act", ""), _again)
    try:
        return chosen(request, values.get("proof", ""))
    except Invalid as invalid:
        return showing.over(request, invalid)


@require_POST
@collects(
    Text(ko="비회원 정보 정정", en="Correction by a guest"), FormName.CORRECT_GUEST, fields=PROOF
)
def correct(request: PersonRequest) -> HttpResponse:
    """Put what was typed in the place of what is held (P8.2)."""
    values = posted(request)
    note = values.get("proof", "")
    try:
        done = rights_guest.correct(note, values, language=current())
    except Invalid as invalid:
        return _problems(request, note, values, invalid)
    said = _("고쳤어요.") if done.changed else _("바꿀 것이 없었어요.")
    return showing.guest(request, note, said=said)


@require_POST
@collects(
    Text(ko="비회원 권리 요구 (말로)", en="Request of a guest"),
    FormName.RIGHTS_ASK,
    fields=PROOF | {"notice", "kind"},
)
def ask(request: PersonRequest) -> HttpResponse:
    """A request in the guest's own words."""
    values = posted(request)
    note = values.get("proof", "")
    try:
        proof = rights_proof.read(note, current())
        line = rights_ask.ask(proof.actor, values, language=current(), order=proof.order)
    except Invalid as invalid:
        return _problems(request, note, values, invalid)
    said = _("요청을 받았어요. 접수번호는 %(number)s예요.") % {"number": line.number}
    return showing.guest(request, note, said=said)


@require_POST
@collects(
    Text(ko="비회원 이의제기", en="Objection of a guest"),
    FormName.RIGHTS_ASK,
    fields=PROOF | {"notice", "request"},
)
def appeal(request: PersonRequest) -> HttpResponse:
    """The guest objects to an answer."""
    values = posted(request)
    note = values.get("proof", "")
    posted_on = {name: value for name, value in values.items() if name != "request"}
    try:
        proof = rights_proof.read(note, current())
        rights_ask.appeal(
            proof.actor, _uuid(values.get("request", "")), posted_on, language=current()
        )
    except Invalid as invalid:
        return _problems(request, note, values, invalid)
    return showing.guest(
        request, note, said=_("이의를 받았어요. 답한 사람이 아닌 다른 사람이 다시 판단해요.")
    )


def _download(_request: HttpRequest, note: str) -> HttpResponse:
    proof = rights_proof.read(note, current())
    copy = port.download(proof.actor, stepped_up=True, language=current())
    response = HttpResponse(copy.content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{copy.name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _stop(request: HttpRequest, note: str) -> HttpResponse:
    proof = rights_proof.read(note, current())
    rights_stop.stop(proof.actor, stepped_up=True, language=current())
    return showing.guest(request, note, said=_("멈췄어요."))


def _resume(request: HttpRequest, note: str) -> HttpResponse:
    proof = rights_proof.read(note, current())
    rights_stop.resume(proof.actor, stepped_up=True, language=current())
    return showing.guest(request, note, said=_("다시 시작했어요."))


def _erase(request: HttpRequest, note: str) -> HttpResponse:
    done = rights_guest.erase(note, language=current())
    shown = {
        "certificate": done,
        "erased_at": moment(done.erased_at),
        "unreadable_by": moment(done.unreadable_by),
    }
    response = render(request, "storefront/rights_erased.html", shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def _again(request: HttpRequest, note: str) -> HttpResponse:
    return showing.guest(request, note)


def _problems(
    request: HttpRequest, note: str, values: Mapping[str, str], invalid: Invalid
) -> HttpResponse:
    typed = {name: value for name, value in values.items() if name != "proof"}
    return showing.guest(request, note, typed=typed, problems=invalid.problems)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text[:36])
    except ValueError:
        msg = "there is no such request"
        raise NotFound(msg) from None
