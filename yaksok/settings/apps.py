"""The checks that keep unsafe settings from booting."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    """No tables; registers the system checks."""

    name = "yaksok.settings"
    label = "settings"

    def ready(self) -> None:
        """Make the checks known to Django."""
        from yaksok.settings import checks  # noqa: F401 - registering is what the import is for
