"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may come in: verifiers and sessions, by subject id."""

    name = "yaksok.mall.accounts"
    label = "accounts"
