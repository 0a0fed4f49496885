"""Every sentence has its English, and no page mixes the two."""

import re

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, browser_of
from tools import messages
from yaksok.web.design.templatetags.design import forget_shelves

HANGUL = re.compile(r"[\uac00-\ud7a3]")
PLAIN_ENGLISH = re.compile(r"\b(?:the|you|your|please|with|this|and)\b", re.IGNORECASE)
OTHER_TONGUE = re.compile(r'<(\w+)[^>]* lang="(?:en|ko)"[^>]*>.*?</\1>', re.DOTALL)
WRITTEN = re.compile(r"<(script|style|svg|code)\b.*?</\1>|<[^>]+>", re.DOTALL)
SAID_IN_ATTRIBUTES = re.compile(r'(?:alt|aria-label|placeholder|title)="([^"]*)"')

PAGES = (
    "/",
    "/category/tea",
    "/category/tea?in_stock=1&sort=price_up",
    "/product/white-cup",
    "/product/oak-box",
    "/product/oak-stool",
    "/search",
    "/search?q=1111",
    "/basket",
    "/lookup",
    "/log-in?joined=1",
    "/sign-up",
    "/sign-up/under-14",
    "/policy",
    "/policy/children",
    "/policy/versions",
    "/terms",
    "/certificate/verify",
    "/nowhere",
)
PERSONAL = ("/my", "/my/orders", "/my/trail", "/my/correct", "/my/password", "/my/leave")


def words_of(page: str) -> str:
    """What a page says: its text, and the attributes that are read out."""
    body = page[page.index("<body") :]
    head = "".join(re.findall(r"<title>.*?</title>", page, re.DOTALL))
    body = OTHER_TONGUE.sub(" ", body)
    return " ".join([head, *SAID_IN_ATTRIBUTES.findall(body), WRITTEN.sub(" ", body)])


def said(visitor: Visitor, path: str) -> str:
    """The words of one page."""
    return words_of(visitor.get(path).content.decode())


def test_every_sentence_is_translated_and_none_is_left_over():
    assert messages.faults("en") == []


def test_a_missing_sentence_would_be_noticed(monkeypatch):
    held = messages.known("en")
    held.delete(next(message.id for message in held if message.id))
    monkeypatch.setattr(messages, "known", lambda _: held)
    assert messages.faults("en")


def test_english_holds_no_hangul_and_keeps_the_gaps():
    for message in messages.known("en"):
        texts = list(message.string) if isinstance(message.string, tuple) else [str(message.string)]
        keys = [message.id] if isinstance(message.id, str) else list(message.id)
        if not message.id:
            continue
        gaps = set(re.findall(r"%\(\w+\)[sd]|%%", keys[0]))
        for text in texts:
            assert not HANGUL.search(text), text
            assert set(re.findall(r"%\(\w+\)[sd]|%%", text)) == gaps, text


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_no_page_mixes_the_languages(shelves):
    forget_shelves()
    visitor = Visitor()
    for path in PAGES:
        found = HANGUL.search(english := said(visitor, f"/en{path}"))
        assert not found, f"/en{path}: …{english[max(0, found.start() - 60) : found.end() + 60]}…"
        korean = said(visitor, path)
        found = PLAIN_ENGLISH.search(korean)
        assert not found, f"{path}: …{korean[max(0, found.start() - 60) : found.end() + 60]}…"
        assert HANGUL.search(korean)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_no_page_of_a_member_mixes_the_languages(shelves):
    forget_shelves()
    browser = browser_of(people.member(), stepped_up=True)
    for path in PERSONAL:
        english = said(browser, f"/en{path}")
        found = HANGUL.search(english)
        assert not found, f"/en{path}: …{english[max(0, found.start() - 60) : found.end() + 60]}…"


def test_a_sentence_is_found_wherever_it_stands():
    engine = messages._engine()
    source = (
        '{% load i18n %}{% if a %}{% translate "가 10%" %}{% else %}{% for b in c %}'
        '{{ b|default:_("나") }}{% empty %}{% blocktranslate count n=d %}다 {{ n }}{% plural %}'
        "라 {{ n }}{% endblocktranslate %}{% endfor %}{% endif %}"
    )
    assert set(messages.in_template(source, engine)) == {
        "가 10%%",
        "나",
        ("다 %(n)s", "라 %(n)s"),
    }
    assert set(messages.in_python('_("마"); ngettext("바", "사", 3); other("아")')) == {
        "마",
        ("바", "사"),
    }
