"""One cookie, only for a person who logged in, gone with the browser (P6.1-P6.4).

The cookie holds 256 random bits and nothing else; the table keeps only their hash. It is set by a
successful log-in and by nothing else, never with a date, and is taken back with everything the
browser kept of the mall when the person logs out.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from yaksok.journeys import log_in
from yaksok.journeys.log_in import Session, SessionFacts
from yaksok.policy.in_force import policy
from yaksok.web.doors import MACHINE_PATHS

CLEAR_SITE = '"cookies", "storage", "cache"'
"""What a browser forgets at log-out."""

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
_TAKEN_BACK = "_yaksok_session_settled"


class PersonRequest(HttpRequest):
    """A request that passed :class:`Sessions`."""

    person: SessionFacts | None
    """Who is logged in; None for a visitor."""
    session_key: str
    """The plain value of the cookie, ``""`` for a visitor. Never logged, never rendered."""


class Sessions:
    """Puts the facts of the session on the request; forgets a cookie that proves nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        """Answer with ``request.person`` set."""
        key = "" if request.path_info.startswith(MACHINE_PATHS) else _key(request)
        request.person = log_in.session(key) if _SHAPE.fullmatch(key) else None
        request.session_key = key if request.person else ""
        response = self.get_response(request)
        if key and request.person is None and not hasattr(response, _TAKEN_BACK):
            take_back(response)
        return response


def cookie() -> str:
    """What the policy in force calls the one cookie (P6.1).

    Its prefix ``__Host-`` makes browsers insist on Secure, on Path=/ and on no Domain. When the
    name changes, everybody logs in again.
    """
    return policy().document.body.cookie.name


def _key(request: HttpRequest) -> str:
    return request.COOKIES.get(cookie(), "")


def hand_over(response: HttpResponse, session: Session) -> HttpResponse:
    """``response`` with the cookie of a log-in that has just succeeded. Called nowhere else."""
    response.set_cookie(cookie(), session.key, secure=True, httponly=True, samesite="Lax", path="/")
    setattr(response, _TAKEN_BACK, True)
    return response


def take_back(response: HttpResponse) -> HttpResponse:
    """``response`` with the cookie expired."""
    response.set_cookie(
        cookie(), "", max_age=0, secure=True, httponly=True, samesite="Lax", path="/"
    )
    setattr(response, _TAKEN_BACK, True)
    return response


def end(
    request: PersonRequest, response: HttpResponse, *, everywhere: bool = False
) -> HttpResponse:
    """``response`` after a log-out: the row is gone, the cookie expired, the browser cleared.

    ``everywhere`` ends the person's sessions on every other device too.
    """
    if request.person is not None:
        if everywhere:
            log_in.log_out_everywhere(request.person.subject)
        log_in.log_out(request.session_key)
    request.person, request.session_key = None, ""
    response.headers["Clear-Site-Data"] = CLEAR_SITE
    return take_back(response) if cookie() in request.COOKIES else response


def context(request: HttpRequest) -> dict[str, object]:
    """What every template may know of the session: ``person``, and the form token ``csrf``."""
    person = getattr(request, "person", None)
    return {"person": person, "csrf": person.csrf if person else ""}
