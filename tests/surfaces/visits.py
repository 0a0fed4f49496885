"""Browsers of the cast: who they are, and what a page of theirs sends along."""

import re
from functools import cached_property
from http.cookies import Morsel
from typing import Any

from django.test import Client

from tests.cast.people import Colleague, Member
from yaksok.journeys import log_in
from yaksok.web.session import cookie


class Visitor(Client):
    """A browser. With a session it sends the token that the pages of that session carry."""

    def __init__(self, key: str = "") -> None:
        super().__init__()
        self.key = key
        if key:
            self.cookies[cookie()] = key

    @cached_property
    def csrf(self) -> str:
        """The form token of this session, as its pages had it."""
        facts = log_in.session(self.key)
        assert facts
        return facts.csrf

    def send(self, path: str, **fields: str) -> Any:
        """The answer to a form of this mall, sent from one of its pages."""
        token = {"csrf": self.csrf} if self.key else {}
        return self.post(path, {**token, **fields}, headers={"origin": "http://testserver"})

    def text(self, path: str) -> str:
        """A page's HTML; the page must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.status_code
        return str(answer.content.decode())


def browser_of(who: Member | Colleague, *, stepped_up: bool = False) -> Visitor:
    """A browser in which ``who`` has logged in."""
    if isinstance(who, Member):
        return Visitor(who.logs_in(stepped_up=stepped_up))
    return Visitor(who.logs_in())


def cookie_of(answer: Any) -> "Morsel[str]":
    """The session's cookie that an answer sets."""
    morsel = answer.cookies[cookie()]
    assert isinstance(morsel, Morsel)
    return morsel


def addresses(page: str) -> set[str]:
    """Every address that a page names in an attribute."""
    return set(re.findall(r"""(?:href|src|action|srcset|poster|formaction)=["']([^"'#]+)""", page))
