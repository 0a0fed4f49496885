"""The storefront: pages for everybody; no tables."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    """Views over the journeys, their templates and two small scripts."""

    name = "yaksok.web.storefront"
    label = "storefront"
