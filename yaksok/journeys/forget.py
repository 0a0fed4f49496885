"""End the day's keys, so that what was erased today is unreadable in every copy of the disk."""

from dataclasses import dataclass
from datetime import datetime

from yaksok.privacy.vault import closing


@dataclass(frozen=True, slots=True)
class Forgotten:
    """An epoch that was closed: its number, how many records live on, and when."""

    epoch: int
    survivors: int
    at: datetime


def close_epoch_if_due() -> Forgotten | None:
    """Close the epoch when its day is over; None when it is not. Safe to call at any time (P3.8)."""
    closed = closing.close_if_due()
    return Forgotten(closed.epoch, closed.survivors, closed.at) if closed else None
