"""P1.9: until a person agrees, the new use does not touch their data; silence is no yes."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.people import Member
from tests.journeys.test_publish import MALL, WIDER, following
from yaksok.database.roles import keeper
from yaksok.journeys import consents, publish
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Refused
from yaksok.policy import in_force
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def founded(standing_clock: FixedClock) -> Iterator[None]:
    publish.found(MALL)
    yield
    in_force.configure_from(None)


def opened(members: list[Member]) -> list[Member]:
    """Whose e-mail a job may open, that works through all members for the new purpose."""
    seen = []
    for member in members:
        with contextlib.suppress(Refused), keeper():
            gate.open_items(
                member.subject,
                [Item.EMAIL],
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.DELIVERY,
                actor=MALL,
            )
            seen.append(member)
    return seen


def test_a_job_sees_only_those_who_agreed(standing_clock: FixedClock) -> None:
    agrees, refuses, silent = members = [people.member() for _ in range(3)]
    assert opened(members) == []
    done = publish.publish(following(40, *WIDER), base=1, actor=MALL)
    yes, no = dict.fromkeys(done.points, True), dict.fromkeys(done.points, False)
    consents.answer(agrees.actor, done.number, yes, language=Language.KOREAN)
    consents.answer(refuses.actor, done.number, no, language=Language.KOREAN)
    assert opened(members) == []
    standing_clock.move(timedelta(days=41))
    assert opened(members) == [agrees]
    assert silent not in opened(members)


def test_who_changes_their_mind_is_not_touched_any_more(standing_clock: FixedClock) -> None:
    member = people.member()
    done = publish.publish(following(40, *WIDER), base=1, actor=MALL)
    yes, no = dict.fromkeys(done.points, True), dict.fromkeys(done.points, False)
    consents.answer(member.actor, done.number, yes, language=Language.KOREAN)
    standing_clock.move(timedelta(days=41))
    assert opened([member]) == [member]
    consents.answer(member.actor, done.number, no, language=Language.KOREAN)
    assert opened([member]) == []


def test_what_was_agreed_before_goes_on_for_everybody(standing_clock: FixedClock) -> None:
    member = people.member()
    publish.publish(following(40, *WIDER), base=1, actor=MALL)
    standing_clock.move(timedelta(days=41))
    with keeper():
        known = gate.open_items(
            member.subject,
            [Item.EMAIL],
            kind=RecordKind.MEMBERSHIP,
            purpose=Purpose.MEMBER_SERVICE,
            actor=MALL,
        )
    assert known[Item.EMAIL].reveal() == member.person.email
