"""The page says whom advertising would reach, and notices when it is somebody it must not reach."""

import pytest

from tests.cast.orders import ordered, turns_out
from tests.cast.subscribers import CALL, EMAIL, sends, wants, words
from yaksok.database.roles import keeper
from yaksok.evidence import s09_advertising as looked
from yaksok.evidence.outcome import State
from yaksok.journeys import call_desk
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import new_subject_id
from yaksok.policy.vocabulary import AgeClass, Channel, Language
from yaksok.privacy.consent import channels, ledger

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("standing_clock"),
]


def test_advertising_to_a_child_is_noticed() -> None:
    member = wants(EMAIL)
    sends()
    assert looked.p9_07_no_advertisement_waits_for_a_child().state is State.KEPT
    with keeper():
        turns_out(member.subject, AgeClass.UNKNOWN)
    assert looked.p9_07_no_advertisement_waits_for_a_child().state is State.NOT_MET


def test_calling_a_child_is_noticed() -> None:
    member = wants(CALL)
    caller = Actor(Role.CLERK, new_subject_id(), trained=True)
    call_desk.next_number(sends(words(Channel.PHONE)), actor=caller)
    assert looked.p9_07_no_advertisement_waits_for_a_child().state is State.KEPT
    with keeper():
        turns_out(member.subject, AgeClass.CHILD)
    assert looked.p9_07_no_advertisement_waits_for_a_child().state is State.NOT_MET


def test_a_guest_in_a_list_is_noticed() -> None:
    wants(EMAIL)
    assert looked.p5_05_no_guest_is_in_a_list_of_advertising().state is State.KEPT
    guest = ordered().now()
    with keeper():
        ledger.receive(
            guest.subject,
            given={EMAIL: True},
            notice="0" * 64,
            policy_version="2026-11-24",
            language=Language.KOREAN,
        )
        channels.reach(guest.subject, EMAIL, guest.payer_record, proved=True)
    assert looked.p5_05_no_guest_is_in_a_list_of_advertising().state is State.NOT_MET
