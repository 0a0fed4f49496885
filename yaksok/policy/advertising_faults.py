"""Checks the table ``[advertising]``: each channel has an address, a consent of its own, and its hours."""

import re
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

_HOST = re.compile(r"(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
"""A name of the internet, or every name below one: never a number, never this machine."""


def faults(document: Document, table: Advertising) -> Iterator[DocumentError]:
    """Everything by which the table could not be kept."""
    for channel in table.channels:
        yield from _channel(document, channel, table)
    taken = Counter([*(entry.consent for entry in table.channels.values()), table.night or ""])
    for name in sorted(name for name, times in taken.items() if times > 1):
        cure = "give each channel, and the night, a consent of its own"
        yield document.error(("advertising",), f"{name} is asked for more than one thing", cure)
    yield from _services(document, table)
    yield from _hours(document, table)
    yield from _again(document, table)


def _channel(document: Document, channel: Channel, table: Advertising) -> Iterator[DocumentError]:
    keys: Path = ("advertising", "channels", channel.value)
    item = ADDRESS[channel]
    record = document.body.records.get(RecordKind.MARKETING_CONTACT)
    entry = record.items.get(item) if record else None
    if entry is None or entry.consent != table.channels[channel].consent:
        there = f"[records.{RecordKind.MARKETING_CONTACT}.items.{item}]"
        cure = f"add {there} and name the same consent there"
        yield document.error(keys, "has no address that its consent covers", cure)


def _services(document: Document, table: Advertising) -> Iterator[DocumentError]:
    """Who carries notifications has a name, and the names of its machines lead into the internet."""
    services = document.body.push_services
    if Channel.PUSH in table.channels and not services:
        cure = "add a [push_services] table for each company whose browsers are reached"
        yield document.error(("advertising", "channels", "push"), "is carried by nobody", cure)
    for name, service in services.items():
        if not service.hosts or not all(_HOST.fullmatch(host) for host in service.hosts):
            keys: Path = ("push_services", name, "hosts")
            cure = 'write names of the internet, as "push.example.com" or "*.push.example.com"'
            yield document.error(keys, "names no machine of a push service", cure)


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
