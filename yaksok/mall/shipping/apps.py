"""The shipping app."""

from django.apps import AppConfig


class ShippingConfig(AppConfig):
    """Parcels and what the courier says of them."""

    name = "yaksok.mall.shipping"
    label = "shipping"
