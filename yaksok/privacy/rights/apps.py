"""The rights app."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """What people asked for about their own data."""

    name = "yaksok.privacy.rights"
    label = "rights"
