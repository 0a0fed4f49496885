"""P5.5: what a guest gives serves nothing but the order."""

import pytest
from django.test import Client

from tests.cast.orders import ordered
from tests.cast.policies import ORDER_OF_A_GUEST, packaged_policy, permitted, promises_against
from tests.cast.subscribers import CALL, EMAIL, advertised, sends, stands, wants, words
from yaksok.database.roles import keeper
from yaksok.journeys import call_desk
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import RecordId, SubjectId, new_subject_id
from yaksok.policy.vocabulary import (
    Action,
    AgeClass,
    Channel,
    FormName,
    Item,
    Language,
    Purpose,
    RecordKind,
)
from yaksok.privacy.consent import channels, ledger
from yaksok.privacy.vault import gate

ORDERED_BY_LAW = {Purpose.LEGAL_DEMAND, Purpose.STATUTORY_RECORD}
GUEST_KINDS = {RecordKind.ORDER_EXTRA, RecordKind.ORDER_PAYER, RecordKind.ORDER_RECIPIENT}


def test_no_purpose_beyond_the_order_reaches_it():
    used = {
        request.purpose
        for request in permitted(packaged_policy())
        if request.kind in GUEST_KINDS and request.action is not Action.ERASE
    }
    assert used == {
        Purpose.DELIVERY,
        Purpose.LEGAL_DEMAND,
        Purpose.ORDER,
        Purpose.PAYMENT,
        Purpose.RIGHTS,
        Purpose.STATUTORY_RECORD,
    }


def test_a_purpose_that_exists_elsewhere_does_not_reach_it():
    serving = {Purpose.DELIVERY, Purpose.ORDER, Purpose.PAYMENT, Purpose.RIGHTS}
    for kind in sorted(GUEST_KINDS):
        for purpose in sorted(set(Purpose) - serving - ORDERED_BY_LAW):
            assert promises_against(kind, purpose) <= {"P2.14", "P5.3", "P5.4"}, (kind, purpose)


def test_a_guest_becomes_nothing_else():
    touched = {
        request.kind for request in permitted(packaged_policy()) if request.actor.role is Role.GUEST
    }
    asking = {RecordKind.INQUIRY, RecordKind.RIGHTS_CASE}
    """What somebody writes to ask or to use a right, by themself, and not out of an order."""
    assert touched - asking == GUEST_KINDS


def test_no_form_of_a_guest_asks_about_advertising():
    forms = packaged_policy().forms
    for name in (FormName.CHECKOUT_GUEST, FormName.LOOKUP):
        assert {field.kind for field in forms[name].fields} <= GUEST_KINDS
        assert not [box.name for box in forms[name].boxes if box.name.startswith("ads")]


@pytest.mark.django_db
def test_a_box_that_is_slipped_in_is_refused():
    answer = Client().post("/checkout/place", {**ORDER_OF_A_GUEST, "lines": "", EMAIL: "on"})
    assert answer.status_code == 400


def written_down(guest: SubjectId, name: str) -> ledger.Receipt:
    """A consent of a guest that no page would have taken."""
    return ledger.receive(
        guest,
        given={name: True},
        notice="0" * 64,
        policy_version="2026-11-24",
        language=Language.KOREAN,
        age=AgeClass.ADULT,
    )


def payer_of(guest: SubjectId) -> RecordId:
    """Where the data of the order lies."""
    held = gate.holdings(guest)
    return next(one.record for one in held if one.kind is RecordKind.ORDER_PAYER)


@pytest.mark.django_db
def test_a_guest_is_in_no_audience_even_if_somebody_writes_a_consent_down(standing_clock):
    member, guest = wants(EMAIL), ordered().now().subject
    with keeper():
        receipt = written_down(guest, EMAIL)
        with pytest.raises(Refused):
            gate.seal(
                guest,
                RecordKind.MARKETING_CONTACT,
                {Item.EMAIL: "guest@yaksok.example"},
                purpose=Purpose.ADVERTISING,
                actor=Actor.guest(guest),
                receipt=receipt,
            )
        channels.reach(guest, EMAIL, payer_of(guest), proved=True)  # and points at the order itself
    campaign = sends()
    assert advertised() == [member.subject]
    assert stands(campaign)[1] == 1


@pytest.mark.django_db
def test_a_guest_is_called_by_nobody_even_if_somebody_writes_a_consent_down(standing_clock):
    guest, caller = ordered().now().subject, Actor(Role.CLERK, new_subject_id(), trained=True)
    with keeper():
        written_down(guest, CALL)
        channels.reach(guest, CALL, payer_of(guest), proved=True)
    campaign = sends(words(Channel.PHONE))
    assert call_desk.next_number(campaign, actor=caller) is call_desk.Nobody.THROUGH
    assert stands(campaign)[1] == 0
