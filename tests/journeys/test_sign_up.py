"""Becoming a member: told before, asked for the least, and a child is asked for nothing."""

import pytest
from django.db import connection

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.journeys import log_in, sign_up
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, Throttled, Undeclared
from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN
TABLES = ("vault_record", "consent_event", "accounts_credential", "accounts_session")


def rows() -> dict[str, int]:
    found = {}
    with keeper(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            (found[table],) = cursor.fetchone()
    return found


def test_it_seals_what_the_form_asks_and_nothing_else() -> None:
    who = people.person()
    subject = people.signs_up(who)
    with keeper():
        (held,) = gate.holdings(subject)
        opened = gate.open_items(
            subject,
            [Item.LOGIN_ID, Item.EMAIL, Item.AGE_CLASS, Item.NAME, Item.PHONE],
            kind=RecordKind.MEMBERSHIP,
            purpose=Purpose.RIGHTS,
            actor=Actor.member(subject),
        )
    assert held.kind is RecordKind.MEMBERSHIP
    assert {item: value.reveal() for item, value in opened.items()} == {
        Item.LOGIN_ID: who.login_id,
        Item.EMAIL: who.email,
        Item.AGE_CLASS: AgeClass.ADULT,
    }


def test_it_keeps_a_receipt_of_what_was_told_and_answered() -> None:
    subject = people.signs_up(people.person())
    with keeper():
        (receipt,) = ledger.receipts(subject)
        facts = ledger.standing(subject)
    assert receipt.notice == sign_up.begin(KOREAN).notice.hash
    assert receipt.given == ("age_attested", "terms")
    assert facts.age is AgeClass.ADULT


def test_a_notice_that_was_not_shown_is_no_notice() -> None:
    before = rows()
    with pytest.raises(Invalid) as refused:
        sign_up.sign_up(people.joining(people.person()), notice="0" * 64, language=KOREAN)
    assert "" in refused.value.problems
    assert rows() == before


def test_an_undeclared_field_is_refused_and_stored_nowhere() -> None:
    before = rows()
    with pytest.raises(Undeclared):
        people.signs_up(people.person(), birthday="2001-02-03")
    assert rows() == before


@pytest.mark.parametrize("box", ["age_attested", "terms"])
def test_a_box_that_is_not_ticked_stops_it(box: str) -> None:
    before = rows()
    with pytest.raises(Invalid) as refused:
        people.signs_up(people.person(), **{box: ""})
    assert list(refused.value.problems) == [box]
    assert rows() == before


def test_a_child_is_told_in_plain_words_and_asked_for_nothing() -> None:
    before = rows()
    for language in Language:
        assert all(sentence.strip() for sentence in sign_up.under14(language))
    assert rows() == before


def test_a_taken_id_is_said_so_that_another_can_be_chosen() -> None:
    first = people.person()
    people.signs_up(first)
    with pytest.raises(Invalid) as refused:
        people.signs_up(people.person(), login_id=first.login_id)
    assert list(refused.value.problems) == ["login_id"]


def test_a_known_email_opens_no_second_account_whatever_its_case() -> None:
    first = people.person()
    people.signs_up(first)
    before = rows()
    with pytest.raises(Invalid) as refused:
        people.signs_up(people.person(), email=first.email.upper())
    assert list(refused.value.problems) == [""]
    assert rows() == before


def test_asking_around_whose_email_is_known_is_stopped() -> None:
    first = people.person()
    people.signs_up(first)
    for _ in range(sign_up.TAKEN_LIMIT):
        with pytest.raises(Invalid):
            people.signs_up(people.person(), email=first.email)
    with pytest.raises(Throttled):
        people.signs_up(people.person(), email=first.email)


def test_a_new_member_can_log_in() -> None:
    member = people.member()
    facts = log_in.session(member.logs_in())
    assert facts
    assert facts.actor == Actor.member(member.subject)


def test_somebody_faster_by_a_moment_gets_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    first = people.person()
    people.signs_up(first)
    monkeypatch.setattr(sign_up, "_taken", lambda _: {})
    before = rows()
    with pytest.raises(Invalid) as refused:
        people.signs_up(people.person(), email=first.email)
    assert list(refused.value.problems) == [""]
    assert rows() == before
