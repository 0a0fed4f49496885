"""What the pages about a person's own rights say of others."""

from django import template

from yaksok.web import wording

register = template.Library()


@register.filter
def recipient_word(name: str) -> str:
    """The company behind a recipient's name."""
    return wording.recipient(name)
