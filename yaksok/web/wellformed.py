"""Requests that no honest page sends are answered with a plain 400 before anything reads them.

Broken UTF-8, forms in another charset, NUL characters, host names that are not this mall's,
addresses and bodies that are too long. What was sent is not repeated in the answer and not logged.
"""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, DisallowedHost, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from yaksok.web import errors
from yaksok.web.doors import CALLBACKS

MAX_ADDRESS = 2048
"""Longest path with its query string, in bytes."""

MAX_BODY = 64 * 1024
"""Longest body of any form or call, in bytes. No page uploads anything bigger."""

UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError)

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def _clean_bytes(raw: bytes) -> bool:
    if b"\0" in raw:
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _own_host(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _clean_address(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    path = request.META.get("PATH_INFO", "").encode("latin-1", "replace")
    if len(path) + len(query) > MAX_ADDRESS or not _clean_bytes(unquote_to_bytes(query)):
        return False
    return _clean_bytes(path) and "\0" not in request.path_info


def _clean_form(request: HttpRequest) -> bool:
    texts = [text for name, values in request.POST.lists() for text in (name, *values)]
    if request.content_type == "application/x-www-form-urlencoded":
        return _clean_bytes(unquote_to_bytes(request.body.replace(b"+", b" ")))
    return not any("\0" in text or REPLACEMENT in text for text in texts)


def _clean_call(request: HttpRequest) -> bool:
    """The API takes JSON and nothing else; what it says is read there."""
    return request.content_type == "application/json" and _clean_bytes(request.body)


def _declared_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return -1


class WellFormed:
    """Lets through what can be read without guessing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or 400 or 413 with what to do."""
        length = _declared_length(request)
        if length > MAX_BODY:
            return errors.page(request, 413)
        clean = length >= 0 and _own_host(request) and _clean_address(request)
        if not clean or not self._readable(request):
            return errors.page(
                request,
                400,
                detail=_(
                    "읽을 수 없는 글자나 너무 긴 값이 들어 있어요. 주소와 입력을 확인해 주세요."
                ),
            )
        return self.get_response(request)

    @staticmethod
    def _readable(request: HttpRequest) -> bool:
        if request.method != "POST" or request.path_info.startswith(CALLBACKS):
            return True
        try:
            api = request.path_info.startswith("/api/")
            return _clean_call(request) if api else _clean_form(request)
        except UNREADABLE:
            return False
