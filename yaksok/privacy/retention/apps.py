"""The retention app."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """How records end."""

    name = "yaksok.privacy.retention"
    label = "retention"
