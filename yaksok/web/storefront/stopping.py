"""Where the links in letters about advertising lead: stop it in one click.

Nobody logs in here. The one button works without script, and so does the machine of a mail provider
that presses it for the reader (RFC 8058).
"""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yaksok.journeys import opt_out
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.language import current
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

ONE_CLICK = "List-Unsubscribe"
"""What the mail provider's machine sends; the secret then stands in the address alone."""


@require_http_methods(["GET", "HEAD", "POST"])
@takes(
    Text(ko="광고 수신거부", en="Stopping advertising"),
    fields=frozenset({"token", ONE_CLICK}),
    address=frozenset({"token"}),
)
def stop(request: PersonRequest) -> HttpResponse:
    """The button; pressed, that it was done. Pressed twice, forwarded or guessed, it does no harm."""
    token = request.GET.get("token", "")
    if request.method == "POST":
        token = posted(request).get("token") or token
        found = opt_out.stop(token, language=current())
    else:
        found = opt_out.look(token, current())
    shown = {"found": found, "token": token, "done": bool(found and not found.stands)}
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    response = render(request, "storefront/stop.html", shown, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
