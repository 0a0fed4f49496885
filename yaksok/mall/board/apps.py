"""The board as Django knows it."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Notices to everybody."""

    name = "yaksok.mall.board"
    label = "board"
