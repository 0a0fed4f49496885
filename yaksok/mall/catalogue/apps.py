"""The catalogue as Django knows it."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Categories, goods, options, pictures and stock."""

    name = "yaksok.mall.catalogue"
    label = "catalogue"
