"""P9.3: a guardian sees everything that is held of the child; nobody else by the same way."""

import pytest

from tests.cast import people
from tests.cast.children import KO, family, secret
from tests.cast.policies import PERSON, SOMEBODY_ELSE, packaged_policy, permitted
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import guardian_portal, log_in, tell
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.policy.decide import Facts, Permit, Refusal, Request, decide
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

HELD_OF_A_CHILD = (RecordKind.CHILDHOOD, RecordKind.MEMBERSHIP)


def test_every_item_of_the_child_is_shown_in_plain() -> None:
    home = family()
    log_in.log_in(home.login_id, home.password, language=KO, address_key="198.51.100.23")
    seen = guardian_portal.view(home.opens(), KO)
    shown = {one.kind: {i.item: i for i in one.items} for one in seen.child}
    with keeper():
        held = gate.holdings(home.child)
    assert {one.kind for one in held} == shown.keys() >= set(HELD_OF_A_CHILD)
    for one in held:
        with keeper():
            given = gate.given([(home.child, one.record)], kind=one.kind)
        for item in given[home.child, one.record]:
            assert shown[one.kind][item].given
            assert shown[one.kind][item].value
            assert "*" not in shown[one.kind][item].value
    assert shown[RecordKind.MEMBERSHIP][Item.LOGIN_ID].value == home.login_id


def test_a_stop_of_their_own_data_does_not_close_it(mail_sandbox: Sandbox) -> None:
    home = family()
    guardian_portal.stop(home.opens(), language=KO)
    tell.send_due()
    guardian_portal.send_link(home.asked.number, address_key=people.mark())
    token = secret(Template.GUARDIAN_PORTAL)
    assert tell.send_due().sent == 1
    seen = guardian_portal.view(guardian_portal.enter(token), KO)
    assert seen.stopped
    assert {one.kind for one in seen.child} >= set(HELD_OF_A_CHILD)


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
