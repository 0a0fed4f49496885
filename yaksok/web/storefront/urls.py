"""Addresses of the storefront. None of them ever carries anything about a person."""

from django.urls import path

from yaksok.web.storefront import (
    browsing,
    buying,
    inquiring,
    joining,
    looking_up,
    notices,
    proving,
    reading,
    refusing,
    stopping,
    versions,
)

app_name = "storefront"

urlpatterns = [
    path("", browsing.home, name="home"),
    path("category/<slug:slug>", browsing.category, name="category"),
    path("product/<slug:slug>", browsing.product, name="product"),
    path("search", browsing.search, name="search"),
    path("basket", buying.basket, name="basket"),
    path("basket/lines", buying.basket_lines, name="basket_lines"),
    path("checkout", buying.checkout, name="checkout"),
    path("checkout/place", buying.place, name="place"),
    path("pay/return", buying.pay_return, name="pay_return"),
    path("pay/fail", buying.pay_fail, name="pay_fail"),
    path("complete", buying.complete, name="complete"),
    path("lookup", looking_up.lookup, name="lookup"),
    path("lookup/refusals", refusing.refuse, name="guest_refusals"),
    path("ask", inquiring.ask, name="ask"),
    path("ask/look-up", inquiring.look_up, name="ask_lookup"),
    path("ask/rate", inquiring.rate, name="ask_rate"),
    path("policy", reading.policy_page, name="policy"),
    path("policy/children", reading.childrens_page, name="policy_children"),
    path("policy/versions", versions.versions, name="versions"),
    path("policy/versions/<int:number>", versions.version, name="version"),
    path("policy/versions/<int:earlier>/<int:later>", versions.comparison, name="comparison"),
    path("policy/versions/<int:number>/<slug:which>", versions.version, name="version_page"),
    path(
        "policy/versions/<int:earlier>/<int:later>/<slug:which>",
        versions.comparison,
        name="comparison_page",
    ),
    path("terms", reading.terms, name="terms"),
    path("notices", notices.notices, name="notices"),
    path("notices/<uuid:notice_id>", notices.notice, name="notice"),
    path("sign-up", joining.sign_up, name="sign_up"),
    path("sign-up/under-14", joining.under_14, name="under_14"),
    path("log-in", joining.log_in, name="log_in"),
    path("log-out", joining.log_out, name="log_out"),
    path("email", proving.email, name="email"),
    path("ads/stop", stopping.stop, name="stop_advertising"),
    path("ads/number", stopping.number, name="confirm_number"),
]
