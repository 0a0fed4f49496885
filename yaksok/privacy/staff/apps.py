"""The staff app."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Accounts, grants and training of those who work here."""

    name = "yaksok.privacy.staff"
    label = "staff"
