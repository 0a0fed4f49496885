"""P3.2: what is kept of a member serves the services that have a name, the member's orders, their rights.

Without a consent of its own nothing else touches it, however long it is kept and whoever asks; but
for a court's or an authority's demand, which has a promise of its own (P4.10).
"""

from tests.cast.policies import GROWN_UP, packaged_policy, permitted, questions
from yaksok.policy.decide import Refusal, decide
from yaksok.policy.vocabulary import Action, EndEvent, Item, Purpose

ORDERS = {Purpose.ORDER, Purpose.DELIVERY}
"""What a member orders is delivered from what they gave for it."""

BY_LAW = {Purpose.LEGAL_DEMAND}
"""What no promise of the mall can refuse; two persons see to it."""


def serving() -> set[Purpose]:
    """Purposes of the services that the document names, of orders, and of the person's rights."""
    services = packaged_policy().document.body.services.values()
    return {service.purpose for service in services} | ORDERS | {Purpose.RIGHTS} | BY_LAW


def kept_for_members() -> set[str]:
    """Kinds of records that live as long as the membership, and were not agreed to apart."""
    policy = packaged_policy()
    return {
        kind
        for kind, rule in policy.retention.items()
        if rule.event is EndEvent.MEMBERSHIP_ENDED
        and policy.document.body.records[kind].consent is None
    }


def test_there_is_something_to_serve():
    assert {"membership", "address_book"} <= kept_for_members()
    assert {Purpose.MEMBER_SERVICE, Purpose.RESTOCK_NOTICE} <= serving()


def test_no_other_purpose_touches_it_unless_the_person_agreed_to_that_apart():
    policy, kept, served, refused = packaged_policy(), kept_for_members(), serving(), 0
    for request in questions(
        [frozenset({item}) for item in (Item.EMAIL, Item.PHONE, Item.ADDRESS)]
    ):
        if request.action is Action.ERASE:
            continue
        if request.kind in kept and request.purpose not in served:
            assert isinstance(decide(policy, request, GROWN_UP), Refusal), request
            refused += 1
    assert refused > 1_000


def test_each_use_that_is_permitted_is_one_that_the_record_declares():
    policy, kept = packaged_policy(), kept_for_members()
    uses = [
        request
        for request in permitted(policy)
        if request.kind in kept and request.action is not Action.ERASE
    ]
    assert uses
    assert all(request.purpose in policy.purposes[request.kind] for request in uses)
