"""P1.11: after withdrawal the mall does not take the item any more, whatever is sent."""

import pytest

from tests.cast import people
from tests.surfaces.visits import browser_of
from yaksok.journeys import check_out, consents, correct
from yaksok.kernel.errors import Undeclared
from yaksok.policy.vocabulary import Item, Language, RecordKind

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


def withdrawn() -> people.Member:
    member = people.member().agrees("prefill")
    given = {"name": member.person.name, "phone": member.person.phone}
    assert correct.correct(member.actor, given, stepped_up=True, language=KOREAN).changed
    consents.withdraw(member.actor, "prefill", language=KOREAN)
    return member


def asked(member: people.Member) -> set[Item]:
    fields = correct.asked(member.actor).fields
    return {one.item for one in fields if one.kind is RecordKind.MEMBERSHIP}


def test_the_form_does_not_ask_it_any_more() -> None:
    assert asked(people.member().agrees("prefill")) >= {Item.NAME, Item.PHONE}
    assert not asked(withdrawn()) & {Item.NAME, Item.PHONE}


def test_sent_all_the_same_it_is_not_taken() -> None:
    member = withdrawn()
    for name, value in (("name", "새이름"), ("phone", "010-1234-5678")):
        with pytest.raises(Undeclared):
            correct.correct(member.actor, {name: value}, stepped_up=True, language=KOREAN)
    answer = browser_of(member, stepped_up=True).send("/my/correct", name="새이름")
    assert answer.status_code == 400
    assert set(correct.begin(member.actor, stepped_up=True)) == {"email"}


def test_no_order_form_is_filled_in_by_it() -> None:
    assert "payer_name" not in check_out._prefill(withdrawn().actor)
