"""Becoming a member, logging in and out. A cookie exists only after a log-in that succeeded."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yaksok.journeys import log_in as entering
from yaksok.journeys import sign_up as joining
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import collects, takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import FormName, Item, RecordKind
from yaksok.web import session
from yaksok.web.admission import way_back
from yaksok.web.asking import sheet
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.transport import address_of

ASKED = require_http_methods(["GET", "HEAD", "POST"])
LOG_IN = {
    "login_id": (RecordKind.MEMBERSHIP, Item.LOGIN_ID),
    "password": (RecordKind.MEMBERSHIP, Item.PASSWORD),
}
"""What the log-in page asks for, and what it is compared with."""


@ASKED
@collects(Text(ko="회원 가입", en="Sign-up"), FormName.SIGN_UP, fields=joining.ALSO)
def sign_up(request: PersonRequest) -> HttpResponse:
    """The form of the policy; a new member goes on to the log-in."""
    language = current()
    values: Mapping[str, str] = {}
    problems: dict[str, str] = {}
    if request.method == "POST":
        values = posted(request)
        told, address = values.get("notice", ""), address_of(request)
        try:
            joining.sign_up(values, notice=told, language=language, address_key=address)
        except Invalid as invalid:
            problems = invalid.problems
        else:
            return HttpResponseRedirect(reverse("storefront:log_in") + "?joined=1")
    begun = joining.begin(language)
    shown = {"sheet": sheet(begun.form, language, values, problems), "notice": begun.notice}
    return render(
        request, "storefront/sign_up.html", shown, status=UNPROCESSABLE if problems else 200
    )


@require_safe
def under_14(request: PersonRequest) -> HttpResponse:
    """What a child reads. Nothing is asked here and nothing is kept (P9.1)."""
    return render(request, "storefront/under_14.html", {"told": joining.under14(current())})


@ASKED
@takes(
    Text(ko="로그인", en="Log-in"),
    compared=LOG_IN,
    fields=frozenset({"next"}),
    observed=((RecordKind.ACCESS_RECORD, Item.ACCESS_POINT),),
)
def log_in(request: PersonRequest) -> HttpResponse:
    """The one place where a cookie begins."""
    problems: dict[str, str] = {}
    values = posted(request)
    login_id, password = values.get("login_id", ""), values.get("password", "")
    if request.method == "POST":
        try:
            opened = entering.log_in(
                login_id, password, language=current(), address_key=address_of(request)
            )
        except entering.MustAnswer:
            return HttpResponseRedirect(reverse("storefront:coming_of_age"))
        except Invalid as invalid:
            problems = invalid.problems
        else:
            answer = HttpResponseRedirect(way_back(request, reverse("storefront:home")))
            return session.hand_over(answer, opened)
    shown = {
        "problems": tuple(problems.values()),
        "login_id": login_id,
        "joined": "joined" in request.GET,
        "next": way_back(request, ""),
    }
    return render(
        request, "storefront/log_in.html", shown, status=UNPROCESSABLE if problems else 200
    )


@require_POST
@takes(Text(ko="로그아웃", en="Log-out"))
def log_out(request: PersonRequest) -> HttpResponse:
    """The session ends here and in the browser (P6.4)."""
    return session.end(request, HttpResponseRedirect(reverse("storefront:home")))
