"""The vault, as a Django app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Sealed records and their keys."""

    name = "yaksok.privacy.vault"
    label = "vault"
