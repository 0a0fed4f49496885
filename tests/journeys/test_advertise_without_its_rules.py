"""Take a rule of advertising away, and somebody gets what they should not: so each of them carries weight."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from tests.cast import hollowing, people
from tests.cast.callers import notes
from tests.cast.sandboxes import Sandbox
from tests.cast.subscribers import (
    CALL,
    EMAIL,
    SMS,
    advertised,
    posted,
    received,
    sends,
    wants,
    words,
)
from yaksok.database.roles import keeper
from yaksok.journeys import call_desk, consents, opt_out
from yaksok.journeys.call_desk import Shown
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.campaigns.calls import Outcome
from yaksok.policy.vocabulary import Channel, Item, Language
from yaksok.privacy.consent import channels, ledger

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("standing_clock"),
]


@contextmanager
def without(rule: str, hollow: str) -> Iterator[None]:
    """``rule`` does what ``hollow`` says until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(hollowing.HOLLOW, rule, hollow)
        with hollowing.taken_away(rule):
            yield


def at_night(clock: FixedClock) -> int:
    """How many without the consent of the night are sent a text message in it."""
    wants(SMS)
    clock.move_to(datetime(2026, 3, 2, 23, 0, tzinfo=SEOUL))
    sends(words(Channel.SMS))
    return len(advertised())


def in_the_third_year(clock: FixedClock) -> int:
    """How many are written to who were asked again and did not answer."""
    wants(EMAIL)
    clock.move_to(datetime(2029, 1, 1, 12, 0, tzinfo=SEOUL))
    sends()
    return len(advertised())


def after_one_click(_: FixedClock) -> int:
    """How many are written to who pressed the link."""
    member = wants(EMAIL)
    with keeper():
        token = channels.token_for(member.subject, EMAIL)
    opt_out.stop(token or "", language=Language.KOREAN)
    sends()
    return len(advertised())


def with_an_address_of_somebody_else(_: FixedClock) -> int:
    """How many are written to at an address that nobody showed to be theirs."""
    people.member().agrees(EMAIL)
    sends()
    return len(advertised())


def shown(times: int = 1, note: Outcome | None = None) -> list[str]:
    """The numbers that a caller sees who presses so often, and notes what is said each time."""
    caller, campaign = (
        Actor(Role.CLERK, new_subject_id(), trained=True),
        sends(words(Channel.PHONE)),
    )
    seen = []
    for _ in range(times):
        found = call_desk.next_number(campaign, actor=caller)
        if isinstance(found, Shown):
            seen.append(found.number)
            if note is not None:
                notes(found, note, caller)
    return seen


def called_at_night(clock: FixedClock) -> int:
    """How many are called at night who agreed to the day."""
    wants(CALL)
    clock.move_to(datetime(2026, 3, 2, 23, 0, tzinfo=SEOUL))
    return len(shown())


def called_at_a_number_of_somebody_else(_: FixedClock) -> int:
    """How many are called at a number that nobody showed to be theirs."""
    member = people.member()
    given = {Item.CALL_PHONE: member.person.phone}
    consents.give(member.actor, CALL, language=Language.KOREAN, given=given)
    return len(shown())


def called_after_saying_no_more(_: FixedClock) -> int:
    """How many are called for the next advertisement who wanted no more."""
    wants(CALL)
    assert shown(note=Outcome.NO_MORE)
    return len(shown())


def seen_beside_the_first(_: FixedClock) -> int:
    """How many more numbers a caller sees who notes nothing and presses again."""
    wants(CALL), wants(CALL)
    return len({*shown(2)}) - 1


@pytest.mark.parametrize(
    ("scene", "rule", "hollow"),
    [
        (
            at_night,
            "yaksok.policy.advertising.is_quiet",
            "def hollow(table, channel, at): return False",
        ),
        (
            in_the_third_year,
            "yaksok.privacy.consent.ledger._lapsed",
            "def hollow(lapses): return frozenset()",
        ),
        (
            after_one_click,
            "yaksok.journeys.opt_out.stop",
            "def hollow(token, *, language): return None",
        ),
        (
            with_an_address_of_somebody_else,
            "yaksok.privacy.post.tokens.proved",
            "def hollow(subject, purpose): return True",
        ),
        (
            called_at_night,
            "yaksok.policy.advertising.is_quiet",
            "def hollow(table, channel, at): return False",
        ),
        (
            called_at_a_number_of_somebody_else,
            "yaksok.journeys.ad_addresses._is_proved",
            "def hollow(subject, channel, value, actor): return True",
        ),
        (
            called_after_saying_no_more,
            "yaksok.journeys.opt_out.take_back",
            "def hollow(subject, name, *, language, channel, actor): return False",
        ),
        (
            seen_beside_the_first,
            "yaksok.mall.campaigns.calls.held",
            "def hollow(caller): return None",
        ),
    ],
)
def test_nobody_gets_it_with_the_rule_and_somebody_does_without(
    scene: Callable[[FixedClock], int], rule: str, hollow: str, standing_clock: FixedClock
) -> None:
    assert scene(standing_clock) == 0
    with without(rule, hollow):
        assert scene(standing_clock) > 0


def test_without_the_question_at_the_last_moment_a_withdrawal_would_come_too_late(
    mail_sandbox: Sandbox,
) -> None:
    member = wants(EMAIL)
    posted()
    sends()
    with keeper():
        ledger.decide(
            member.subject,
            {EMAIL: False},
            notice="0" * 64,
            policy_version="2026-11-24",
            language=Language.KOREAN,
        )  # the word alone: the address lies there still
    with without(
        "yaksok.policy.decide.decide", "def hollow(policy, request, facts): return Permit('P0.0')"
    ):
        posted()
    assert len(received(mail_sandbox, member)) == 1
    again = wants(EMAIL)
    posted()
    sends()
    consents.withdraw(again.actor, EMAIL, language=Language.KOREAN)
    posted()
    assert received(mail_sandbox, again) == []
