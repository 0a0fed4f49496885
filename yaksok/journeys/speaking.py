"""Texts and days in the language of whoever is being answered or written to."""

from datetime import datetime, timedelta

from django.utils.translation import get_language

from yaksok.kernel.clock import SEOUL
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language


def language() -> Language:
    """The language of the answer under way; Korean when nobody chose."""
    return Language.ENGLISH if (get_language() or "").startswith("en") else Language.KOREAN


def spoken(text: Text) -> str:
    """``text`` in that language."""
    return text.in_(language())


def day(at: datetime, language: Language) -> str:
    """The day of ``at`` in Seoul as letters write it: ``2026년 11월 23일``, ``23 November 2026``."""
    here = at.astimezone(SEOUL).date()
    if language is Language.KOREAN:
        return f"{here.year}년 {here.month}월 {here.day}일"
    return f"{here.day} {here:%B} {here.year}"


def last_day(until: datetime, language: Language) -> str:
    """The last whole day before ``until``, as :func:`day` writes it."""
    return day(until - timedelta(microseconds=1), language)
