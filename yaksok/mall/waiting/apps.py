"""The waiting room as Django knows it."""

from django.apps import AppConfig


class WaitingConfig(AppConfig):
    """Members who wait for goods that are sold out."""

    name = "yaksok.mall.waiting"
    label = "waiting"
