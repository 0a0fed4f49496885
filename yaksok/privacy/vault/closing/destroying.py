"""The last steps: nobody holds the old keys, what must pass has passed, and they are destroyed."""

from collections.abc import Callable

from yaksok.database.router import OWNER_ALIAS
from yaksok.kernel import keyring
from yaksok.kernel.actor import Actor
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.vault import epochs
from yaksok.privacy.vault.closing import fencing
from yaksok.privacy.vault.closing.progress import Point, Progress, Watch
from yaksok.privacy.vault.closing.state import NothingLost, State, Step, owning, step_to
from yaksok.privacy.vault.roots import journal

ACTOR = Actor.system("close_epoch")

Check = Callable[[int], None]
"""Is given the epoch that will be destroyed; raises when that must not be."""

_checks: dict[str, Check] = {}


def before_destroying(name: str, check: Check) -> None:
    """Let ``check`` pass before an epoch's keys are destroyed, after the survivors have moved.

    What it raises stops the close where it is: the mall goes on under the new epoch, the old keys
    live, and the next run asks again. Registering a name twice replaces the first.
    """
    _checks[name] = check


def drop(state: State, watch: Watch) -> None:
    """Wait until no process holds the old keys; cut off who does not answer."""
    fenced = fencing.let_all_drop(state)
    with owning() as cursor:
        cursor.execute(
            "UPDATE vault_closing SET fenced = %s WHERE epoch = %s", [fenced, state.epoch]
        )
        step_to(cursor, state, Step.DESTROY)
    watch(Progress(Point.DROPPED, state.epoch))


def destroy(state: State, watch: Watch) -> None:
    """Destroy the old root version and write the receipt. Cut off in between, it is done again.

    Raises:
        NothingLost: a key is still wrapped under a closed epoch. Nothing was destroyed.
        Unfit: the root keys were moved, and the old provider still opens this epoch.

    Records:
        Event.VAULT_EPOCH_CLOSED.
    """
    _nothing_needs_the_old(state)
    for check in list(_checks.values()):
        check(state.epoch)
    watch(Progress(Point.REHEARSED, state.epoch))
    fencing.let_all_drop(state)  # what must pass may take minutes
    _nothing_needs_the_old(state)
    with owning() as cursor:
        cursor.execute(
            "SELECT number, root_version, kek FROM vault_epoch"
            " WHERE closed_at IS NOT NULL AND destroyed_at IS NULL ORDER BY number FOR UPDATE"
        )
        rows = cursor.fetchall()
        journal.refuse_half_moved(keyring.directory(), (kek for _, _, kek in rows))
        for number, version, _ in rows:
            receipt = epochs.root().destroy(version)
            watch(Progress(Point.DESTROYED, number))
            cursor.execute(
                "UPDATE vault_epoch SET destroyed_at = %s, kek = '', index_key = ''"
                " WHERE number = %s",
                [receipt.at, number],
            )
            cursor.execute(
                "UPDATE vault_closing SET destroyed_at = %s, effective_at = %s, provider = %s,"
                " evidence = %s, step = %s WHERE epoch = %s",
                [
                    receipt.at,
                    receipt.effective_at,
                    receipt.provider,
                    receipt.evidence,
                    Step.DONE,
                    number,
                ],
            )
            log.record_all(
                [log.Act(Event.VAULT_EPOCH_CLOSED, ACTOR, promise="P3.8")], using=OWNER_ALIAS
            )
    watch(Progress(Point.DONE, state.epoch))


def _nothing_needs_the_old(state: State) -> None:
    with owning() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM vault_record_key WHERE epoch < %s),"
            " (SELECT count(*) FROM vault_worker WHERE %s >= ANY(holds))",
            [state.successor, state.epoch],
        )
        keys, holders = cursor.fetchone()
    if keys or holders:
        msg = (
            f"{keys} keys are wrapped under epoch {state.epoch} or older, {holders} processes hold"
            " its keys: nothing was destroyed"
        )
        raise NothingLost(msg)
