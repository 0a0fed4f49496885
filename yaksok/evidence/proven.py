"""Which registers prove their claim, asked at most once a minute. What cannot be asked proves nothing."""

from datetime import datetime
from threading import Lock

import structlog

from yaksok.evidence.outcomes import FRESH
from yaksok.journeys import registers
from yaksok.kernel import clock
from yaksok.policy.vocabulary import Register

log = structlog.get_logger(__name__)

_known: dict[str, tuple[datetime, frozenset[Register]]] = {}
_asking = Lock()
NOTHING: frozenset[Register] = frozenset()


def proven() -> frozenset[Register]:
    """The registers that prove their claim; the answer is at most a minute old.

    While one caller asks, others get what is known already, and nothing before that.
    """
    known = _known.get("")
    now = clock.now()
    if known is not None and now - FRESH <= known[0] <= now:
        return known[1]
    if not _asking.acquire(blocking=False):
        return known[1] if known else NOTHING
    try:
        found = registers.proven()
    except Exception as failure:  # noqa: BLE001 - whatever went wrong, nothing is proven
        log.warning("registers not read", exception=type(failure).__name__)
        found = NOTHING
    finally:
        _asking.release()
    _known[""] = (now, found)
    return found


def forget() -> None:
    """Drop what is known, so that the next question looks afresh."""
    _known.clear()
