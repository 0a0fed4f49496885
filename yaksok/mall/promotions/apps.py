"""Promotions as Django knows them."""

from django.apps import AppConfig


class PromotionsConfig(AppConfig):
    """Coupons, and who has which."""

    name = "yaksok.mall.promotions"
    label = "promotions"
