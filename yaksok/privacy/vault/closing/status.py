"""What can be said of the epochs without using a key."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yaksok.privacy.vault import epochs
from yaksok.privacy.vault.closing.fencing import Worker, workers
from yaksok.privacy.vault.closing.state import RECEIPT, Closed


@dataclass(frozen=True, slots=True)
class Status:
    """Where the epochs stand. ``number`` is 0 while nothing was ever sealed.

    ``step`` names what a close that is under way does next, "" when there is none. What is erased
    now is unreadable in every backup by ``unreadable_by``.
    """

    number: int
    since: datetime | None
    due: datetime | None
    unreadable_by: datetime | None
    records: int
    entries: int
    step: str
    copied: int
    workers: tuple[Worker, ...]
    last: Closed | None


def status() -> Status:
    """Where the epochs stand. Unwraps nothing. As the keeper.

    Cost: two counts of whole tables.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, opened_at FROM vault_epoch WHERE closed_at IS NULL"
            " ORDER BY number DESC LIMIT 1"
        )
        number, since = cursor.fetchone() or (0, None)
        cursor.execute(
            "SELECT (SELECT count(*) FROM vault_record_key),"
            " (SELECT count(*) FROM vault_blind_index)"
        )
        keys, entries = cursor.fetchone()
        cursor.execute("SELECT step, copied FROM vault_closing WHERE step <> 'done' LIMIT 1")
        step, copied = cursor.fetchone() or ("", 0)
        cursor.execute(f"{RECEIPT} WHERE step = 'done' ORDER BY epoch DESC LIMIT 1")
        last = cursor.fetchone()
        holding = tuple(workers(cursor))
    due = since + epochs.LENGTH if since else None
    final = epochs.unreadable_by() if number else None
    receipt = Closed(*last) if last else None
    return Status(number, since, due, final, keys, entries, step, copied, holding, receipt)
