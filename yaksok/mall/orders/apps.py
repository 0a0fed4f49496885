"""Django finds the orders by this."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders, their lines, their numbers, and the secrets of guests as verifiers."""

    name = "yaksok.mall.orders"
    label = "orders"

    def ready(self) -> None:
        """Let the secret of a guest's order die with the record of who paid."""
        from yaksok.policy.vocabulary import Item, RecordKind
        from yaksok.privacy.vault import derived

        derived.register("orders_secret", of={RecordKind.ORDER_PAYER: (Item.PASSWORD,)})
