"""The web's own templates: error pages that stand on their own."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds ``templates/errors``; no tables."""

    name = "yaksok.web"
    label = "web"
