"""Every address of the mall. Pages speak Korean at the root and English under ``/en/``."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from yaksok.web import media

urlpatterns = [
    path("media/<str:name>", media.picture, name="media"),
    *i18n_patterns(
        path("", include("yaksok.web.storefront.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "yaksok.web.errors.bad_request"
handler403 = "yaksok.web.errors.forbidden"
handler404 = "yaksok.web.errors.not_found"
handler500 = "yaksok.web.errors.server_error"
