"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may come in: verifiers and sessions, by subject id."""

    name = "yaksok.mall.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Let a verifier die with the record of whoever it let in."""
        from yaksok.policy.vocabulary import Item, RecordKind
        from yaksok.privacy.vault import derived

        kinds = (RecordKind.MEMBERSHIP, RecordKind.STAFF_ACCOUNT)
        derived.register("accounts_credential", of=dict.fromkeys(kinds, (Item.PASSWORD,)))
