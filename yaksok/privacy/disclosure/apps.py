"""The disclosure app."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """What is handed to third parties: planned, decided again, sent once, answered, on record."""

    name = "yaksok.privacy.disclosure"
    label = "disclosure"
