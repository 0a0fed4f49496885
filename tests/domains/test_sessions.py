"""A session is a random key in the browser and its hash here; it ends when it must."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection

from yaksok.database.roles import keeper
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.mall.accounts import sessions
from yaksok.mall.accounts.sessions import Audience

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_a_journey(standing_clock: FixedClock, db: None) -> Iterator[None]:
    with keeper():
        yield


def someone() -> SubjectId:
    return new_subject_id()


def proved(key: str) -> sessions.Facts:
    facts = sessions.of(key)
    assert facts
    return facts


def test_its_key_is_random_and_only_its_hash_is_stored() -> None:
    key = sessions.begin(someone(), Audience.MEMBER)
    other = sessions.begin(someone(), Audience.MEMBER)
    assert len(key) == 43
    assert key != other
    with connection.cursor() as cursor:
        cursor.execute("SELECT accounts_session::text FROM accounts_session")
        rows = str(cursor.fetchall())
    assert key not in rows
    assert proved(key).csrf not in rows


def test_it_proves_who_and_by_which_door() -> None:
    subject = someone()
    key = sessions.begin(subject, Audience.STAFF, role="clerk")
    facts = proved(key)
    assert (facts.subject, facts.audience, facts.role) == (subject, Audience.STAFF, "clerk")
    assert not facts.stepped_up


def test_an_unknown_key_proves_nothing() -> None:
    assert sessions.of("A" * 43) is None


@pytest.mark.parametrize(("audience", "minutes"), [(Audience.MEMBER, 30), (Audience.STAFF, 15)])
def test_it_ends_when_nobody_uses_it(
    standing_clock: FixedClock, audience: Audience, minutes: int
) -> None:
    key = sessions.begin(someone(), audience)
    standing_clock.move(timedelta(minutes=minutes, seconds=-1))
    assert sessions.of(key)
    standing_clock.move(timedelta(minutes=minutes))
    assert sessions.of(key) is None


def test_it_ends_after_twelve_hours_however_busy(standing_clock: FixedClock) -> None:
    key = sessions.begin(someone(), Audience.MEMBER)
    for _ in range(12 * 6 - 1):
        standing_clock.move(timedelta(minutes=10))
        assert sessions.of(key)
    standing_clock.move(timedelta(minutes=10))
    assert sessions.of(key) is None


def test_the_last_request_is_written_at_most_once_a_minute(
    standing_clock: FixedClock,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    key = sessions.begin(someone(), Audience.MEMBER)
    standing_clock.move(timedelta(seconds=59))
    with django_assert_num_queries(1):
        sessions.of(key)
    standing_clock.move(timedelta(seconds=1))
    with django_assert_num_queries(2):
        sessions.of(key)
    with django_assert_num_queries(1):
        sessions.of(key)


def test_stepping_up_lasts_five_minutes(standing_clock: FixedClock) -> None:
    key = sessions.begin(someone(), Audience.MEMBER)
    sessions.step_up(key)
    standing_clock.move(timedelta(minutes=4, seconds=59))
    assert proved(key).stepped_up
    standing_clock.move(timedelta(seconds=1))
    assert not proved(key).stepped_up


def test_ended_it_proves_nothing() -> None:
    key = sessions.begin(someone(), Audience.MEMBER)
    sessions.end(key)
    assert sessions.of(key) is None


def test_all_of_a_person_can_be_ended_but_one() -> None:
    subject, stranger = someone(), someone()
    here, there = (sessions.begin(subject, Audience.MEMBER) for _ in range(2))
    theirs = sessions.begin(stranger, Audience.MEMBER)
    assert sessions.end_all(subject, but=here) == 1
    assert sessions.of(here)
    assert sessions.of(there) is None
    assert sessions.of(theirs)
    assert sessions.end_all(subject) == 1
    assert sessions.of(here) is None


def test_rows_of_ended_sessions_are_swept(standing_clock: FixedClock) -> None:
    sessions.begin(someone(), Audience.STAFF)
    member = sessions.begin(someone(), Audience.MEMBER)
    standing_clock.move(timedelta(minutes=20))
    assert sessions.sweep() == 1
    assert sessions.of(member)
