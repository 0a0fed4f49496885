"""A form of another site cannot act here.

A visitor has no authority that another site could borrow, so the browser's own words are enough:
``Sec-Fetch-Site`` and ``Origin`` must name this mall. A person with a session must also send the
token that only pages of that session carry, compared in constant time.
"""

import hmac
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yaksok.web import errors
from yaksok.web.doors import CALLBACKS
from yaksok.web.session import PersonRequest

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
FIELD = "csrf"
HEADER = "HTTP_X_YAKSOK_CSRF"


def _own_origin(request: HttpRequest) -> bool:
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None and site not in OWN_SITES:
        return False
    origin = request.META.get("HTTP_ORIGIN")
    own = {f"{request.scheme}://{request.get_host()}", settings.YAKSOK_ORIGIN}
    return origin is None or origin in own


def _token_fits(request: PersonRequest) -> bool:
    if request.person is None:
        return True
    sent = request.POST.get(FIELD) or request.META.get(HEADER, "")
    return hmac.compare_digest(sent.encode(), request.person.csrf.encode())


class OwnOrigin:
    """Refuses an unsafe request that did not come from a page of this mall."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        """Answer, or 403 with what to do."""
        if request.method in SAFE or request.path_info.startswith(CALLBACKS):
            return self.get_response(request)
        if not _own_origin(request):
            return errors.page(
                request,
                403,
                detail=_(
                    "다른 사이트에서 보낸 요청이라 받지 않았어요. 이 몰의 화면에서 다시 해 주세요."
                ),
            )
        if not _token_fits(request):
            return errors.page(
                request,
                403,
                detail=_("로그인 상태가 바뀐 뒤의 화면이에요. 화면을 새로 열고 다시 해 주세요."),
            )
        return self.get_response(request)
