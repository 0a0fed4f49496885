"""The desk as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Inquiries and complaints, whoever asks and however."""

    name = "yaksok.mall.desk"
    label = "desk"

    def ready(self) -> None:
        """Let a ticket die with the words that it stands for."""
        from yaksok.policy.vocabulary import RecordKind
        from yaksok.privacy.vault import derived

        for table in ("desk_number", "desk_ticket"):
            derived.register(table, record="record_id", of={RecordKind.INQUIRY: ()})
