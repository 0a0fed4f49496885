"""A consent is given and taken back in one act, and what only it justified goes with it."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.people import Member
from tests.journeys.test_publish import MALL, WIDER, following
from yaksok.database.roles import keeper
from yaksok.journeys import consents, correct, publish
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused, Undeclared
from yaksok.policy import in_force
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN
PREFILL = "prefill"


def gives_their_name(member: Member) -> None:
    """The member agrees to the pre-filled form, and gives name and phone for it."""
    consents.give(member.actor, PREFILL, language=KOREAN)
    values = {"name": member.person.name, "phone": member.person.phone}
    correct.correct(member.actor, values, stepped_up=True, language=KOREAN)


def held(member: Member) -> dict[str, str]:
    return correct.begin(member.actor, stepped_up=True)


def test_an_item_that_is_asked_apart_is_not_asked_before_the_yes() -> None:
    member = people.member()
    assert not {"name", "phone"} & {f.name for f in correct.asked(member.actor).fields}
    with pytest.raises(Undeclared):
        correct.correct(member.actor, {"name": "새이름"}, stepped_up=True, language=KOREAN)
    gives_their_name(member)
    assert held(member)["name"] == member.person.name


def test_withdrawing_deletes_what_only_it_justified_and_nothing_else() -> None:
    member, other = people.member(), people.stranger()
    gives_their_name(member)
    gives_their_name(other)
    gone = consents.withdraw(member.actor, PREFILL, language=KOREAN)
    assert set(gone.items) == {Item.NAME, Item.PHONE}
    assert gone.unreadable_by is not None
    assert gone.unreadable_by > clock.now()
    assert held(member) == {"email": member.person.email}
    assert held(other)["name"] == other.person.name


def test_after_withdrawing_the_item_is_not_taken_any_more() -> None:
    member = people.member()
    gives_their_name(member)
    consents.withdraw(member.actor, PREFILL, language=KOREAN)
    assert "name" not in {f.name for f in correct.asked(member.actor).fields}
    with pytest.raises(Undeclared):
        correct.correct(member.actor, {"name": "새이름"}, stepped_up=True, language=KOREAN)
    with keeper(), pytest.raises(Refused) as refused:
        gate.amend(
            member.subject,
            RecordKind.MEMBERSHIP,
            {Item.NAME: "새이름"},
            purpose=Purpose.RIGHTS,
            actor=member.actor,
        )
    assert refused.value.promise == "P2.12"


def test_a_consent_can_be_given_again() -> None:
    member = people.member()
    for _ in range(2):
        gives_their_name(member)
        consents.withdraw(member.actor, PREFILL, language=KOREAN)
    gives_their_name(member)
    assert held(member)["phone"] == member.person.phone


def test_withdrawing_what_was_never_given_deletes_nothing() -> None:
    member = people.member()
    gone = consents.withdraw(member.actor, PREFILL, language=KOREAN)
    assert gone.items == ()
    assert gone.unreadable_by is None
    assert held(member) == {"email": member.person.email}


def test_each_answer_leaves_a_receipt() -> None:
    member = people.member()
    gives_their_name(member)
    consents.withdraw(member.actor, PREFILL, language=KOREAN)
    with keeper():
        last, before = ledger.receipts(member.subject)[:2]
    assert (last.withheld, last.given) == ((PREFILL,), ())
    assert (before.withheld, before.given) == ((), (PREFILL,))
    assert len(last.notice) == 64
    shown = consents.view(member.actor, KOREAN)
    (one,) = (c for c in shown.consents if c.name == PREFILL)
    assert not one.stands
    assert one.at == last.at
    assert one.items


def test_what_nobody_asks_cannot_be_given() -> None:
    member = people.member()
    for act in (consents.give, consents.withdraw):
        with pytest.raises(NotFound):
            act(member.actor, "advertising", language=KOREAN)
    with pytest.raises(NotFound):
        consents.view(Actor.visitor(), KOREAN)


def test_a_change_is_answered_point_by_point(standing_clock: clock.FixedClock) -> None:
    member = people.member()
    first = publish.found(MALL)
    done = publish.publish(following(40, *WIDER), base=first, actor=MALL)
    shown = consents.view(member.actor, KOREAN)
    assert shown.pending == len(done.points) == 2
    assert all("이메일" in one.text for one in shown.questions)
    yes, no = done.points
    consents.answer(member.actor, done.number, {yes: True}, language=KOREAN)
    assert consents.pending(member.actor) == 1
    consents.answer(member.actor, done.number, {no: False}, language=KOREAN)
    assert consents.pending(member.actor) == 0
    with keeper():
        facts = ledger.standing(member.subject)
    assert yes in facts.consents
    assert no in facts.refusals
    consents.answer(member.actor, done.number, {yes: False, no: True}, language=KOREAN)
    with keeper():
        facts = ledger.standing(member.subject)
    assert (yes in facts.consents, no in facts.consents) == (False, True)
    assert (yes in facts.refusals, no in facts.refusals) == (True, False)


def test_a_question_of_another_member_cannot_be_answered(
    standing_clock: clock.FixedClock,
) -> None:
    people.member()
    first = publish.found(MALL)
    done = publish.publish(following(40, *WIDER), base=first, actor=MALL)
    standing_clock.move(timedelta(days=41))
    with keeper():
        assert in_force.number() == done.number
    late = people.stranger()
    with pytest.raises(NotFound):
        consents.answer(late.actor, done.number, {done.points[0]: True}, language=KOREAN)
    with pytest.raises(NotFound):
        consents.answer(late.actor, 99, {done.points[0]: True}, language=KOREAN)
