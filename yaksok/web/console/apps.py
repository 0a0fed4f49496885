"""The console as a Django app: templates and addresses, no tables."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Label ``console``."""

    name = "yaksok.web.console"
    label = "console"
