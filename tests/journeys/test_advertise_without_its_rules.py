"""Take a rule of advertising away, and somebody gets what they should not: so each of them carries weight."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from tests.cast import hollowing, people
from tests.cast.sandboxes import Sandbox
from tests.cast.subscribers import EMAIL, SMS, advertised, posted, received, sends, wants, words
from yaksok.database.roles import keeper
from yaksok.journeys import consents, opt_out
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.policy.vocabulary import Channel, Language
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
