"""Ask the mall's own pages as a visitor would, inside this process, without a socket.

Evidence may not know the web; it goes through Django's handler and the configured addresses, as
a request from outside does.
"""

from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from io import BytesIO

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse

from yaksok.evidence.once import once


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visitor got."""

    status: int
    cookies: SimpleCookie
    headers: dict[str, str]
    body: str


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def visit(path: str) -> Visit:
    """A page, with its query, as somebody without a cookie gets it; asked for once in a round of looking."""
    return once(("visit", path), lambda: _visited(path))


def _visited(path: str) -> Visit:
    request = WSGIRequest(
        {
            "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": path.partition("?")[2],
            "REMOTE_ADDR": "127.0.0.1",
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1",
            "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "http",
        }
    )
    response = _handler().get_response(request)
    body = response.content.decode() if isinstance(response, HttpResponse) else ""
    return Visit(response.status_code, response.cookies, dict(response.headers), body)
