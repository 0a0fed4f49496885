"""Correcting: at once, by the form of the policy, only by the person, and told to whoever has it."""

import pytest

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.journeys import correct, log_in, my_page
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, Refused, Throttled, Undeclared
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.disclosure import handover
from yaksok.privacy.rights import register
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


def corrects(member: people.Member, **posted: str) -> correct.Correction:
    if {"name", "phone"} & posted.keys():
        member.agrees("prefill")
    return correct.correct(member.actor, posted, stepped_up=True, language=KOREAN)


def held(member: people.Member) -> dict[str, str]:
    return correct.begin(member.actor, stepped_up=True)


def test_it_changes_what_is_held_at_once() -> None:
    member, other = people.member(), people.person()
    done = corrects(member, email=other.email, name=other.name, phone=other.phone)
    assert held(member) == {"email": other.email, "name": other.name, "phone": other.phone}
    assert {item for _, item in done.changed} == {Item.EMAIL, Item.NAME, Item.PHONE}


def test_a_field_that_is_not_posted_stays() -> None:
    member, other = people.member(), people.person()
    corrects(member, name=other.name)
    corrects(member, phone=other.phone)
    assert held(member) == {
        "email": member.person.email,
        "name": other.name,
        "phone": other.phone,
    }


def test_an_optional_item_can_be_taken_away() -> None:
    member = people.member()
    corrects(member, name=member.person.name)
    done = corrects(member, name="")
    assert held(member) == {"email": member.person.email}
    assert done.changed == ((RecordKind.MEMBERSHIP, Item.NAME),)


def test_nobody_asks_around_whose_an_address_is() -> None:
    member, other = people.member(), people.member()
    for _ in range(correct.EMAIL_LIMIT):
        with pytest.raises(Invalid):
            corrects(member, email=other.person.email)
    with pytest.raises(Throttled):
        corrects(member, email=other.person.email)
    with pytest.raises(Throttled):
        corrects(member, email=people.person().email)
    corrects(member, name=other.person.name)


def test_a_required_item_cannot_be_taken_away() -> None:
    member = people.member()
    with pytest.raises(Invalid) as refused:
        corrects(member, email="")
    assert list(refused.value.problems) == ["email"]


def test_an_address_book_begins_with_a_receipt_of_its_own() -> None:
    member = people.member()
    who = member.person
    book = {
        "book_name": who.name,
        "book_phone": who.phone,
        "book_postcode": who.postcode,
        "book_address": who.address,
    }
    corrects(member, **book)
    assert held(member) == {"email": who.email, **book}
    assert len(my_page.view(member.actor, stepped_up=False, language=KOREAN).receipts) == 2
    corrects(member, book_postcode="04524")
    assert held(member)["book_postcode"] == "04524"
    with keeper():
        kinds = [one.kind for one in gate.holdings(member.subject)]
    assert kinds == [RecordKind.MEMBERSHIP, RecordKind.ADDRESS_BOOK]


def test_the_new_address_is_the_one_that_is_found() -> None:
    member, other = people.member(), people.person()
    old = member.person.email
    corrects(member, email=other.email)
    with keeper():
        for value, found in ((old, None), (other.email, member.subject)):
            name = gate.find(
                RecordKind.MEMBERSHIP,
                Item.EMAIL,
                value,
                purpose=Purpose.MEMBER_SERVICE,
                actor=Actor.visitor(),
            )
            assert (name[0] if name else None) == found


def test_somebody_elses_email_cannot_be_taken() -> None:
    member, stranger = people.member(), people.stranger()
    with pytest.raises(Invalid) as refused:
        corrects(member, email=stranger.person.email, name="새이름")
    assert list(refused.value.problems) == ["email"]
    assert held(member) == {"email": member.person.email}


@pytest.mark.parametrize("field", ["login_id", "age_class", "grade", "payer_name"])
def test_what_the_form_does_not_have_is_refused(field: str) -> None:
    member = people.member()
    with pytest.raises(Undeclared):
        corrects(member, **{field: "x"})


def test_without_the_password_nothing_is_shown_or_changed() -> None:
    member = people.member()
    with pytest.raises(Refused) as refused:
        correct.correct(member.actor, {"name": "새이름"}, stepped_up=False, language=KOREAN)
    assert refused.value.promise == "P8.5"
    with pytest.raises(Refused):
        correct.begin(member.actor, stepped_up=False)
    assert held(member) == {"email": member.person.email}


def test_the_register_has_a_line_with_deadline_and_outcome(standing_clock: FixedClock) -> None:
    member = people.member()
    corrects(member, name=member.person.name)
    corrects(member, name=member.person.name)
    with keeper():
        second, first = register.of(member.subject)
    assert (first.kind, first.outcome) == (register.Kind.CORRECT, register.Outcome.DONE)
    assert second.outcome == register.Outcome.NOTHING_TO_CHANGE
    assert first.answered_at == first.received_at == standing_clock()
    assert first.due_at.isoformat() == "2026-03-12T15:00:00+00:00", "ten days, the last one whole"


def test_past_recipients_of_the_record_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    member = people.member()
    told = []

    def note(subject: object, record: object, *, actor: object) -> int:
        told.append((subject, record, actor))
        return 2

    monkeypatch.setattr(handover, "correct", note)
    done = corrects(member, name=member.person.name)
    with keeper():
        (one,) = gate.holdings(member.subject)
    assert told == [(member.subject, one.record, member.actor)]
    assert done.told == 2


def test_the_member_stays_logged_in() -> None:
    member = people.member()
    key = member.logs_in(stepped_up=True)
    corrects(member, name=member.person.name)
    assert log_in.session(key)
