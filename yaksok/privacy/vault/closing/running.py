"""Run a close from where it stands to its end."""

from datetime import timedelta

from yaksok.kernel import clock
from yaksok.kernel.errors import Busy
from yaksok.privacy.vault import epochs
from yaksok.privacy.vault.closing import beginning, copying, destroying, swapping
from yaksok.privacy.vault.closing.progress import Watch, unwatched
from yaksok.privacy.vault.closing.state import (
    RECEIPT,
    Closed,
    State,
    Step,
    only_one,
    owning,
    under_way,
)

ROUNDS = 3
"""How often a close is followed by another at once, when records were erased after they were copied."""

CLOCKS_DIFFER = timedelta(hours=1)
"""How far ahead another machine's clock may be. An epoch that seems younger would not end for years."""

STEPS = {
    Step.COPY: copying.copy,
    Step.SWAP: swapping.swap,
    Step.DROP: destroying.drop,
    Step.DESTROY: destroying.destroy,
}


def close_if_due(watch: Watch = unwatched) -> Closed | None:
    """Finish a close that was cut off; close the open epoch when its day is over.

    Returns:
        The receipt, or None when there was nothing to close, or another process is at it.
    """
    try:
        with only_one():
            done = _finished(watch)
            return _rounds(watch) if _is_due() else done
    except Busy:
        return None


def close(watch: Watch = unwatched) -> Closed:
    """Close the open epoch now, while the mall goes on. What is erased by now is unreadable then.

    Where a close was cut off, that one is finished and no other begun: what was erased since it began
    waits for the next. Safe to cut off anywhere: the next run goes on where it stood. No survivor is lost, and no key is
    destroyed that anything needs. Where records were erased or amended after their keys had moved,
    the next epoch is closed at once, at most three times in all.

    Returns:
        The receipt of the last epoch that was closed.

    Raises:
        Fault: a survivor's key does not open. Nothing is destroyed; call the officer.
        NothingLost: what was copied is not what was there. Nothing is destroyed; call the officer.
        Busy: another process is closing, or a lock cannot be had. Safe to retry.

    Records:
        Event.VAULT_EPOCH_CLOSED for each epoch.

    Cost:
        One read and one COPY of every wrapped key; the mall waits twice for less than a second.
    """
    with only_one():
        return _finished(watch) or _rounds(watch)


def finish(watch: Watch = unwatched) -> Closed | None:
    """Finish a close that was cut off; None when there is none. Raises like :func:`close`."""
    with only_one():
        return _finished(watch)


def _is_due() -> bool:
    """Whether the open epoch's day is over, or its begin lies so far ahead that the clock was wrong then."""
    now = clock.now()
    with owning() as cursor:
        cursor.execute(
            "SELECT 1 FROM vault_epoch WHERE closed_at IS NULL"
            " AND (opened_at <= %s OR opened_at > %s)",
            [now - epochs.LENGTH, now + CLOCKS_DIFFER],
        )
        return cursor.fetchone() is not None


def _rounds(watch: Watch) -> Closed:
    for _ in range(ROUNDS):
        if not beginning.begin(watch):
            return Closed(0, 0, 0, clock.now())
        closed = _finished(watch)
        if closed is None or not closed.late:
            break
    return closed or Closed(0, 0, 0, clock.now())


def _finished(watch: Watch) -> Closed | None:
    """Run the close that is under way to its end; None when there is none."""
    last: State | None = None
    while (state := under_way()) is not None:
        last = state
        STEPS[state.step](state, watch)
    return receipt_of(last.epoch) if last else None


def receipt_of(epoch: int) -> Closed:
    """The receipt of an epoch that was closed."""
    with owning() as cursor:
        cursor.execute(f"{RECEIPT} WHERE epoch = %s", [epoch])
        return Closed(*cursor.fetchone())
