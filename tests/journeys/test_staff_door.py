"""Staff come in by password and one-time code, in a role that has a reason and an end."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import connection

from tests.cast import people
from tests.cast.people import ADDRESS_KEY, Colleague
from yaksok.database.roles import keeper
from yaksok.journeys import log_in, staff_door
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Shredded, Throttled
from yaksok.mall.accounts import credentials, sessions
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.staff import access, register
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


@pytest.fixture(autouse=True)
def _standing(standing_clock: FixedClock) -> None:
    """The clock stands still in every test here."""


def attempt(
    who: Colleague,
    *,
    password: str | None = None,
    code: str | None = None,
    role: Role | None = None,
) -> str:
    return staff_door.log_in(
        who.account.login_id,
        password or who.account.password,
        who.code() if code is None else code,
        language=KOREAN,
        address_key=ADDRESS_KEY,
        role=role,
    ).key


def test_password_and_code_open_a_session_in_the_granted_role() -> None:
    clerk = people.clerk()
    facts = log_in.session(attempt(clerk))
    assert facts
    assert facts.audience == "staff"
    assert facts.actor == Actor(Role.CLERK, clerk.subject, trained=True)


def test_every_wrong_way_in_gets_the_same_answer() -> None:
    clerk = people.clerk()
    answers = []
    for password, code in (("wrong", clerk.code()), (None, "000000"), (None, "")):
        with pytest.raises(Invalid) as refused:
            attempt(clerk, password=password, code=code)
        answers.append(refused.value.problems)
    with pytest.raises(Invalid) as refused:
        staff_door.log_in(
            "nobody_here", "wrong", "000000", language=KOREAN, address_key=ADDRESS_KEY
        )
    assert answers == [refused.value.problems] * 3


def test_a_code_is_never_taken_twice(standing_clock: FixedClock) -> None:
    clerk = people.clerk()
    code = clerk.code()
    attempt(clerk, code=code)
    with pytest.raises(Invalid):
        attempt(clerk, code=code)
    standing_clock.move(timedelta(seconds=30))
    with pytest.raises(Invalid):
        attempt(clerk, code=code)
    attempt(clerk)


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(steps: int, *, taken: bool) -> None:
    clerk = people.clerk()
    if taken:
        assert attempt(clerk, code=clerk.code(steps=steps))
    else:
        with pytest.raises(Invalid):
            attempt(clerk, code=clerk.code(steps=steps))


def test_five_failures_stop_it() -> None:
    clerk = people.clerk()
    for _ in range(5):
        with pytest.raises(Invalid):
            attempt(clerk, code="000000")
    with pytest.raises(Throttled):
        attempt(clerk)


def test_a_member_is_not_staff_and_staff_is_not_a_member() -> None:
    clerk, member = people.clerk(), people.member()
    with pytest.raises(Invalid):
        log_in.log_in(
            clerk.account.login_id,
            clerk.account.password,
            language=KOREAN,
            address_key=ADDRESS_KEY,
        )
    with pytest.raises(Invalid):
        staff_door.log_in(
            member.person.login_id,
            member.person.password,
            "000000",
            language=KOREAN,
            address_key=ADDRESS_KEY,
        )


def test_an_expired_grant_ends_the_session(standing_clock: FixedClock) -> None:
    account = staff_door.enrol(people.mark(), (Role.CLERK,), reason="one day", days=1, trained=True)
    who = Colleague(account, Actor(Role.CLERK, account.subject, trained=True))
    standing_clock.move(timedelta(days=1, minutes=-5))
    key = attempt(who)
    assert log_in.session(key)
    standing_clock.move(timedelta(minutes=6))
    assert log_in.session(key) is None
    with pytest.raises(Invalid):
        attempt(who)


def test_a_role_that_was_not_granted_cannot_be_chosen() -> None:
    clerk = people.clerk()
    with pytest.raises(Invalid):
        attempt(clerk, role=Role.OFFICER)
    assert attempt(clerk, role=Role.CLERK)


def test_a_suspended_account_is_out_at_once_and_can_be_reopened() -> None:
    clerk = people.clerk()
    key = attempt(clerk)
    staff_door.suspend(clerk.account.login_id)
    assert log_in.session(key) is None
    with pytest.raises(Invalid):
        attempt(clerk, code=clerk.code(steps=1))
    staff_door.reopen(clerk.account.login_id)
    assert attempt(clerk, code=clerk.code(steps=1))


def test_a_revoked_role_is_gone_at_the_next_request() -> None:
    clerk = people.clerk()
    key = attempt(clerk)
    with keeper():
        assert register.revoke(clerk.subject, Role.CLERK) == 1
    assert log_in.session(key) is None


def test_a_leaver_is_out_and_their_record_is_destroyed() -> None:
    clerk = people.clerk()
    key = attempt(clerk)
    staff_door.let_go(clerk.account.login_id)
    assert log_in.session(key) is None
    with keeper():
        assert gate.holdings(clerk.subject) == ()
        assert credentials.of(clerk.subject) is None
        with pytest.raises(Shredded):
            gate.open_items(
                clerk.subject,
                [Item.LOGIN_ID],
                kind=RecordKind.STAFF_ACCOUNT,
                purpose=Purpose.STAFF_AUTHENTICATION,
                actor=staff_door.AT_THE_DOOR,
            )
        with pytest.raises(NotFound):
            register.reopen(clerk.subject)
    with pytest.raises(Invalid):
        attempt(clerk, code=clerk.code(steps=1))


def test_an_account_that_nobody_uses_is_closed(standing_clock: FixedClock) -> None:
    clerk = people.clerk()
    standing_clock.move(timedelta(days=89))
    attempt(clerk)
    with keeper():
        until = standing_clock() + timedelta(days=92)
        register.grant(
            clerk.subject, Role.CLERK, reason="again", until=until, actor=staff_door.OPERATOR
        )
    standing_clock.move(timedelta(days=90))
    with pytest.raises(Invalid):
        attempt(clerk)
    with keeper():
        assert access.suspend_unused() == [clerk.subject]
        assert access.suspend_unused() == []


@pytest.mark.parametrize(
    ("roles", "reason", "days"),
    [
        ((Role.CLERK,), " ", 90),
        ((Role.CLERK,), "x" * 201, 90),
        ((Role.CLERK,), "too long", 93),
        ((Role.CLERK,), "no time at all", 0),
        ((Role.MEMBER,), "not a role of staff", 90),
        ((Role.SYSTEM,), "not a role of staff", 90),
    ],
)
def test_a_role_needs_a_reason_and_an_end(roles: tuple[Role, ...], reason: str, days: int) -> None:
    with pytest.raises(Refused) as refused:
        staff_door.enrol(people.mark(), roles, reason=reason, days=days)
    assert refused.value.promise == "P7.13"
    with keeper():
        assert register.everybody() == ()


@pytest.mark.parametrize("login_id", ["", "UPPER CASE", "x", "한글아이디"])
def test_an_id_that_cannot_be_taken(login_id: str) -> None:
    with pytest.raises(Invalid):
        staff_door.enrol(login_id, (Role.CLERK,), reason="cast")


def test_an_id_is_given_once() -> None:
    clerk = people.clerk()
    with pytest.raises(Invalid):
        staff_door.enrol(clerk.account.login_id, (Role.CLERK,), reason="cast")


def test_neither_secret_nor_password_is_stored_in_the_clear() -> None:
    clerk = people.clerk()
    with keeper(), connection.cursor() as cursor:
        for table in ("staff_account", "accounts_credential", "vault_record", "audit_entry"):
            cursor.execute(f"SELECT {table}::text FROM {table}")
            stored = str(cursor.fetchall())
            for word in (clerk.account.login_id, clerk.account.password, clerk.account.secret):
                assert word not in stored
                assert word.encode().hex() not in stored


def test_the_demo_has_one_clerk_however_often_it_starts(standing_clock: FixedClock) -> None:
    first = staff_door.demo()
    assert staff_door.demo() == first
    who = staff_door.Enrolled(
        staff_door.known(first.login_id),
        first.login_id,
        first.password,
        first.secret,
        first.uri,
    )
    standing_clock.move(timedelta(days=365))
    assert staff_door.demo() == first
    colleague = Colleague(who, Actor(Role.CLERK, who.subject, trained=True))
    facts = log_in.session(attempt(colleague))
    assert facts
    assert facts.actor.trained


def test_there_is_no_demo_clerk_beyond_this_machine(settings: LazySettings) -> None:
    settings.YAKSOK_ORIGIN = "https://mall.example"
    with pytest.raises(Refused):
        staff_door.demo()


def test_the_untrained_come_in_and_are_marked_so(standing_clock: FixedClock) -> None:
    newcomer = people.newcomer()
    facts = log_in.session(attempt(newcomer))
    assert facts
    assert not facts.actor.trained
    staff_door.train(newcomer.account.login_id)
    with keeper():
        assert access.is_trained(newcomer.subject)
        assert sessions.end_all(newcomer.subject) == 1
