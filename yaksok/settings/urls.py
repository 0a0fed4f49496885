"""Every address of the mall. Pages speak Korean at the root and English under ``/en/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from yaksok.api import callbacks
from yaksok.settings.on_demand import on_demand
from yaksok.web import media
from yaksok.web.health import health

urlpatterns = [
    path("healthz", health, name="health"),
    path("media/<str:name>", media.picture, name="media"),
    path("callbacks/payment", callbacks.payment, name="callback_payment"),
    path("callbacks/courier", callbacks.courier, name="callback_courier"),
    path("callbacks/partner/<slug:name>", callbacks.partner, name="callback_partner"),
    on_demand("api/v1/", "yaksok.api.urls", "ninja", "api", "yaksok.api.taking"),
    *i18n_patterns(
        path("", include("yaksok.web.member.urls")),
        path("", include("yaksok.web.console.urls")),
        path("", include("yaksok.web.storefront.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "yaksok.web.errors.bad_request"
handler403 = "yaksok.web.errors.forbidden"
handler404 = "yaksok.web.errors.not_found"
handler500 = "yaksok.web.errors.server_error"
