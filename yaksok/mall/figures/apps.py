"""The figures as Django knows them."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Tables of sums, and for what each was given out."""

    name = "yaksok.mall.figures"
    label = "figures"
