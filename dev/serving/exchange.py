"""One request and its answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

LANGUAGES = ("ko", "en")


class Declined(Exception):
    """The request cannot be served; answered as ``{"code": …, "message": …}``."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. ``lost`` closes the connection instead of sending it."""

    status: HTTPStatus = HTTPStatus.OK
    body: bytes = b""
    kind: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came in: method, target, headers (names in lower case) and body."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    def query(self, name: str, default: str = "") -> str:
        """The first value of a query parameter."""
        return parse_qs(urlsplit(self.target).query).get(name, [default])[0]

    def form(self, name: str) -> str:
        """The first value of one field of a posted form; no other field is looked at."""
        return parse_qs(self.body.decode("utf-8", "replace")).get(name, [""])[0]

    def json(self) -> dict[str, Any]:
        """The body as a JSON object.

        Raises:
            Declined: it is not one.
        """
        try:
            read = json.loads(self.body.decode("utf-8"))
        except ValueError:
            read = None
        if not isinstance(read, dict):
            message = "send a JSON object in UTF-8"
            raise Declined(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", message)
        return read

    def language(self) -> str:
        """``ko`` or ``en``: what ``?lang=`` says, else what the browser prefers, else ``ko``."""
        asked = self.query("lang")
        if asked in LANGUAGES:
            return asked
        preferred = self.headers.get("accept-language", "ko").lower()
        places = {one: preferred.find(one) for one in LANGUAGES}
        named = {one: place for one, place in places.items() if place >= 0}
        return min(named, key=lambda one: named[one]) if named else "ko"


def as_json(content: object, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    """An answer in JSON."""
    return Answer(status, json.dumps(content, ensure_ascii=False).encode())


def as_page(html: str, *, submits_to: str = "'self'") -> Answer:
    """An answer in HTML. ``submits_to`` are the origins its forms may end at, redirects included."""
    rules = (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none';"
        f" form-action {submits_to}"
    )
    headers = {
        "Content-Security-Policy": rules,
        "Cache-Control": "no-store",
        "Referrer-Policy": "origin",
    }
    return Answer(HTTPStatus.OK, html.encode(), "text/html; charset=utf-8", headers)


def sent_to(address: str) -> Answer:
    """See other: the browser goes to ``address`` with GET."""
    return Answer(
        HTTPStatus.SEE_OTHER,
        headers={
            "Location": address,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
        },
    )
