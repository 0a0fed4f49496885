"""P10.4: each inquiry has its day; what is overdue is shown, and privacy answers are read twice."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.asking import KOREAN, answers, asks, ticket_of
from tests.cast.requests import called
from tests.surfaces.visits import browser_of
from yaksok.evidence import proven, s10_contact
from yaksok.evidence.outcome import State as Found
from yaksok.journeys import answer_inquiry, desk_queue, registers, rights_identity
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Refused
from yaksok.mall.desk.words import State, Topic
from yaksok.policy import text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Register
from yaksok.privacy.rights.words import Check, Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_afresh() -> None:
    proven.forget()


def state_of_the_page() -> str:
    page = text.page(policy(), KOREAN, proven.proven())
    (found,) = (one for part in page.sections for one in part.sentences if one.id == "P10.4")
    return found.state


def test_what_is_overdue_is_shown_to_staff_and_on_the_page(standing_clock: FixedClock) -> None:
    clerk = people.clerk()
    done, waiting = asks(), asks()
    answers(clerk.actor, done.ticket)
    assert state_of_the_page() != "unmet"
    assert Register.TICKETS in registers.proven()
    standing_clock.move(timedelta(days=4))  # Monday noon: three working days end with Thursday
    proven.forget()
    assert desk_queue.figures().overdue == 1
    assert [row.ticket.id for row in desk_queue.queue(clerk.actor).rows if row.overdue] == [
        waiting.ticket
    ]
    assert "기한이 지난 문의" in browser_of(clerk).text("/console/desk")
    assert state_of_the_page() == "unmet"
    assert s10_contact.p10_04_nobody_waits_too_long().state is Found.NOT_MET


def test_the_day_before_nothing_is_overdue(standing_clock: FixedClock) -> None:
    asks()
    standing_clock.move(timedelta(days=3, hours=11, minutes=59))
    assert desk_queue.figures().overdue == 0


def test_the_median_time_stands_beside_the_sentence(standing_clock: FixedClock) -> None:
    clerk = people.clerk()
    for hours in (1, 5, 30):
        received = asks()
        standing_clock.move(timedelta(hours=hours))
        answers(clerk.actor, received.ticket)
    found = s10_contact.p10_04_nobody_waits_too_long()
    assert found.state is Found.ATTESTED
    assert "5" in str(found.figure)
    assert desk_queue.figures().median_hours == 5.0
    assert desk_queue.figures().in_time == 3


def test_nothing_is_claimed_before_anything_was_answered() -> None:
    people.clerk()
    asks()
    assert Register.TICKETS not in registers.proven()
    assert state_of_the_page() == "unmet"


def test_a_second_person_reads_what_is_about_privacy() -> None:
    clerk = people.clerk()
    received = asks(topic=Topic.PRIVACY)
    drafted = answers(clerk.actor, received.ticket)
    assert drafted.state is State.CHECKING
    with pytest.raises(Refused):
        answer_inquiry.check(
            clerk.actor, received.ticket, drafts=drafted.drafts, good=True, language=KOREAN
        )
    answer_inquiry.check(
        people.officer().actor, received.ticket, drafts=drafted.drafts, good=True, language=KOREAN
    )
    assert ticket_of(received).state is State.ANSWERED


def test_a_second_person_sees_the_document_of_whoever_asks() -> None:
    clerk, other = people.clerk(), people.clerk()
    line = called(clerk, Kind.SEE, key="nobody@mail.example")
    assert not rights_identity.seen(clerk.actor, line.number, Check.DOCUMENT).checks
    with pytest.raises(Refused, match=r"P10\.4"):
        rights_identity.seen(clerk.actor, line.number, Check.DOCUMENT)
    assert rights_identity.seen(other.actor, line.number, Check.DOCUMENT).checks == {Check.DOCUMENT}
