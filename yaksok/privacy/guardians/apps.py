"""The guardians app."""

from django.apps import AppConfig


class GuardiansConfig(AppConfig):
    """Children, and who decides for them."""

    name = "yaksok.privacy.guardians"
    label = "guardians"
