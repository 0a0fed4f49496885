"""A child or a guardian uses a right of their own, and the guardian's say, and everybody else, goes on."""

from datetime import timedelta

import pytest

from tests.cast.children import KO, family
from tests.cast.requests import HERE, link_of_subject
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.journeys.test_guardian_orders import orders, wished
from yaksok.database.roles import keeper
from yaksok.journeys import (
    coming_of_age,
    guardian_portal,
    rights_guest,
    rights_proof,
    rights_stop,
)
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.policy.vocabulary import Purpose, RecordKind
from yaksok.privacy.guardians import wards
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_child_who_stops_the_use_of_their_data_holds_nobody_else_up(
    standing_clock: FixedClock,
) -> None:
    stopped, other = family(), family()
    rights_stop.stop(stopped.actor, stepped_up=True, language=KO)
    standing_clock.move(timedelta(days=1000))
    assert coming_of_age.look().grown == 1
    with keeper():
        own, its = wards.of(other.child), wards.of(stopped.child)
    assert own is not None
    assert own.of_age_at is not None
    assert its is not None
    assert its.of_age_at is None, "nothing of theirs is used while it is stopped"
    rights_stop.resume(stopped.actor, stepped_up=True, language=KO)
    standing_clock.move(timedelta(days=31))
    assert coming_of_age.look().grown == 1


def test_a_guardian_who_erases_an_order_stays_the_guardian(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    home = family()
    placed = orders(home, wished(shelves, home))
    guardian = home.asked.guardian
    rights_guest.send_link(placed.order_number, address_key=HERE, language=KO)
    rights_guest.erase(rights_guest.by_link(link_of_subject(guardian), KO), language=KO)
    assert home.asked.confirmed
    guardian_portal.withdraw(home.opens(), language=KO)
    with keeper():
        assert gate.holdings(home.child) == ()
        assert RecordKind.GUARDIAN not in {one.kind for one in gate.holdings(guardian)}


def test_a_guardian_who_stopped_the_use_of_their_data_withdraws_all_the_same(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    home = family()
    placed = orders(home, wished(shelves, home))
    rights_guest.send_link(placed.order_number, address_key=HERE, language=KO)
    note = rights_guest.by_link(link_of_subject(home.asked.guardian), KO)
    key = home.opens()
    rights_stop.stop(rights_proof.read(note, KO).actor, stepped_up=True, language=KO)
    guardian_portal.withdraw(key, language=KO)
    with keeper():
        assert gate.holdings(home.child) == ()


def test_a_guardian_who_stopped_the_use_of_their_data_holds_no_hand_over_up(
    shelves: Shop, payment_sandbox: Sandbox, standing_clock: FixedClock
) -> None:
    home = family()
    orders(home, wished(shelves, home))
    rights_stop.stop(Actor.guest(home.asked.guardian), stepped_up=True, language=KO)
    standing_clock.move(timedelta(days=1000))
    assert coming_of_age.look().grown == 1


def test_a_child_whose_month_of_birth_is_lost_holds_nobody_else_up(
    standing_clock: FixedClock,
) -> None:
    lost, other = family(), family()
    with keeper():
        born = [o.record for o in gate.holdings(lost.child) if o.kind is RecordKind.CHILDHOOD]
        gate.erase(
            lost.child,
            actor=Actor.system("guardianship"),
            purpose=Purpose.GUARDIAN_CONSENT,
            reason="asked",
            only=born,
        )
    standing_clock.move(timedelta(days=1000))
    assert coming_of_age.look().grown == 1
    with keeper():
        ward = wards.of(other.child)
    assert ward is not None
    assert ward.of_age_at is not None
