"""Headers of every answer: what a page may load, who may frame it, who may keep it.

A page may be kept by the edge only if it stands in :data:`PUBLIC` and was asked without a session;
everything else says ``no-store``. So a new page is private until somebody says otherwise.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from yaksok.web.session import cookie

PUBLIC = frozenset(
    {
        "storefront:home",
        "storefront:category",
        "storefront:product",
        "storefront:search",
        "storefront:policy",
        "storefront:policy_children",
        "storefront:versions",
        "storefront:version",
        "storefront:version_page",
        "storefront:comparison",
        "storefront:comparison_page",
        "storefront:terms",
        "storefront:notices",
        "storefront:notice",
        "api:goods",
        "api:goods_detail",
        "api:promises",
        "api:openapi-json",
    }
)
"""Pages that are the same for everyone. Basket and forms are not among them: they hold a draft."""

KEPT_BY_EDGE = "public, max-age=0, s-maxage=60"
"""A browser asks again each time, so that a log-in shows at once; an edge keeps it a minute."""

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def content_policy() -> str:
    """The Content-Security-Policy: nothing but the mall's own files, no inline script or style.

    A form may lead to the payment provider, because the answer to an order sends the browser there, and
    to the provider that identifies a guardian.
    """
    windows = (urlsplit(settings.YAKSOK_PAYMENT_URL), urlsplit(settings.YAKSOK_IDENTITY_URL))
    away = "".join(f" {one.scheme}://{one.netloc}" for one in windows if one.netloc)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            f"form-action 'self'{away}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


def _keeping(request: HttpRequest, response: HttpResponse) -> None:
    match = request.resolver_match
    public = (
        request.method in {"GET", "HEAD"}
        and response.status_code == HTTPStatus.OK
        and match is not None
        and match.view_name in PUBLIC
    )
    if public:
        patch_vary_headers(response, ("Cookie",))
    if public and cookie() not in request.COOKIES and not response.cookies:
        response.headers["Cache-Control"] = KEPT_BY_EDGE
    else:
        response.headers["Cache-Control"] = "no-store"


class Headers:
    """Sets the headers; files of the project itself keep the caching they came with."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.fixed = {
            "Content-Security-Policy": content_policy(),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": PERMISSIONS,
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        for name, value in self.fixed.items():
            response.headers[name] = value
        if request.is_secure():
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if not request.path_info.startswith(("/static/", "/media/")):
            _keeping(request, response)
        return response
