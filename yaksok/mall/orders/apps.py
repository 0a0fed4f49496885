"""Django finds the orders by this."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders, their lines, their numbers, and the secrets of guests as verifiers."""

    name = "yaksok.mall.orders"
    label = "orders"
