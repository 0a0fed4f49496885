"""The member centre as a Django app: templates and addresses, no tables."""

from django.apps import AppConfig


class MemberConfig(AppConfig):
    """Label ``member``."""

    name = "yaksok.web.member"
    label = "member"
