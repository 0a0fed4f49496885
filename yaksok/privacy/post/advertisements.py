"""What an advertisement needs beside its words: the mark, the sender, the hour, and the link that stops it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.policy.advertising import evening, is_quiet, morning, wanted
from yaksok.policy.entries import Advertising
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Channel, Language
from yaksok.privacy.consent import channels, ledger

STOP_PATH = "/ads/stop"
ENGLISH_PREFIX = "/en"
LONGEST_WAY = timedelta(hours=4)
"""Then an advertisement that no browser fetched is dropped by whoever carries it."""


def signs(language: Language) -> dict[str, str]:
    """What the law has stand in an advertisement: the mark, who sends it and where they are reached.

    Raises:
        NotFound: the policy in force lets nobody be advertised to.
    """
    table, mall = _table(), policy().document.body.mall
    return {
        "mark": table.mark.in_(language),
        "sender": table.sender.in_(language),
        "contact": mall.email,
        "phone": table.opt_out_phone,
    }


def stop_link(subject: SubjectId, language: Language, context: Mapping[str, str]) -> str:
    """The address that stops the consent of this letter in one click, without a log-in.

    Raises:
        NotFound: the person never agreed to it.
    """
    token = channels.token_for(subject, context["consent"])
    if token is None:
        msg = "there is no consent that this letter could stop"
        raise NotFound(msg)
    prefix = ENGLISH_PREFIX if language is Language.ENGLISH else ""
    return f"{settings.YAKSOK_ORIGIN}{prefix}{STOP_PATH}?token={token}"


def lasts(subject: SubjectId, channel: Channel) -> int:
    """For how many seconds an advertisement that leaves now may wait on its way.

    Whoever carries it must not show it in the night of somebody who wants to sleep, so it ends there.
    """
    table, at = _table(), clock.now()
    facts = ledger.standing(subject)
    if table.night in facts.consents - facts.lapsed or is_quiet(table, channel, at):
        return int(LONGEST_WAY.total_seconds())
    return int(min(LONGEST_WAY, evening(table, channel, at) - at).total_seconds())


def not_before(subject: SubjectId, channel: Channel) -> datetime | None:
    """When the person can be reached by ``channel``, if it is night there and they want to sleep.

    None: now. Asked at the moment at which an advertisement leaves.
    """
    table, at = _table(), clock.now()
    needed = wanted(table, channel, at)
    facts = ledger.standing(subject)
    if needed is not None and needed <= facts.consents - facts.lapsed:
        return None
    by_day = frozenset({table.channels[channel].consent})
    return None if needed == by_day else morning(table, at)


def _table() -> Advertising:
    table = policy().document.body.advertising
    if table is None:
        msg = "the policy in force lets nobody be advertised to"
        raise NotFound(msg)
    return table
