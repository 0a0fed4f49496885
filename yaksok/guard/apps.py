"""The guard app."""

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """What keeps guessing, flooding and worse outside."""

    name = "yaksok.guard"
    label = "guard"
