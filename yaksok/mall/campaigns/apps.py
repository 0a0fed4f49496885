"""Advertisements as Django knows them."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Advertisements that are written, sent in batches, and counted."""

    name = "yaksok.mall.campaigns"
    label = "campaigns"
