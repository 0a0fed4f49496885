"""The log that only grows, as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log that only grows."""

    name = "yaksok.privacy.audit"
    label = "audit"
