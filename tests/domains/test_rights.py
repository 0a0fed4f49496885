"""The register of requests: deadlines by the calendar, lines without names, and an end of its own."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.kernel.clock import FixedClock
from yaksok.policy.vocabulary import Item
from yaksok.privacy.rights import register

pytestmark = pytest.mark.django_db


def answers(member: people.Member) -> register.Request:
    with keeper():
        return register.answered_at_once(
            member.subject,
            register.Kind.CORRECT,
            items=[Item.PHONE, Item.NAME],
            outcome=register.Outcome.DONE,
            actor=member.actor,
            trail=None,
        )


@pytest.mark.parametrize("kind", list(register.Kind))
def test_ten_days_do_not_count_the_first_and_end_with_the_last(kind: register.Kind) -> None:
    late_evening = datetime(2026, 3, 2, 14, 59, tzinfo=UTC)
    assert register.due(kind, late_evening).isoformat() == "2026-03-12T15:00:00+00:00"
    past_midnight = late_evening + timedelta(minutes=1)
    assert register.due(kind, past_midnight).isoformat() == "2026-03-13T15:00:00+00:00"


def test_a_person_sees_their_own_lines_only(standing_clock: FixedClock) -> None:
    member, stranger = people.member(), people.stranger()
    line = answers(member)
    assert line.items == (Item.NAME, Item.PHONE)
    with keeper():
        assert register.of(member.subject) == (line,)
        assert register.of(stranger.subject) == ()


def test_a_line_is_deleted_three_years_after_its_answer(standing_clock: FixedClock) -> None:
    line = answers(people.member())
    assert line.answered_at
    ends = register.KEPT_FOR.after(line.answered_at)
    with keeper():
        standing_clock.move_to(ends - timedelta(seconds=1))
        assert register.sweep() == 0
        standing_clock.move_to(ends)
        assert register.sweep() == 1
