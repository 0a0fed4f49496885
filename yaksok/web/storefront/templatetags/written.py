"""Dates that a stored page holds as text."""

import datetime

from django import template

from yaksok.web.design.templatetags.design import day

register = template.Library()


@register.filter
def written_day(text: str) -> str:
    """A date written as ``2026-11-24``, as a person reads it."""
    return day(datetime.date.fromisoformat(text))
