"""Write advertisements down, move them on, and say how they stand."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from yaksok.database.inserting import insert
from yaksok.database.selecting import rows
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Channel


class State(StrEnum):
    """Where an advertisement stands."""

    DONE = "done"
    """Everybody who wants it was reached, or passed over."""
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    """It begins at its time, and its words do not change any more."""
    SENDING = "sending"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Words:
    """What an advertisement says, which goods it shows, by which channel and when it goes."""

    title: Text
    body: Text
    goods: tuple[str, ...]
    channel: Channel
    at: datetime


@dataclass(frozen=True, slots=True)
class Campaign:
    """One advertisement as it stands. ``left_out`` counts who was passed over, by the reason.

    ``called`` counts how calls went, by the outcome.
    """

    id: UUID
    words: Words
    state: State
    made_at: datetime
    ended_at: datetime | None
    place: SubjectId | None
    queued: int
    left_out: Mapping[str, int]
    called: Mapping[str, int]


_COLUMNS = (
    "id, title_ko, title_en, body_ko, body_en, goods, channel, at, state, made_at, ended_at, place,"
    " queued, left_out, called"
)
_INSERTED = (
    "id",
    "state",
    "made_at",
    "queued",
    "left_out",
    "title_ko",
    "title_en",
    "body_ko",
    "body_en",
    "goods",
    "channel",
    "at",
)
GOING = (State.SCHEDULED.value, State.SENDING.value)
"""States of an advertisement that is under way, or to come."""


def _campaign(row: Sequence[Any]) -> Campaign:
    left_out, called = (json.loads(n) if isinstance(n, str) else n for n in row[13:15])
    words = Words(
        Text(ko=row[1], en=row[2]),
        Text(ko=row[3], en=row[4]),
        tuple(row[5]),
        Channel(row[6]),
        row[7],
    )
    return Campaign(
        row[0], words, State(row[8]), row[9], row[10], row[11], row[12], left_out, called
    )


def save(id_: UUID, words: Words) -> None:
    """Write a draft, or write it anew.

    Raises:
        NotFound: it is no draft any more.
    """
    said = (
        words.title.ko,
        words.title.en,
        words.body.ko,
        words.body.en,
        [*words.goods],
        words.channel.value,
        words.at,
    )
    with connection.cursor() as cursor:
        written = insert(
            cursor,
            "campaigns_campaign AS campaign",
            _INSERTED,
            [(id_, State.DRAFT.value, clock.now(), 0, "{}", *said)],
            tail="ON CONFLICT (id) DO UPDATE SET title_ko = excluded.title_ko,"
            " title_en = excluded.title_en, body_ko = excluded.body_ko, body_en = excluded.body_en,"
            " goods = excluded.goods, channel = excluded.channel, at = excluded.at"
            " WHERE campaign.state = 'draft'",
        )
    if not written:
        msg = "there is no such draft"
        raise NotFound(msg)


def one(id_: UUID) -> Campaign:
    """One advertisement. Raises NotFound."""
    found = rows(f"SELECT {_COLUMNS} FROM campaigns_campaign WHERE id = %s", [id_])  # noqa: S608 - constants of this module
    if not found:
        msg = "there is no such advertisement"
        raise NotFound(msg)
    return _campaign(found[0])


def every(limit: int) -> tuple[Campaign, ...]:
    """The newest advertisements first."""
    found = rows(f"SELECT {_COLUMNS} FROM campaigns_campaign ORDER BY id DESC LIMIT %s", [limit])  # noqa: S608 - as above
    return tuple(_campaign(row) for row in found)


def move(id_: UUID, before: tuple[State, ...], after: State) -> bool:
    """Whether the advertisement stood as one of ``before``; then it stands as ``after``."""
    ended = clock.now() if after in {State.DONE, State.STOPPED} else None
    found = rows(
        "UPDATE campaigns_campaign SET state = %s, ended_at = %s,"
        " place = CASE WHEN %s::timestamptz IS NULL THEN place END"
        " WHERE id = %s AND state = ANY(%s) RETURNING id",
        [after.value, ended, ended, id_, [state.value for state in before]],
    )
    return bool(found)


def due() -> tuple[UUID, ...]:
    """Advertisements whose time has come and that are not through yet, the earliest first.

    Those that people are called about are not among them: callers move them on.
    """
    found = rows(
        "SELECT id FROM campaigns_campaign WHERE state = ANY(%s) AND at <= %s AND channel <> %s"
        " ORDER BY at, id",
        [list(GOING), clock.now(), Channel.PHONE.value],
    )
    return tuple(id_ for (id_,) in found)


def claim(id_: UUID) -> Campaign | None:
    """The advertisement, which nobody else moves on until the transaction ends; None if one does."""
    found = rows(
        f"SELECT {_COLUMNS} FROM campaigns_campaign WHERE id = %s AND state = ANY(%s) AND at <= %s"  # noqa: S608 - as above
        " FOR UPDATE SKIP LOCKED",
        [id_, list(GOING), clock.now()],
    )
    return _campaign(found[0]) if found else None


def advance(campaign: Campaign, place: SubjectId, queued: int, left_out: Mapping[str, int]) -> None:
    """One batch of it is in the outbox: how far the list was gone through, and how many more."""
    total = {
        reason: campaign.left_out.get(reason, 0) + left_out.get(reason, 0)
        for reason in campaign.left_out.keys() | left_out.keys()
    }
    _count(campaign, queued, total)
    rows(
        "UPDATE campaigns_campaign SET state = 'sending', place = %s WHERE id = %s RETURNING id",
        [place, campaign.id],
    )


def finish(campaign: Campaign, left_out: Mapping[str, int]) -> None:
    """The list was gone through; ``left_out`` is who is in no list."""
    _count(campaign, 0, {**campaign.left_out, **left_out})
    move(campaign.id, (State.SCHEDULED, State.SENDING), State.DONE)


def _count(campaign: Campaign, queued: int, left_out: Mapping[str, int]) -> None:
    rows(
        "UPDATE campaigns_campaign SET queued = queued + %s, left_out = %s WHERE id = %s RETURNING id",
        [queued, json.dumps(left_out), campaign.id],
    )


def to_call(limit: int) -> tuple[Campaign, ...]:
    """Advertisements under way, or to come, that people are called about; the earliest first."""
    found = rows(
        f"SELECT {_COLUMNS} FROM campaigns_campaign WHERE state = ANY(%s) AND channel = %s"  # noqa: S608 - as above
        " ORDER BY at, id LIMIT %s",
        [list(GOING), Channel.PHONE.value, limit],
    )
    return tuple(_campaign(row) for row in found)


def hold(id_: UUID) -> Campaign | None:
    """The advertisement that people are called about now; others who call wait until the transaction ends.

    None when there is none such under way.
    """
    found = rows(
        f"SELECT {_COLUMNS} FROM campaigns_campaign WHERE id = %s AND state = ANY(%s) AND at <= %s"  # noqa: S608 - as above
        " AND channel = %s FOR UPDATE",
        [id_, list(GOING), clock.now(), Channel.PHONE.value],
    )
    return _campaign(found[0]) if found else None


def count_shown(id_: UUID) -> None:
    """One more number was shown to a caller."""
    rows("UPDATE campaigns_campaign SET queued = queued + 1 WHERE id = %s RETURNING id", [id_])


def count_left_out(campaign: Campaign, left_out: Mapping[str, int]) -> None:
    """More people were passed over, by the reason; ``campaign`` as it stands, held by the caller."""
    total = Counter(campaign.left_out)
    total.update(left_out)
    _count(campaign, 0, total)


def count_called(id_: UUID, outcome: str) -> None:
    """One more call went so."""
    rows(
        "UPDATE campaigns_campaign SET called = jsonb_set(called, ARRAY[%s],"
        " to_jsonb(coalesce((called ->> %s)::int, 0) + 1)) WHERE id = %s RETURNING id",
        [outcome, outcome, id_],
    )


def over() -> list[tuple[UUID, datetime]]:
    """Advertisements that are not under way any more, and when each ended; of a draft, its time."""
    found = rows(
        "SELECT id, coalesce(ended_at, greatest(made_at, at)) FROM campaigns_campaign"
        " WHERE ended_at IS NOT NULL OR state = 'draft'"
    )
    return [(id_, at) for id_, at in found]


def forget(id_: UUID) -> None:
    """Remove one advertisement for good."""
    rows("DELETE FROM campaigns_campaign WHERE id = %s RETURNING id", [id_])
