"""Staff come in with an ID, a password and a code from their authenticator, and go out."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import staff_door
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.web import session
from yaksok.web.admission import STAFF, way_back
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest
from yaksok.web.transport import address_of

PROOFS = {
    "login_id": (RecordKind.STAFF_ACCOUNT, Item.LOGIN_ID),
    "password": (RecordKind.STAFF_ACCOUNT, Item.PASSWORD),
    "totp": (RecordKind.STAFF_ACCOUNT, Item.TOTP_SECRET),
}
"""What shows who somebody is, in the order in which the journey takes it."""


@require_http_methods(["GET", "HEAD", "POST"])
@takes(Text(ko="직원 로그인", en="Staff log-in"), compared=PROOFS, fields=frozenset({"next"}))
def log_in(request: PersonRequest) -> HttpResponse:
    """The console's own way in. A wrong answer does not say which of the three was wrong."""
    first = reverse("console:orders")
    there = way_back(request, first)
    if request.person is not None and request.person.audience == STAFF:
        return HttpResponseRedirect(there)
    if request.method != "POST":
        return render(request, "console/log_in.html", {"next": there})
    proofs = [posted(request).get(name, "") for name in PROOFS]
    try:
        begun = staff_door.log_in(*proofs, language=current(), address_key=address_of(request))
    except Invalid as error:
        shown = {"next": there, "problem": error.problems.get("", "")}
        return render(request, "console/log_in.html", shown, status=UNPROCESSABLE)
    return session.hand_over(HttpResponseRedirect(there), begun)


@require_POST
@takes(Text(ko="직원 로그아웃", en="Staff log-out"))
def log_out(request: PersonRequest) -> HttpResponse:
    """End the session and clear the browser."""
    return session.end(request, HttpResponseRedirect(reverse("console:log_in")))
