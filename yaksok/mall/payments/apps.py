"""Django finds the payments by this."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Payments and their references."""

    name = "yaksok.mall.payments"
    label = "payments"
