"""A text in the language of whoever is being answered."""

from django.utils.translation import get_language

from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language


def language() -> Language:
    """The language of the answer under way; Korean when nobody chose."""
    return Language.ENGLISH if (get_language() or "").startswith("en") else Language.KOREAN


def spoken(text: Text) -> str:
    """``text`` in that language."""
    return text.in_(language())
