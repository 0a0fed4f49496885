"""The first step: a new epoch that everything is written under from now on."""

from yaksok.kernel import clock
from yaksok.privacy.vault import epochs
from yaksok.privacy.vault.closing import locking, tables
from yaksok.privacy.vault.closing.progress import Point, Progress, Watch
from yaksok.privacy.vault.closing.state import Cursor, Step, open_epochs, owning

WRITERS = "LOCK TABLE vault_record_key IN SHARE ROW EXCLUSIVE MODE;" + ";".join(
    f" ALTER TABLE {shape.table} SET (autovacuum_enabled = false)" for shape in tables.SHAPES
)
"""Waits for whoever writes under the old epoch, and lets readers pass. The old tables are not vacuumed
any more: that would keep the swap's lock away, and they are dropped."""


def begin(watch: Watch) -> bool:
    """Open the successor of the open epoch, and make the tables that the survivors move to.

    Every writer takes a lock before it asks which epoch is open, and holds it until it has
    committed. So when this transaction ends nobody writes under the old epoch any more.

    Returns:
        Whether there was an epoch to close.
    """
    with owning() as cursor:
        open_now = open_epochs(cursor)
    if not open_now:
        return False
    old = open_now[-1]
    made = epochs.make(old + 1)
    watch(Progress(Point.KEYS_MADE, old))

    def write(cursor: Cursor) -> None:
        epochs.store(cursor, made)
        tables.make(cursor)
        cursor.execute(
            "INSERT INTO vault_closing (epoch, successor, step, begun_at, copied, fenced, provider,"
            " evidence) VALUES (%s, %s, %s, %s, 0, 0, '', '')",
            [old, made.epoch.number, Step.COPY, clock.now()],
        )
        watch(Progress(Point.BEGINNING, old))

    locking.briefly(WRITERS, write)
    watch(Progress(Point.BEGUN, old))
    return True
