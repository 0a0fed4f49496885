"""Checks the table ``[advertising]``: each channel has an address, a consent of its own, and its hours."""

from collections import Counter
from collections.abc import Iterator
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from yaksok.policy.advertising import ADDRESS
from yaksok.policy.document import Document, DocumentError
from yaksok.policy.entries import Advertising
from yaksok.policy.places import Path
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Channel, RecordKind


def faults(document: Document, table: Advertising) -> Iterator[DocumentError]:
    """Everything by which the table could not be kept."""
    for channel in table.channels:
        yield from _channel(document, channel, table)
    taken = Counter([*(entry.consent for entry in table.channels.values()), table.night or ""])
    for name in sorted(name for name, times in taken.items() if times > 1):
        cure = "give each channel, and the night, a consent of its own"
        yield document.error(("advertising",), f"{name} is asked for more than one thing", cure)
    yield from _hours(document, table)
    yield from _again(document, table)


def _channel(document: Document, channel: Channel, table: Advertising) -> Iterator[DocumentError]:
    keys: Path = ("advertising", "channels", channel.value)
    item = ADDRESS.get(channel)
    if item is None:
        cure = f"leave it out; there are: {', '.join(sorted(ADDRESS))}"
        yield document.error(keys, "has no sender in this mall", cure)
        return
    record = document.body.records.get(RecordKind.MARKETING_CONTACT)
    entry = record.items.get(item) if record else None
    if entry is None or entry.consent != table.channels[channel].consent:
        there = f"[records.{RecordKind.MARKETING_CONTACT}.items.{item}]"
        cure = f"add {there} and name the same consent there"
        yield document.error(keys, "has no address that its consent covers", cure)


def _hours(document: Document, table: Advertising) -> Iterator[DocumentError]:
    for name in ("quiet_from", "quiet_until"):
        try:
            time.fromisoformat(getattr(table, name))
        except ValueError:
            cure = 'write an hour of the day, as "21:00"'
            yield document.error(("advertising", name), "is no hour of the day", cure)
    try:
        ZoneInfo(table.zone)
    except (ValueError, ZoneInfoNotFoundError):
        cure = 'write a zone of the IANA time zone database, as "Asia/Seoul"'
        yield document.error(("advertising", "zone"), f"{table.zone} is not known", cure)


def _again(document: Document, table: Advertising) -> Iterator[DocumentError]:
    """A consent that lapses on the day on which it is given would never be one."""
    try:
        period = Period.parse(table.reconfirm)
    except ValueError:
        return
    if not any(period):
        cure = 'write when it is asked again, as "P2Y"'
        yield document.error(("advertising", "reconfirm"), "leaves no time", cure)
