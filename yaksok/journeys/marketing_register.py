"""광고 수신동의 대장: how many gave each consent to advertising, and every answer by its number alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.policy.advertising import consents
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.privacy.consent import counting

READERS = frozenset({Role.AUDITOR, Role.OFFICER})
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """How many persons one consent stands for, is paused for, and so on; by the word for each."""

    name: str
    text: Text
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its receipt's number, when, what was said, how, under which version. Nobody's name."""

    id: UUID
    at: datetime
    given: tuple[Text, ...]
    withheld: tuple[Text, ...]
    policy_version: str
    channel: str


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register. ``more``: there are older answers."""

    figures: tuple[Row, ...]
    lines: tuple[Answer, ...]
    more: bool


def view(actor: Actor, *, before: UUID | None = None) -> Register:
    """The figures, and a page of answers, newest first.

    Arguments:
        before: The receipt's number after which the page goes on.

    Refuses:
        Refused: the role does not read registers (P7.13).
    """
    if actor.role not in READERS:
        msg = "refused to read the register of consents: the role has no part in it"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")
    names = consents(policy().document.body)
    with keeper():
        figures = counting.figures()
        lines = counting.lines(names, limit=AT_ONCE + 1, before=before)
    return Register(
        tuple(_row(one) for one in figures),
        tuple(_answer(one) for one in lines[:AT_ONCE]),
        len(lines) > AT_ONCE,
    )


def _row(one: counting.Figures) -> Row:
    numbers = {
        "stands": one.stands,
        "paused": one.paused,
        "withdrawn": one.withdrawn,
        "unproved": one.unproved,
        "untold": one.untold,
    }
    return Row(one.name, _text(one.name), numbers)


def _answer(one: counting.Line) -> Answer:
    given, withheld = (tuple(map(_text, names)) for names in (one.given, one.withheld))
    return Answer(one.id, one.at, given, withheld, one.policy_version, one.channel)


def _text(name: str) -> Text:
    entry = policy().document.body.consents.get(name)
    return entry.text if entry else Text(ko=name, en=name)
