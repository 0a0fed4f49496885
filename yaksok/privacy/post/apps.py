"""The post app."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Letters to the person."""

    name = "yaksok.privacy.post"
    label = "post"
