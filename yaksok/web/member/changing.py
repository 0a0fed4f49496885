"""Correct what is not right, change the password, log out everywhere."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import consents
from yaksok.journeys import correct as correcting
from yaksok.journeys import password as passwords
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.forms import Form
from yaksok.policy.vocabulary import FormName, Item, RecordKind
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.asking import behind_a_consent, groups
from yaksok.web.member.entering import person_of
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest, end

PASSWORD = (RecordKind.MEMBERSHIP, Item.PASSWORD)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@collects(Text(ko="회원 정보 변경", en="Correction"), FormName.CORRECT)
def correct(request: PersonRequest) -> HttpResponse:
    """The form with what is held now, or what became of it. Needs the password first (P8.5)."""
    person = person_of(request)
    if not person.stepped_up:
        return HttpResponseRedirect(reverse("member:mypage") + "?then=correct#open")
    form = correcting.asked(person.actor)
    if request.method != "POST":
        values = correcting.begin(person.actor, stepped_up=True)
        return _form(request, form, values)
    try:
        correcting.correct(
            person.actor, posted(request), stepped_up=person.stepped_up, language=current()
        )
    except Invalid as error:
        return _form(request, form, posted(request), error.problems)
    return HttpResponseRedirect(reverse("member:mypage") + "?done=corrected")


def _form(
    request: PersonRequest,
    form: Form,
    values: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    allowed = consents.view(person_of(request).actor, current())
    shown = {
        "groups": groups(form, values, problems),
        "whole": (problems or {}).get("", ""),
        "closed": behind_a_consent(form, allowed),
    }
    return render(request, "member/correct.html", shown, status=UNPROCESSABLE if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@collects(
    Text(ko="비밀번호 변경", en="Change of password"),
    kept={"new_password": PASSWORD},
    compared={"password": PASSWORD},
)
def password(request: PersonRequest) -> HttpResponse:
    """Change the password; all other devices are logged out."""
    if request.method != "POST":
        return render(request, "member/password.html")
    values = posted(request)
    old, new = values.get("password", ""), values.get("new_password", "")
    try:
        passwords.change(request.session_key, old, new, language=current())
    except Invalid as error:
        shown = {"problems": error.problems, "problem": error.problems.get("", "")}
        return render(request, "member/password.html", shown, status=UNPROCESSABLE)
    return HttpResponseRedirect(reverse("member:mypage") + "?done=password")


@require_POST
@members_only
@takes(Text(ko="모든 기기에서 로그아웃", en="Log-out everywhere"))
def log_out_everywhere(request: PersonRequest) -> HttpResponse:
    """End every session of the member, this one too."""
    return end(request, HttpResponseRedirect(reverse("storefront:home")), everywhere=True)
