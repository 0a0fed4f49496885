"""The register of requests: deadlines by the calendar, lines without names, and an end of its own."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import people
from tests.cast.policies import obeying
from yaksok.database.roles import keeper
from yaksok.kernel.clock import FixedClock
from yaksok.policy import in_force
from yaksok.policy.compile import compile_document
from yaksok.policy.document import load
from yaksok.policy.law.tables import tables
from yaksok.policy.vocabulary import Item, Profile
from yaksok.privacy.rights import cases, due, register
from yaksok.privacy.rights.words import DEADLINE, MOVES, OPEN, PROMISE, Kind, State

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


def test_in_the_union_it_is_a_month_over_holidays_and_two_more_where_needed() -> None:
    received = datetime(2026, 11, 25, 12, tzinfo=UTC)
    with obeying(compile_document(load(in_force.named(Profile.LAWFUL_EU)))):
        assert due.country() == "eu"
        assert due.due(Kind.SEE, received) == datetime(2026, 12, 28, 23, tzinfo=UTC)
        assert due.due(Kind.SEE, received, extensions=1) == datetime(2027, 2, 25, 23, tzinfo=UTC)
        assert set(due.grounds(Kind.SEE)) == {"not_proven", "unfounded", "rights_of_others"}
        assert due.extension(Kind.CORRECT, received) is not None
    assert due.extension(Kind.CORRECT, received) is None, "Korea gives no more time for it"


def test_every_kind_has_a_deadline_a_promise_and_a_reason_of_both_laws() -> None:
    for country in ("kr", "eu"):
        of_law = tables(country)
        for kind in Kind:
            assert DEADLINE[kind] in of_law.deadline
            assert any(kind in ground.kinds for ground in of_law.ground.values())
        for ground in of_law.ground.values():
            assert set(ground.kinds) <= {kind.value for kind in Kind}
    assert PROMISE.keys() <= set(Kind)


def test_a_request_moves_forwards_only_and_ends() -> None:
    assert MOVES.keys() == set(State)
    assert not MOVES[State.UPHELD]
    for state in OPEN:
        assert MOVES[state], "what the mall owes has a way on"
    reached, ahead = {State.RECEIVED}, {State.RECEIVED}
    while ahead:
        ahead = {to for state in ahead for to in MOVES[state]} - reached
        reached |= ahead
    assert reached == set(State)


def test_numbers_of_requests_cannot_be_counted_through() -> None:
    numbers = {cases._new_number() for _ in range(200)}
    assert len(numbers) == 200
    assert all(len(number) == cases.NUMBER_SYMBOLS + 1 for number in numbers)
