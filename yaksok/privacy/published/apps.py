"""Published policies, as a Django app."""

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    """The register of policy versions."""

    name = "yaksok.privacy.published"
    label = "published"

    def ready(self) -> None:
        """Let every transaction begin with the version in force."""
        from yaksok.privacy.published import obeying

        obeying.begin()
