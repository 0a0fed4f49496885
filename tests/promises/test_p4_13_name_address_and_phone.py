"""P4.13: the courier is told name, address and phone, nothing else."""

from tests.cast.policies import GROWN_UP, PERSON, packaged_policy, permitted
from yaksok.kernel.actor import Actor
from yaksok.policy.decide import Permit, Refusal, Request, decide
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind

THREE = frozenset({Item.NAME, Item.ADDRESS, Item.PHONE})


def ask(items: frozenset[Item], kind: RecordKind = RecordKind.ORDER_RECIPIENT) -> Permit | Refusal:
    request = Request(
        Action.DISCLOSE, kind, items, Purpose.DELIVERY, Actor.system("dispatch"), PERSON, "courier"
    )
    return decide(packaged_policy(), request, GROWN_UP)


def test_the_three_go_in_one_call():
    assert ask(THREE) == Permit("P4.13")
    assert ask(THREE | {Item.POSTCODE}) == Permit("P4.13")  # a part of the address


def test_a_fourth_item_stops_them_all():
    for item in set(Item) - THREE - {Item.POSTCODE}:
        assert isinstance(ask(THREE | {item}), Refusal)


def test_only_recipients_of_orders_are_told():
    told = {
        (request.kind, item)
        for request in permitted(packaged_policy())
        if request.recipient == "courier"
        for item in request.items
    }
    assert told == {(RecordKind.ORDER_RECIPIENT, item) for item in THREE | {Item.POSTCODE}}
