"""A child names their guardian, and nothing else is known until the guardian was proven."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import children, people
from tests.cast.policies import changed, obeying, policy_of
from yaksok.database.roles import keeper
from yaksok.journeys import child_account, guardian_asked, guardian_portal, sweep
from yaksok.journeys.guardian_asked import State
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Throttled, Undeclared
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Item, Language, RecordKind
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.privacy.guardians.models import Asking, Key
from yaksok.privacy.post.letters import Template
from yaksok.privacy.post.models import Token
from yaksok.privacy.retention import holdings
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db
KO = Language.KOREAN


def records() -> list[tuple[str, str]]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id::text, kind FROM vault_record ORDER BY record_id")
        return list(cursor.fetchall())


def subjects() -> set[str]:
    """Everybody about whom any table says anything."""
    found = set()
    with keeper(), connection.cursor() as cursor:
        for one in holdings.about_persons():
            if one.subject != "subject_id":
                continue  # the log knows a trail, and nobody by their id
            cursor.execute(f"SELECT DISTINCT {one.subject}::text FROM {one.table}")
            found |= {subject for (subject,) in cursor.fetchall()}
    return found


def test_one_record_of_one_guardian_is_all_that_is_kept() -> None:
    before = subjects()
    children.asks(people.guardian())
    ((subject, kind),) = records()
    assert kind == RecordKind.GUARDIAN
    assert subjects() - before == {subject}
    with keeper():
        guardian = SubjectId(UUID(subject))
        (held,) = gate.holdings(guardian)
        name = (guardian, held.record)
        assert gate.given([name], kind=RecordKind.GUARDIAN)[name] == {Item.NAME, Item.EMAIL}


@pytest.mark.parametrize("more", ["login_id", "child_name", "birth_month", "memo"])
def test_nothing_about_the_child_is_taken_with_it(more: str) -> None:
    with pytest.raises(Undeclared):
        children.asks(people.guardian(), **{more: "x"})
    assert records() == []


def test_a_name_and_one_contact_are_needed() -> None:
    who = people.guardian()
    with pytest.raises(Invalid) as wrong:
        guardian_asked.ask(
            {"guardian_name": who.name},
            notice=guardian_asked.begin(KO).notice.hash,
            language=KO,
        )
    assert wrong.value.problems.keys() == {"guardian_email", "guardian_phone"}
    children.asks(who, guardian_email="", guardian_phone=who.phone)
    assert len(records()) == 1


def test_it_is_gone_after_five_days_by_the_calendar(standing_clock: FixedClock) -> None:
    standing_clock.move_to(datetime(2026, 2, 25, 23, 59, tzinfo=SEOUL))
    waiting = children.asks(people.guardian())
    assert waiting.until == datetime(2026, 3, 3, tzinfo=SEOUL)
    standing_clock.move_to(waiting.until - timedelta(seconds=1))
    sweep.sweep()
    assert guardian_asked.state(waiting.key) is State.WAITING
    assert len(records()) == 1
    standing_clock.move_to(waiting.until)
    assert guardian_asked.state(waiting.key) is State.GONE
    sweep.sweep()
    assert records() == []
    with keeper():
        assert not Asking.objects.exists()
        assert not Key.objects.exists()


def test_the_child_waits_and_then_goes_on() -> None:
    who = people.guardian()
    waiting = children.asks(who)
    assert guardian_asked.state(waiting.key) is State.WAITING
    with pytest.raises(NotFound):
        child_account.begin(waiting.key, KO)
    children.agrees(who)
    assert guardian_asked.state(waiting.key) is State.AGREED
    children.joins(waiting.key)
    assert guardian_asked.state(waiting.key) is State.GONE
    assert guardian_asked.state("x" * 500) is State.GONE


def test_a_consent_that_nobody_uses_is_gone_after_thirty_days(standing_clock: FixedClock) -> None:
    who = people.guardian()
    waiting = children.asks(who)
    children.agrees(who)
    standing_clock.move(timedelta(days=29))
    sweep.sweep()
    assert guardian_asked.state(waiting.key) is State.AGREED
    standing_clock.move(timedelta(days=2))
    sweep.sweep()
    assert guardian_asked.state(waiting.key) is State.GONE
    assert records() == []
    with keeper():
        assert not Token.objects.exists()


def test_one_contact_is_not_written_to_without_end() -> None:
    who = people.guardian()
    for _ in range(3):
        children.asks(who)
    with pytest.raises(Throttled):
        children.asks(who)


def test_a_mall_that_refuses_children_asks_nobody() -> None:
    refusing = policy_of(changed(('minors = "guardian"', 'minors = "refused"')))
    who = people.guardian()
    with obeying(refusing), pytest.raises(GuardianNeeded):
        children.asks(who)
    assert records() == []


def test_asking_for_a_link_says_nothing_about_anybody() -> None:
    children.asks(people.guardian())
    with keeper():
        number = Asking.objects.get().number
    for typed in (number, "0000-000-0000-000", "x" * 400):
        guardian_portal.send_link(typed, address_key=people.mark())
    assert children.letters(Template.GUARDIAN_PORTAL) == []
