"""The only way to personal data: ``seal``, ``open_items``, ``find``, ``amend``, ``erase``.

Every call names a purpose and an actor. Every call belongs to a transaction of the keeper's role
(:func:`yaksok.database.roles.keeper`), and writes what it did into the log of the same transaction.
"""

from yaksok.privacy.vault.epochs import unreadable_by
from yaksok.privacy.vault.erasing import (
    Erased,
    Held,
    due,
    erase,
    history,
    holdings,
    set_end,
    trail_of,
)
from yaksok.privacy.vault.holders import count, endless, ends_by_month, holders, newest_records
from yaksok.privacy.vault.opening import (
    Name,
    Opened,
    find,
    open_items,
    open_many,
    open_published,
    show_masks,
)
from yaksok.privacy.vault.reading import given
from yaksok.privacy.vault.sealing import Sealing, amend, seal, seal_all
from yaksok.privacy.vault.sifting import Sifted, Weighed, foresee, sift, weigh
from yaksok.privacy.vault.store import AlreadyHeld

__all__ = [
    "AlreadyHeld",
    "Erased",
    "Held",
    "Name",
    "Opened",
    "Sealing",
    "Sifted",
    "Weighed",
    "amend",
    "count",
    "due",
    "endless",
    "ends_by_month",
    "erase",
    "find",
    "foresee",
    "given",
    "history",
    "holders",
    "holdings",
    "newest_records",
    "open_items",
    "open_many",
    "open_published",
    "seal",
    "seal_all",
    "set_end",
    "show_masks",
    "sift",
    "trail_of",
    "unreadable_by",
    "weigh",
]
