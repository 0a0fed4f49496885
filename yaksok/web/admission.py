"""Who may enter a page: members, or staff. Everybody else is shown the way in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]

MEMBER = "member"
STAFF = "staff"


def way_back(request: PersonRequest, fallback: str) -> str:
    """Where to go after a log-in: the ``next`` the person came with if it is in this mall."""
    wanted = posted(request).get("next") or request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return fallback


def _to_door(request: PersonRequest, door: str) -> HttpResponse:
    here = request.path if request.method == "GET" else ""
    return HttpResponseRedirect(reverse(door) + (f"?{urlencode({'next': here})}" if here else ""))


def members_only(view: View[P]) -> View[P]:
    """The view for a logged-in member; anybody else goes to the log-in page."""
    return _only(MEMBER, "storefront:log_in", view)


def staff_only(view: View[P]) -> View[P]:
    """The view for a staff session; anybody else goes to the console's own log-in."""
    return _only(STAFF, "console:log_in", view)


def _only(audience: str, door: str, view: View[P]) -> View[P]:
    @wraps(view)
    def entered(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.person is None or request.person.audience != audience:
            return _to_door(request, door)
        return view(request, *args, **kwargs)

    return entered
