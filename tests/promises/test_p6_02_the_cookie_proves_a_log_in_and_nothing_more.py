"""P6.2: the cookie comes with a log-in and with nothing else, and is a random number."""

import pytest

from tests.cast import people
from tests.surfaces.visits import Visitor, cookie_of
from yaksok.web.session import cookie

pytestmark = pytest.mark.django_db

PUBLIC = ("/", "/sign-up", "/log-in", "/certificate/verify", "/console/log-in")
KEY_SYMBOLS = 43
OK = 200


def enters(who: people.Member, password: str) -> object:
    answer = Visitor().send("/log-in", login_id=who.person.login_id, password=password)
    return answer.cookies.get(cookie())


def test_no_page_sets_one_for_a_visitor() -> None:
    for path in PUBLIC:
        answer = Visitor().get(path)
        assert answer.status_code == OK, path
        assert not answer.cookies, path


def test_only_a_log_in_that_succeeds_sets_it() -> None:
    member = people.member()
    assert enters(member, "wrong") is None
    assert enters(member, member.person.password) is not None


def test_it_holds_random_bits_and_no_date() -> None:
    member = people.member()
    answers = [
        Visitor().send("/log-in", login_id=member.person.login_id, password=member.person.password)
        for _ in range(2)
    ]
    first, second = (cookie_of(answer) for answer in answers)
    assert first.value != second.value
    assert len(first.value) == KEY_SYMBOLS
    assert member.subject.hex not in first.value
    assert not first["expires"]
    assert not first["max-age"]
