"""Coming in: one answer for every wrong way, a session that ends, a password before anything opens."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.people import ADDRESS_KEY
from yaksok.database.roles import keeper
from yaksok.journeys import leave, log_in, password
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, Throttled
from yaksok.mall.accounts import credentials, verifiers
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit.events import Event
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


def attempt(login_id: str, word: str, address_key: str = ADDRESS_KEY) -> str:
    return log_in.log_in(login_id, word, language=KOREAN, address_key=address_key).key


def said(login_id: str, word: str) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        attempt(login_id, word)
    return refused.value.problems


def events(event: Event) -> int:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE event = %s", [event.value])
        (count,) = cursor.fetchone()
    return int(count)


def sessions_and_verifiers() -> tuple[int, int]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM accounts_session),"
            " (SELECT count(*) FROM accounts_credential)"
        )
        held, verifiers = cursor.fetchone()
    return int(held), int(verifiers)


def test_the_right_password_opens_a_session() -> None:
    member = people.member()
    key = attempt(member.person.login_id, member.person.password)
    facts = log_in.session(key)
    assert facts
    assert (facts.subject, facts.audience) == (member.subject, "member")
    assert not facts.stepped_up
    assert events(Event.MEMBER_SESSION_OPENED) == 1


def test_the_id_is_taken_in_any_case() -> None:
    member = people.member()
    assert attempt(f" {member.person.login_id.upper()} ", member.person.password)


def test_an_unknown_id_and_a_wrong_password_get_the_same_answer() -> None:
    member = people.member()
    assert said(member.person.login_id, "wrong") == said("nobody_at_all", "wrong")


def meanwhile(monkeypatch, act) -> None:
    """``act`` happens once, after a password was checked and before anything comes of it."""
    check = verifiers.matches

    def checked(verifier: str | None, word: str) -> bool:
        right = check(verifier, word)
        monkeypatch.setattr(password, "matches", check)
        act()
        return right

    monkeypatch.setattr(password, "matches", checked)


def test_who_leaves_while_logging_in_elsewhere_has_no_session_left(monkeypatch) -> None:
    member = people.member()
    who = member.person
    meanwhile(monkeypatch, lambda: leave.confirm(member.actor, who.password, language=KOREAN))
    assert said(who.login_id, who.password) == said("nobody_at_all", "wrong")
    assert sessions_and_verifiers() == (0, 0)


def test_a_log_in_with_the_old_password_does_not_outlive_its_change(monkeypatch) -> None:
    member = people.member()
    who = member.person
    key = member.logs_in()

    def change() -> None:
        password.change(key, who.password, "a-newer-password", language=KOREAN)

    meanwhile(monkeypatch, change)
    assert said(who.login_id, who.password) == said("nobody_at_all", "wrong")
    assert sessions_and_verifiers() == (1, 1)


def test_who_leaves_while_changing_the_password_leaves_no_verifier(monkeypatch) -> None:
    member = people.member()
    who = member.person
    key = member.logs_in()
    meanwhile(monkeypatch, lambda: leave.confirm(member.actor, who.password, language=KOREAN))
    with pytest.raises(Invalid):
        password.change(key, who.password, "a-newer-password", language=KOREAN)
    assert sessions_and_verifiers() == (0, 0)


def test_an_overlong_password_is_only_wrong() -> None:
    member = people.member()
    assert said(member.person.login_id, "x" * 100_000) == said(member.person.login_id, "wrong")


def test_five_failures_stop_the_id_from_every_address(standing_clock: FixedClock) -> None:
    member = people.member()
    who = member.person
    for address in "abcde":
        with pytest.raises(Invalid):
            attempt(who.login_id, "wrong", address)
    with pytest.raises(Throttled):
        attempt(who.login_id, who.password, "f")
    standing_clock.move(timedelta(minutes=15))
    assert attempt(who.login_id, who.password, "f")


def test_five_failures_stop_the_address_for_every_id(standing_clock: FixedClock) -> None:
    member = people.member()
    for number in range(5):
        with pytest.raises(Invalid):
            attempt(f"nobody_{number}", "wrong")
    with pytest.raises(Throttled):
        attempt(member.person.login_id, member.person.password)
    assert attempt(member.person.login_id, member.person.password, "another")


def test_a_log_in_of_ones_own_gives_no_further_guesses_at_others(
    standing_clock: FixedClock,
) -> None:
    member = people.member()
    for number in range(4):
        with pytest.raises(Invalid):
            attempt(f"nobody_{number}", "wrong")
        assert attempt(member.person.login_id, member.person.password)
    with pytest.raises(Invalid):
        attempt("nobody_4", "wrong")
    with pytest.raises(Throttled):
        attempt("nobody_5", "wrong")


def test_a_session_is_over_after_log_out() -> None:
    member = people.member()
    key, other = member.logs_in(), member.logs_in()
    log_in.log_out(key)
    assert log_in.session(key) is None
    assert log_in.session(other)
    assert events(Event.MEMBER_SESSION_CLOSED) == 1
    log_in.log_out(key)


def test_log_out_everywhere_ends_every_session_of_the_person() -> None:
    member, stranger = people.member(), people.stranger()
    keys, theirs = [member.logs_in() for _ in range(3)], stranger.logs_in()
    assert log_in.log_out_everywhere(member.subject) == 3
    assert not any(log_in.session(key) for key in keys)
    assert log_in.session(theirs)


def test_stepping_up_needs_the_password_and_lasts_five_minutes(
    standing_clock: FixedClock,
) -> None:
    member = people.member()
    key = member.logs_in()
    with pytest.raises(Invalid):
        log_in.step_up(key, "wrong", language=KOREAN)
    log_in.step_up(key, member.person.password, language=KOREAN)
    facts = log_in.session(key)
    assert facts
    assert facts.stepped_up
    assert facts.stepped_up_until == standing_clock() + timedelta(minutes=5)
    standing_clock.move(timedelta(minutes=5))
    facts = log_in.session(key)
    assert facts
    assert not facts.stepped_up


def test_stepping_up_cannot_be_guessed(standing_clock: FixedClock) -> None:
    member = people.member()
    key = member.logs_in()
    for _ in range(5):
        with pytest.raises(Invalid):
            log_in.step_up(key, "wrong", language=KOREAN)
    with pytest.raises(Throttled):
        log_in.step_up(key, member.person.password, language=KOREAN)


def test_a_new_password_ends_all_other_sessions() -> None:
    member = people.member()
    here, there = member.logs_in(), member.logs_in()
    password.change(here, member.person.password, "another long sentence", language=KOREAN)
    assert log_in.session(here)
    assert log_in.session(there) is None
    assert said(member.person.login_id, member.person.password)
    assert attempt(member.person.login_id, "another long sentence")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", "another long sentence", "password"),
        ("", "another long sentence", "password"),
        (None, "short", "new_password"),
        (None, "x" * 201, "new_password"),
        (None, None, "new_password"),
    ],
)
def test_a_password_that_cannot_be_taken_changes_nothing(
    old: str | None, new: str | None, field: str
) -> None:
    member = people.member()
    key, right = member.logs_in(), member.person.password
    with pytest.raises(Invalid) as refused:
        password.change(
            key, right if old is None else old, right if new is None else new, language=KOREAN
        )
    assert list(refused.value.problems) == [field]
    assert attempt(member.person.login_id, right)


def test_a_verifier_of_older_parameters_is_renewed_at_log_in() -> None:
    from argon2 import PasswordHasher

    member = people.member()
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(member.person.password)
    with keeper():
        credentials.keep(member.subject, old)
    member.logs_in()
    with keeper():
        assert credentials.of(member.subject) != old
    member.logs_in()


def test_nothing_of_it_is_in_the_log_but_the_trail() -> None:
    member = people.member()
    log_in.log_out(member.logs_in())
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_entry::text FROM audit_entry")
        written = str(cursor.fetchall())
        trail = gate.trail_of(member.subject)
    assert str(trail) in written
    assert str(member.subject) not in written
    assert not any(canary in written for canary in member.person.canaries())
