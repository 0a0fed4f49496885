"""What is held about somebody without an account, as a page; and the page that says it is over."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yaksok.journeys import rights_ask, rights_guest
from yaksok.kernel.errors import Invalid
from yaksok.privacy.rights.words import Kind
from yaksok.web import rights_wording as words
from yaksok.web.asking import sheet
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE

NOT_ASKED = frozenset({Kind.OBJECT, Kind.WITHDRAW})
"""What somebody without an account has nothing to ask about here."""


def guest(
    request: HttpRequest,
    note: str,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    said: str = "",
) -> HttpResponse:
    """Everything about a guest, with the forms that go with it. Never cached."""
    try:
        found = rights_guest.view(note, current())
    except Invalid as invalid:
        return over(request, invalid)
    asking = rights_ask.begin(current())
    shown = {
        "found": found,
        "proof": note,
        "sheet": sheet(found.form, current(), {**found.values, **(typed or {})}, problems),
        "field": asking.form.fields[0] if asking.form.fields else None,
        "typed": typed or {},
        "notice": asking.notice,
        **words.offered(asking.due, NOT_ASKED, (typed or {}).get("kind", "")),
        "requests": [words.shown(one) for one in found.requests],
        "problems": problems or {},
        "said": said,
    }
    status = UNPROCESSABLE if problems else 200
    response = render(request, "storefront/rights_mine.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def over(request: HttpRequest, invalid: Invalid) -> HttpResponse:
    """The link or the note does not open anything any more."""
    shown = {"problem": next(iter(invalid.problems.values()), "")}
    response = render(request, "storefront/rights_over.html", shown, status=UNPROCESSABLE)
    response.headers["Cache-Control"] = "no-store"
    return response
