"""When somebody may be advertised to: by which consents, at which hours, and until which day.

Pure: what the document says, read against a moment. Who is permitted is decided in
:mod:`yaksok.policy.decide`; this says what has to stand for it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from yaksok.kernel.clock import SEOUL
from yaksok.policy.entries import Advertising, Body
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Channel, Item

ADDRESS: Mapping[Channel, Item] = MappingProxyType(
    {
        Channel.EMAIL: Item.EMAIL,
        Channel.PHONE: Item.CALL_PHONE,
        Channel.PUSH: Item.PUSH_ENDPOINT,
        Channel.SMS: Item.PHONE,
    }
)
"""By which item each channel reaches a person."""

DAY = timedelta(days=1)


def channels(body: Body) -> dict[str, Channel]:
    """The consent of each channel that the document offers, and its channel."""
    table = body.advertising
    return {entry.consent: channel for channel, entry in table.channels.items()} if table else {}


def consents(body: Body) -> frozenset[str]:
    """Every consent to advertising: of a channel, and of the night."""
    night = body.advertising.night if body.advertising else None
    return frozenset(channels(body)) | ({night} if night else set())


def wanted(table: Advertising, channel: Channel, at: datetime) -> frozenset[str] | None:
    """The consents that must stand to advertise by ``channel`` at the moment ``at``.

    None: at this hour nobody is advertised to, because nobody is asked about the night.
    """
    by_day = frozenset({table.channels[channel].consent})
    if not is_quiet(table, channel, at):
        return by_day
    return by_day | {table.night} if table.night else None


def is_quiet(table: Advertising, channel: Channel, at: datetime) -> bool:
    """Whether ``at`` lies in the night of those who receive, by the clock on their wall.

    The first minute of the night is quiet, and the minute in which it ends is not.
    """
    if channel in table.quiet_exempt:
        return False
    start, end = time.fromisoformat(table.quiet_from), time.fromisoformat(table.quiet_until)
    here = at.astimezone(ZoneInfo(table.zone)).time()
    return start <= here < end if start <= end else here >= start or here < end


def evening(table: Advertising, channel: Channel, at: datetime) -> datetime:
    """When the next night begins of those who receive by ``channel``; a day later if none does."""
    if channel in table.quiet_exempt:
        return at + DAY
    zone = ZoneInfo(table.zone)
    here = at.astimezone(zone)
    start = time.fromisoformat(table.quiet_from)
    day = here.date() if here.time() < start else here.date() + DAY
    return datetime.combine(day, start, zone)


def morning(table: Advertising, at: datetime) -> datetime:
    """When the night in which ``at`` lies is over."""
    zone = ZoneInfo(table.zone)
    here = at.astimezone(zone)
    end = time.fromisoformat(table.quiet_until)
    day = here.date() if here.time() < end else here.date() + DAY
    return datetime.combine(day, end, zone)


def lapses(table: Advertising, since: datetime, after: datetime) -> datetime:
    """When a consent given at ``since`` lapses next, unless it is given again: later than ``after``.

    Each time a period has passed since the consent, at the beginning of the day of the same date in
    Seoul: the question must have been answered before that day. Counted from the consent and not from
    the answer, so that 29 February comes back after four years.

    Source:
        Network Act 50(8), Decree 62-3: every two years, before the day of the same date.
    """
    period = Period.parse(table.reconfirm)
    turn = 1
    while (day := _turn(period, turn, since)) <= after:
        turn += 1
    return day


def _turn(period: Period, times: int, since: datetime) -> datetime:
    """When the day of the same date begins in Seoul for the ``times``-th time."""
    passed = Period(period.years * times, period.months * times, period.days * times)
    day = passed.same_date(since.astimezone(SEOUL).date())
    return datetime.combine(day, time(), SEOUL).astimezone(UTC)
