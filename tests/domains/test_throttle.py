"""Attempts are counted, whatever becomes of the journey; who attempts too often is stopped."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from yaksok.database.roles import keeper
from yaksok.guard import throttle
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Busy, Throttled

pytestmark = pytest.mark.django_db

LOGIN_ID = "wandering-heron"


def attempt(key: str = LOGIN_ID, scope: str = "log_in:id") -> None:
    throttle.spend(scope, key, limit=3, seconds=900)


def test_it_lets_the_first_attempts_pass_and_stops_the_next(standing_clock: FixedClock) -> None:
    for _ in range(3):
        attempt()
    standing_clock.move(timedelta(seconds=300))
    with pytest.raises(Throttled) as stopped:
        attempt()
    assert stopped.value.retry_after == 600


def test_it_forgets_when_the_window_is_over(standing_clock: FixedClock) -> None:
    for _ in range(3):
        attempt()
    standing_clock.move(timedelta(seconds=900))
    attempt()


def test_attempts_do_not_extend_the_window(standing_clock: FixedClock) -> None:
    for _ in range(3):
        attempt()
        standing_clock.move(timedelta(seconds=290))
    standing_clock.move(timedelta(seconds=30))
    attempt()


def test_keys_and_scopes_do_not_share_a_counter(standing_clock: FixedClock) -> None:
    for _ in range(3):
        attempt()
    attempt("another-heron")
    attempt(scope="look_up:number")


def test_a_rightful_attempt_clears_the_count(standing_clock: FixedClock) -> None:
    for _ in range(3):
        attempt()
    throttle.clear("log_in:id", LOGIN_ID)
    attempt()


def test_a_rightful_attempt_is_refunded_and_takes_no_other_back(
    standing_clock: FixedClock,
) -> None:
    for _ in range(3):
        attempt()
    throttle.refund("log_in:id", LOGIN_ID)
    attempt()
    with pytest.raises(Throttled):
        attempt()


def test_a_failing_journey_still_counts(standing_clock: FixedClock) -> None:
    for _ in range(3):
        with suppress(LookupError), keeper():
            attempt()
            raise LookupError
    with pytest.raises(Throttled):
        attempt()


def guess(number: str, *, right: bool) -> None:
    target, guesser = ("guess:number", number), ("guess:address", "198.51.100.9")
    with throttle.guessing(target, guesser, limit=2, seconds=900):
        if not right:
            raise LookupError


def test_a_wrong_guess_stays_counted_and_a_right_one_takes_back_its_own(
    standing_clock: FixedClock,
) -> None:
    with suppress(LookupError):
        guess("one", right=False)
    guess("two", right=True)
    guess("two", right=True)
    with suppress(LookupError):
        guess("one", right=False)
    for number in ("one", "two"):
        with pytest.raises(Throttled):
            guess(number, right=True)


def test_it_stores_neither_the_key_nor_a_plain_hash(standing_clock: FixedClock) -> None:
    attempt()
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(digest, 'hex') FROM guard_tally")
        (stored,) = cursor.fetchone()
    assert len(stored) == 64
    assert LOGIN_ID.encode().hex() not in stored


def test_rows_die_after_their_window(standing_clock: FixedClock) -> None:
    for name in "abcdef":
        attempt(name)
    standing_clock.move(timedelta(seconds=901))
    attempt("g")
    assert rows() == 1
    standing_clock.move(timedelta(seconds=901))
    assert throttle.sweep() == 1


def test_when_it_cannot_count_nobody_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(throttle, "_count", broken)
    with pytest.raises(Busy):
        attempt()


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM guard_tally")
        (found,) = cursor.fetchone()
    return int(found)
