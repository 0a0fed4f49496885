"""Every answer says what a page may load and who may keep it; only named pages may be kept."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from yaksok.web import headers
from yaksok.web.session import cookie


def answer(path="/", view_name="storefront:home", status=200, response=None, **extra):
    """What the door makes of a response of the view ``view_name``."""
    request = RequestFactory().get(path, **extra)
    namespace, _, name = view_name.partition(":")
    request.resolver_match = ResolverMatch(
        lambda r: r, (), {}, url_name=name, namespaces=[namespace]
    )
    return headers.Headers(lambda _: response or HttpResponse("x", status=status))(request)


def test_nothing_but_own_files_may_load():
    policy = answer().headers["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'none'"
    for name in ("script-src", "style-src", "img-src", "font-src", "connect-src"):
        assert directives[name] == "'self'"
    assert "unsafe" not in policy
    assert "data:" not in policy


def test_a_form_may_lead_to_the_payment_provider_and_nowhere_else(settings):
    settings.YAKSOK_PAYMENT_URL = "https://pay.example/v1/"
    assert "form-action 'self' https://pay.example;" in headers.content_policy()
    settings.YAKSOK_PAYMENT_URL = ""
    assert "form-action 'self';" in headers.content_policy()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_each_answer_carries(name, value):
    assert answer().headers[name] == value
    assert answer(view_name="member:mypage", status=404).headers[name] == value


def test_a_public_page_may_be_kept_by_the_edge_and_is_asked_again_by_the_browser():
    got = answer()
    assert got.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert "Cookie" in got.headers["Vary"]


@pytest.mark.parametrize(
    "view_name",
    ["member:mypage", "storefront:checkout", "storefront:complete", "console:orders", "x:new"],
)
def test_a_page_nobody_named_public_is_never_kept(view_name):
    assert answer(view_name=view_name).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [302, 400, 403, 404, 500, 503])
def test_only_a_success_is_kept(status):
    assert answer(status=status).headers["Cache-Control"] == "no-store"


def test_a_public_page_asked_with_the_cookie_is_never_kept():
    got = answer(HTTP_COOKIE=f"{cookie()}={'a' * 43}")
    assert got.headers["Cache-Control"] == "no-store"


def test_a_public_page_that_sets_a_cookie_is_never_kept():
    response = HttpResponse("x")
    response.set_cookie("any", "1")
    assert answer(response=response).headers["Cache-Control"] == "no-store"


def test_encryption_is_remembered_only_where_there_is_encryption():
    assert "Strict-Transport-Security" not in answer().headers
    request = RequestFactory().get("/", secure=True)
    got = headers.Headers(lambda _: HttpResponse("x"))(request)
    assert got.headers["Strict-Transport-Security"].startswith("max-age=31536000")
