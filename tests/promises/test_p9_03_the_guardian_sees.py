"""P9.3: a guardian sees everything that is held of the child; nobody else by the same way."""

import pytest

from tests.cast import people
from tests.cast.children import KO, family
from tests.cast.policies import PERSON, SOMEBODY_ELSE, packaged_policy, permitted
from yaksok.database.roles import keeper
from yaksok.journeys import guardian_portal
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.policy.decide import Facts, Permit, Refusal, Request, decide
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

HELD_OF_A_CHILD = (RecordKind.CHILDHOOD, RecordKind.MEMBERSHIP)


def test_every_item_of_the_child_is_shown_in_plain() -> None:
    home = family()
    seen = guardian_portal.view(home.opens(), KO)
    shown = {one.kind: {i.item: i for i in one.items} for one in seen.child}
    for kind in HELD_OF_A_CHILD:
        with keeper():
            (held,) = [one for one in gate.holdings(home.child) if one.kind is kind]
            given = gate.given([(home.child, held.record)], kind=kind)
        for item in given[home.child, held.record]:
            assert shown[kind][item].given
            assert "*" not in shown[kind][item].value
    assert shown[RecordKind.MEMBERSHIP][Item.LOGIN_ID].value == home.login_id


def test_only_the_proven_guardian_opens_it() -> None:
    home, other = family(), family()
    strangers = (
        Actor.guardian(other.asked.guardian),
        Actor.guardian(home.child),
        Actor(Role.GUARDIAN),
        *people.everybody_but_the_person(),
    )
    for actor in strangers:
        with keeper(), pytest.raises(Refused):
            gate.open_items(
                home.child,
                [Item.LOGIN_ID],
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.RIGHTS,
                actor=actor,
            )


def test_of_a_grown_up_no_guardian_sees_anything() -> None:
    grown = Facts(AgeClass.ADULT, frozenset(), frozenset())
    assert not [
        request
        for request in permitted(packaged_policy(), grown)
        if request.actor.role is Role.GUARDIAN and request.kind in HELD_OF_A_CHILD
    ]


@pytest.mark.parametrize("kind", HELD_OF_A_CHILD)
def test_the_answer_names_this_promise(kind: RecordKind) -> None:
    item = Item.BIRTH_MONTH if kind is RecordKind.CHILDHOOD else Item.LOGIN_ID
    asked = Request(
        Action.OPEN,
        kind,
        frozenset({item}),
        Purpose.RIGHTS,
        Actor.guardian(SOMEBODY_ELSE),
        PERSON,
    )
    mine = Facts(AgeClass.CHILD, frozenset(), frozenset(), guardian=SOMEBODY_ELSE)
    assert decide(packaged_policy(), asked, mine) == Permit("P9.3")
    refused = decide(packaged_policy(), asked, Facts(AgeClass.CHILD, frozenset(), frozenset()))
    assert isinstance(refused, Refusal)
    assert refused.promise == "P9.3"
