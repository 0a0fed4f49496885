"""P8.5: a stolen session shows masks and changes nothing; nobody but the person opens anything."""

from datetime import timedelta

import pytest

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.journeys import correct, leave, log_in, my_page
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, Refused
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


def seen_by(key: str) -> str:
    facts = log_in.session(key)
    assert facts
    return str(my_page.view(facts.actor, stepped_up=facts.stepped_up, language=KOREAN))


def test_without_the_password_a_session_shows_masks_only(standing_clock: FixedClock) -> None:
    member = people.member()
    key = member.logs_in()
    assert member.person.email not in seen_by(key)
    log_in.step_up(key, member.person.password, language=KOREAN)
    assert member.person.email in seen_by(key)
    standing_clock.move(timedelta(minutes=5))
    assert member.person.email not in seen_by(key)


def test_without_the_password_nothing_changes_and_nobody_leaves() -> None:
    member = people.member()
    facts = log_in.session(member.logs_in())
    assert facts
    with pytest.raises(Refused):
        correct.correct(
            facts.actor, {"name": "새이름"}, stepped_up=facts.stepped_up, language=KOREAN
        )
    with pytest.raises(Refused):
        correct.begin(facts.actor, stepped_up=facts.stepped_up)
    with pytest.raises(Invalid):
        leave.confirm(facts.actor, "a guess", language=KOREAN)
    assert correct.begin(member.actor, stepped_up=True) == {"email": member.person.email}


def test_nobody_else_opens_it() -> None:
    member = people.member()
    for actor in people.everybody_but_the_person():
        with pytest.raises(Refused), keeper():
            gate.open_items(
                member.subject,
                [Item.LOGIN_ID],
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.RIGHTS,
                actor=actor,
            )
        with pytest.raises(Refused), keeper():
            gate.history(member.subject, actor=actor)
