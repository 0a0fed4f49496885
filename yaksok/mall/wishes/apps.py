"""Children's wishes as Django knows them."""

from django.apps import AppConfig


class WishesConfig(AppConfig):
    """Goods that a child asked for."""

    name = "yaksok.mall.wishes"
    label = "wishes"
