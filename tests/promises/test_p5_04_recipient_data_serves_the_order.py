"""P5.4: the recipient's data is used for delivery of the order only."""

from tests.cast.policies import promises_against, uses
from yaksok.kernel.actor import Role
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind

OF_THE_PERSON_OR_THE_LAW = {Purpose.LEGAL_DEMAND, Purpose.RIGHTS, Purpose.STATUTORY_RECORD}
KIND = RecordKind.ORDER_RECIPIENT


def test_it_is_used_for_the_order_and_for_nothing_else():
    used = {request.purpose for request in uses(KIND)}
    assert used - OF_THE_PERSON_OR_THE_LAW == {Purpose.ORDER, Purpose.DELIVERY}


def test_nobody_but_the_person_uses_it_under_their_rights():
    asked = [one for one in uses(KIND) if one.purpose is Purpose.RIGHTS]
    assert {one.actor.role for one in asked} == {
        Role.GUEST,
        Role.MEMBER,
        Role.RECIPIENT,
        Role.SYSTEM,
    }
    by_the_mall = {(one.action, *one.items) for one in asked if one.actor.role is Role.SYSTEM}
    assert by_the_mall == {(Action.OPEN, Item.PHONE)}, "to know by its last digits who asks"


def test_a_service_for_members_cannot_use_it():
    assert promises_against(KIND, Purpose.MEMBER_SERVICE) == {"P5.4"}
