"""Close an epoch while the mall sells: what was erased in it becomes unreadable everywhere.

Erasing removes rows, but copies of a wrapped key stay in dead tuples, in the WAL and in every backup.
They are worth nothing once the key that wraps them is destroyed. So the survivors' keys are wrapped
anew under the next epoch's key into a new table, the index is rebuilt under its index key, the tables
are swapped, every process drops the old keys, and the old root version is destroyed (P3.7, P3.8).
"""

from yaksok.privacy.vault.closing.destroying import before_destroying
from yaksok.privacy.vault.closing.progress import POINTS, Point, Progress, Watch, unwatched
from yaksok.privacy.vault.closing.running import close, close_if_due, finish
from yaksok.privacy.vault.closing.state import Closed, NothingLost
from yaksok.privacy.vault.closing.status import Status, status

__all__ = [
    "POINTS",
    "Closed",
    "NothingLost",
    "Point",
    "Progress",
    "Status",
    "Watch",
    "before_destroying",
    "close",
    "close_if_due",
    "finish",
    "status",
    "unwatched",
]
