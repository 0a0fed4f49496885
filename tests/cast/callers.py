"""Clerks who call members with advertising, what they see, and what is left of it."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from tests.cast.people import Member
from tests.cast.subscribers import CALL, MARKETER, sends, words
from yaksok.database.roles import keeper
from yaksok.journeys import advertise, call_desk
from yaksok.journeys.call_desk import Shown
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.campaigns.calls import Outcome
from yaksok.policy.vocabulary import Channel, Item, RecordKind
from yaksok.privacy.consent import channels
from yaksok.privacy.vault import gate


def caller(*, trained: bool = True) -> Actor:
    return Actor(Role.CLERK, new_subject_id(), trained=trained)


def calling(at: datetime | None = None) -> UUID:
    """An advertisement that members are called about now."""
    return sends(words(Channel.PHONE, at=at) if at else words(Channel.PHONE))


def shown(campaign: UUID, actor: Actor) -> Shown:
    found = call_desk.next_number(campaign, actor=actor)
    assert isinstance(found, Shown)
    return found


def notes(found: Shown, outcome: Outcome, actor: Actor) -> None:
    """The caller notes how the call went, with what the page of that number carries."""
    call_desk.conclude(found.showing, outcome, actor=actor, secret=found.secret)


def called(campaign: UUID) -> dict[str, int]:
    return dict(advertise.one(campaign, actor=MARKETER).called)


def numbers(member: Member) -> int:
    """How many numbers for calls are held of the member."""
    with keeper():
        names = [
            (member.subject, one.record)
            for one in gate.holdings(member.subject)
            if one.kind is RecordKind.MARKETING_CONTACT
        ]
        given = gate.given(names, kind=RecordKind.MARKETING_CONTACT)
    return sum(Item.CALL_PHONE in given[name] for name in names)


def is_reachable(member: Member, name: str = CALL) -> bool:
    with keeper():
        return any(one.reachable for one in channels.of(member.subject) if one.name == name)


def told(member: Member) -> set[str]:
    """What letters with results say was done."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT context ->> 'fact' FROM post_letter"
            " WHERE template = 'advertising_result' AND subject_id = %s",
            [member.subject],
        )
        return {fact for (fact,) in cursor.fetchall()}
