"""Consents and their receipts, as a Django app."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Consents, refusals and the receipts of both."""

    name = "yaksok.privacy.consent"
    label = "consent"
