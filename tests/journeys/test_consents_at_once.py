"""Agreeing at the very moment of taking back, refusing or leaving: one comes first, and nothing is left of it."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.cast import people
from tests.cast.at_once import at_once
from tests.cast.people import Member
from tests.cast.subscribers import CALL, SMS, proves, wants
from yaksok.database.roles import keeper
from yaksok.journeys import consents, leave, refusals, rights_stop
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.vocabulary import Item, Language, RecordKind
from yaksok.privacy.consent import channels, ledger
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
KO = Language.KOREAN
ROUNDS = 4
"""Each is another draw of who is first."""


def agrees(member: Member, name: str = CALL) -> None:
    item = Item.CALL_PHONE if name == CALL else Item.PHONE
    consents.give(member.actor, name, language=KO, given={item: people.person().phone})


def held_apart(member: Member) -> set[object]:
    """Where addresses for advertising lie of the member."""
    with keeper():
        found = gate.holdings(member.subject)
    return {one.record for one in found if one.kind is RecordKind.MARKETING_CONTACT}


def used(member: Member) -> set[object]:
    """Where they lie as the consents that stand say."""
    with keeper():
        return {one.record for one in channels.of(member.subject) if one.stands and one.record}


def quietly(act: Callable[[], object]) -> Callable[[], bool]:
    """Whether ``act`` was done; it may find that the other came first."""

    def done() -> bool:
        with suppress(Invalid, NotFound):
            act()
            return True
        return False

    return done


@pytest.mark.parametrize("number", range(ROUNDS))
def test_agreeing_and_taking_back(number: int) -> None:
    member = wants(CALL)
    done = at_once(
        [
            quietly(lambda: agrees(member)),
            quietly(lambda: consents.withdraw(member.actor, CALL, language=KO)),
        ]
    )
    assert done == [True, True]
    assert held_apart(member) == used(member)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_agreeing_twice(number: int) -> None:
    member = proves(people.member())
    at_once([quietly(lambda: agrees(member)), quietly(lambda: agrees(member))])
    assert held_apart(member) == used(member)
    assert len(used(member)) == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_agreeing_and_refusing_for_good(number: int) -> None:
    member = proves(people.member())
    at_once(
        [
            quietly(lambda: agrees(member, SMS)),
            quietly(lambda: refusals.refuse(member.actor, BEYOND_SCOPE, stands=True, language=KO)),
        ]
    )
    with keeper():
        facts = ledger.standing(member.subject)
    assert BEYOND_SCOPE in facts.refusals
    assert SMS not in facts.consents
    assert held_apart(member) == set()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_agreeing_and_leaving(number: int) -> None:
    member = wants(SMS)
    at_once(
        [
            quietly(lambda: agrees(member)),
            quietly(lambda: leave.confirm(member.actor, member.person.password, language=KO)),
        ]
    )
    assert held_apart(member) == used(member) == set()
    with keeper():
        assert not ledger.standing(member.subject).consents


@pytest.mark.parametrize(
    "answer",
    [
        agrees,
        lambda member: refusals.refuse(member.actor, BEYOND_SCOPE, stands=True, language=KO),
        lambda member: rights_stop.stop(member.actor, stepped_up=True, language=KO),
    ],
    ids=["agrees", "refuses", "stops"],
)
def test_whoever_left_answers_nothing(answer: Callable[[Member], object]) -> None:
    member = people.member()
    leave.confirm(member.actor, member.person.password, language=KO)
    with keeper():
        before = ledger.receipts(member.subject)
    with pytest.raises(NotFound):
        answer(member)
    with keeper():
        assert ledger.receipts(member.subject) == before
