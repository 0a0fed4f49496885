"""The design system: styles, letters, the frame of every page; no tables."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Holds ``templates/design``, ``static/design`` and the tags that pages are written with."""

    name = "yaksok.web.design"
    label = "design"
