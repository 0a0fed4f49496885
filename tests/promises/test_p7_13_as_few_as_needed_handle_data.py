"""P7.13: a role has a reason and an end; who has none, or does not use it, reaches nothing."""

from datetime import timedelta

import pytest

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.journeys import log_in, staff_door, sweep
from yaksok.kernel.actor import Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, Refused
from yaksok.privacy.staff import access, register

pytestmark = pytest.mark.django_db


def test_no_role_without_a_reason_or_without_an_end(standing_clock: FixedClock) -> None:
    for reason, days in (("", 30), ("orders", 0), ("orders", 93)):
        with pytest.raises(Refused) as refused:
            staff_door.enrol(people.mark(), (Role.CLERK,), reason=reason, days=days)
        assert refused.value.promise == "P7.13"


def test_an_account_without_a_role_reaches_nothing(standing_clock: FixedClock) -> None:
    nobody = staff_door.enrol(people.mark(), (), reason="none yet", trained=True)
    with keeper():
        assert all(access.actor_for(nobody.subject, role) is None for role in Role)


def test_the_end_of_a_role_ends_the_access(standing_clock: FixedClock) -> None:
    clerk = people.clerk()
    standing_clock.move(timedelta(days=staff_door.ROLE_DAYS, minutes=-5))
    with keeper():
        access.used(clerk.subject)
    key = clerk.logs_in()
    assert log_in.session(key)
    standing_clock.move(timedelta(minutes=5))
    assert log_in.session(key) is None
    with pytest.raises(Invalid):
        clerk.logs_in()


def test_who_does_not_use_the_access_loses_it(standing_clock: FixedClock) -> None:
    clerk = people.clerk()
    standing_clock.move(timedelta(days=60))
    with keeper():
        until = standing_clock() + timedelta(days=90)
        register.grant(
            clerk.subject, Role.CLERK, reason="again", until=until, actor=staff_door.OPERATOR
        )
    standing_clock.move(timedelta(days=30))
    with pytest.raises(Invalid):
        clerk.logs_in()
    assert sweep.sweep().suspended == 1
    with keeper():
        (standing,) = register.everybody()
    assert standing.state is register.State.SUSPENDED
