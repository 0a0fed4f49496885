"""Where the links in letters about advertising lead: stop it in one click, or confirm a number.

Nobody logs in here. The one button works without script, and so does the machine of a mail provider
that presses it for the reader (RFC 8058).
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from yaksok.journeys import ad_addresses, opt_out
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.language import current
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

ONE_CLICK = "List-Unsubscribe"
"""What the mail provider's machine sends; the secret then stands in the address alone."""

CONFIRMED = (
    Text(ko="번호를 확인했어요", en="Your number is confirmed"),
    Text(
        ko="이제 동의하신 대로 광고 문자를 보내 드려요. 문자마다 있는 링크로 언제든 그만 받을 수 있어요.",
        en="You will get the advertising that you agreed to. The link in each message stops it.",
    ),
)
NOT_CONFIRMED = (
    Text(ko="이 링크는 쓸 수 없어요", en="This link does not work"),
    Text(
        ko="링크는 이틀 동안만 쓸 수 있고, 번호를 바꾸면 예전 링크는 없어져요.",
        en="A link works for two days, and another number ends older links.",
    ),
)


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


@require_safe
def number(request: HttpRequest) -> HttpResponse:
    """Take the secret of a text message: the number that it went to is the reader's."""
    proved = ad_addresses.confirm_number(request.GET.get("token", ""))
    title, lead = (text.in_(current()) for text in (CONFIRMED if proved else NOT_CONFIRMED))
    status = HTTPStatus.OK if proved else HTTPStatus.NOT_FOUND
    response = render(
        request, "storefront/proved.html", {"title": title, "lead": lead}, status=status
    )
    response.headers["Cache-Control"] = "no-store"
    return response
