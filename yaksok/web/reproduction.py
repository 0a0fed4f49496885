"""The door of the historical reproduction: this machine alone, and a mark on every page.

The mark is put into the finished page, so that no page, of whatever template, can be without it.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _

from yaksok.kernel.loopback import is_here
from yaksok.policy.in_force import policy
from yaksok.policy.reproduction import MARK, is_reproduction
from yaksok.web import errors
from yaksok.web.transport import from_this_machine

STYLE = "yaksok/reproduction.css"
_BODY = re.compile(rb"<body\b[^>]*>")


class Reproduction:
    """Lets every other policy pass untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its mark; 403 for whoever asks from elsewhere, or by another name."""
        if is_reproduction(policy()) and not _stays_here(request):
            said = _("역사 재현은 이 컴퓨터 안에서만 볼 수 있어요.")
            return _marked(errors.page(request, 403, detail=said))
        response = self.get_response(request)
        return _marked(response) if is_reproduction(policy()) else response


def _stays_here(request: HttpRequest) -> bool:
    asked = request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", "")
    name, _port = split_domain_port(asked)
    return from_this_machine(request) and is_here(name)


def _marked(response: HttpResponse) -> HttpResponse:
    """``response`` with the mark; what is no whole page goes into one that has it."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    body = _BODY.search(response.content)
    if body is None:
        return response
    band = format_html(
        '<link rel="stylesheet" href="{}"><p class="reproduction" role="note">'
        '<b lang="ko">{}</b> <span lang="en">{}</span></p>',
        static(STYLE),
        MARK.ko,
        MARK.en,
    ).encode()
    response.content = response.content[: body.end()] + band + response.content[body.end() :]
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
    return response
