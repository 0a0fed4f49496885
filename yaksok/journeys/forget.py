"""End the day's keys, so that what was erased today is unreadable in every copy of the disk."""

from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper
from yaksok.privacy.vault import closing, intents
from yaksok.privacy.vault.closing import Closed, Progress, Status

__all__ = [
    "Closed",
    "Forgotten",
    "Progress",
    "Status",
    "close_epoch",
    "close_epoch_if_due",
    "epoch_status",
]

Watch = closing.Watch


@dataclass(frozen=True, slots=True)
class Forgotten:
    """An epoch that was closed: its number, how many records live on, and when."""

    epoch: int
    survivors: int
    at: datetime


def close_epoch_if_due(watch: Watch = closing.unwatched) -> Forgotten | None:
    """Close the epoch when its day is over; None when it is not. Safe to call at any time (P3.8).

    The mall goes on meanwhile. What was cut off before is finished first.
    """
    closed = closing.close_if_due(watch)
    if closed is not None:
        with keeper():
            intents.settle()
    return Forgotten(closed.epoch, closed.survivors, closed.at) if closed else None


def close_epoch(watch: Watch = closing.unwatched) -> Closed:
    """Close the epoch now, whether its day is over or not, and give the receipt (P3.7, P3.8).

    A close that was cut off is finished before, so that what is erased by now is unreadable then.

    Raises:
        Tampered: what is stored is not what was sealed; nothing is destroyed. Call the officer.
        Busy: another process closes, or a lock cannot be had. Safe to retry.
    """
    closing.finish(watch)
    return closing.close(watch)


def epoch_status() -> Status:
    """Where the epochs stand, who holds keys, and the last receipt. Opens nothing."""
    with keeper():
        return closing.status()


def _rehearse(epoch: int) -> None:
    from yaksok.journeys import rehearsing  # pages and people wait for none of what it needs

    rehearsing.before_destroying(epoch)


closing.before_destroying("rehearsal", _rehearse)
