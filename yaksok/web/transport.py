"""No form travels unencrypted: plain HTTP is refused, except from the machine itself (P7.1)."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yaksok.web import errors

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)
"""By any of these a proxy says that the request began elsewhere."""


def address_of(request: HttpRequest) -> str:
    """What tells clients apart when attempts are counted. Journeys keep only a keyed hash of it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the request began on this machine: a loopback address and no proxy in between."""
    if any(header in request.META for header in FORWARDED):
        return False
    try:
        return ip_address(address_of(request)).is_loopback
    except ValueError:
        return False


class EncryptedOnly:
    """Refuses a request over plain HTTP; loopback is let in unless settings say otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.loopback = bool(getattr(settings, "YAKSOK_PLAIN_LOOPBACK", True))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or 403 with the way out."""
        if request.is_secure() or (self.loopback and from_this_machine(request)):
            return self.get_response(request)
        return errors.page(
            request,
            403,
            detail=_("암호화되지 않은 연결이에요. 주소 앞을 https:// 로 바꿔 다시 열어 주세요."),
            promise="P7.1",
        )
