"""P10.3: by 1:1 mail anybody asks, and nobody but the asker reads the answer."""

import pytest

from tests.cast import people
from tests.cast.asking import WORDS, answers, asks
from tests.cast.shoppers import rows
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.evidence import s10_contact
from yaksok.evidence.outcome import State
from yaksok.journeys import inquiries
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db
ANSWER = "이름표를 손바닥 반만 하게 줄였습니다."


def test_number_and_secret_together_open_it_and_neither_alone() -> None:
    received, other = asks(), asks()
    answers(people.clerk().actor, received.ticket, ANSWER)
    seen = inquiries.look_up(received.number, received.secret, address_key="a")
    assert ANSWER in seen.answer
    for secret in (other.secret, "", "0000-0000-0000"):
        with pytest.raises(Invalid):
            inquiries.look_up(received.number, secret, address_key="b")


def test_another_member_finds_nothing() -> None:
    one, other = people.member(), people.stranger()
    received = asks(one.actor)
    answers(people.clerk().actor, received.ticket, ANSWER)
    assert ANSWER in browser_of(one).text(f"/my/inquiries/{received.ticket}")
    path = f"/my/inquiries/{received.ticket}"
    assert browser_of(other).get(path).status_code == 404
    assert Visitor().get(path).status_code == 302
    assert received.number not in browser_of(other).text("/my/inquiries")


def test_nobody_else_opens_it_by_the_gate_either() -> None:
    one = people.member()
    asks(one.actor)
    for actor in people.everybody_but_the_person():
        if actor.trained and actor.role.value in {"clerk", "officer"}:
            continue
        with keeper(), pytest.raises((Refused, NotFound)):
            gate.open_items(
                one.subject,
                [Item.BODY],
                kind=RecordKind.INQUIRY,
                purpose=Purpose.COMPLAINT,
                actor=actor,
            )


def test_no_page_and_no_search_shows_a_word_of_it() -> None:
    received = asks()
    answers(people.clerk().actor, received.ticket, ANSWER)
    for path in ("/", "/notices", "/search?q=이름표", "/policy", "/ask", "/ask/look-up"):
        page = Visitor().text(path)
        assert WORDS not in page, path
        assert ANSWER not in page, path
    with keeper():
        assert rows(
            "SELECT has_table_privilege('yaksok_storefront', 'mall.desk_ticket', 'SELECT')"
        ) == [(False,)]


def test_the_pages_are_kept_from_engines_and_caches() -> None:
    received = asks()
    answer = Visitor().send("/ask/look-up", number=received.number, secret=received.secret)
    assert 'name="robots" content="noindex"' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_evidence_says_so_once_staff_answer() -> None:
    assert s10_contact.p10_03_only_the_asker_reads_the_answer().state is State.NOT_MET
    answers(people.clerk().actor, asks().ticket, ANSWER)
    assert s10_contact.p10_03_only_the_asker_reads_the_answer().state is State.KEPT
