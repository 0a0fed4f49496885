"""P9.1: a child is told in plain words, before any field, and can type nothing there."""

import re

import pytest
from django.db import connection

from tests.surfaces.visits import Visitor
from yaksok.database.roles import keeper
from yaksok.policy.vocabulary import Language
from yaksok.privacy.guardians.notice import for_children
from yaksok.privacy.retention import holdings

pytestmark = pytest.mark.django_db

PAGES = {Language.KOREAN: "", Language.ENGLISH: "/en"}
LONGEST_SENTENCE = 130


def rows() -> int:
    total = 0
    with keeper(), connection.cursor() as cursor:
        for one in holdings.about_persons():
            cursor.execute(f"SELECT count(*) FROM {one.table}")
            (count,) = cursor.fetchone()
            total += count
    return total


def test_the_way_for_children_comes_before_the_first_field() -> None:
    for prefix in PAGES.values():
        main = Visitor().text(f"{prefix}/sign-up").split("<main", 1)[1]
        way = main.index("under-14")
        fields = [found.start() for found in re.finditer(r"<(?:input|textarea|select)\b", main)]
        assert fields
        assert way < min(fields)


def test_what_is_said_there_is_plain_and_asks_for_nothing() -> None:
    before = rows()
    for language, prefix in PAGES.items():
        page = Visitor().text(f"{prefix}/sign-up/under-14").split("<main", 1)[1].split("</main>")[0]
        told = for_children(language)
        assert len(told) >= 3
        for sentence in told:
            assert len(sentence) < LONGEST_SENTENCE
            assert sentence in page
        assert not re.search(r"<(?:form|input|textarea|select)\b", page)
    assert rows() == before
