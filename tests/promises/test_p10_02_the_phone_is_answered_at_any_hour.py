"""P10.2: "free of charge, at any hour" is said only while the number is free and the roster has no gap."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.journeys.test_roster import around_the_clock
from yaksok.evidence import proven, s10_contact
from yaksok.evidence.outcome import State
from yaksok.journeys import phone_desk, registers
from yaksok.kernel.clock import FixedClock
from yaksok.policy import text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Language, Register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_afresh() -> None:
    proven.forget()


def state_of(promise: str) -> str:
    """How the policy page says it now."""
    page = text.page(policy(), Language.KOREAN, proven.proven())
    (found,) = (one for part in page.sections for one in part.sentences if one.id == promise)
    return found.state


def test_without_a_roster_the_page_says_that_it_is_not_met() -> None:
    assert Register.ROSTER not in registers.proven()
    assert state_of("P10.2") == "unmet"
    assert s10_contact.p10_02_the_phone_is_answered_at_any_hour().state is State.NOT_MET


def test_with_one_hour_empty_it_still_says_so(standing_clock: FixedClock) -> None:
    around_the_clock(people.clerk(), people.clerk(), days=range(-7, 6))
    assert state_of("P10.2") == "unmet"


def test_with_somebody_in_every_hour_it_holds_and_no_longer(standing_clock: FixedClock) -> None:
    around_the_clock(people.clerk(), people.clerk())
    assert state_of("P10.2") != "unmet"
    assert state_of("P7.11") == "unmet"  # who answers the phone watches no machine
    found = s10_contact.p10_02_the_phone_is_answered_at_any_hour()
    assert (found.state, str(found.figure)) == (State.ATTESTED, "336/336 h")
    standing_clock.move(timedelta(days=2))
    proven.forget()
    assert state_of("P10.2") == "unmet"


def test_the_number_is_free_of_charge() -> None:
    assert policy().document.body.mall.complaints_phone.startswith(registers.FREE)


def test_a_call_becomes_a_ticket() -> None:
    clerk = people.clerk().actor
    assert {way.value for way, _ in phone_desk.begin(clerk, Language.KOREAN).ways} == {
        "fax",
        "mail",
        "phone",
        "post",
    }
