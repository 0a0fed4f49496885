"""The outcome of every promise that has a probe, asked at most once a minute.

A probe that takes long is asked less often: it rests a hundred times as long as it took. And nobody who
reads a page waits for all of them: after a moment what is known already is shown, with its time.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from threading import Lock

import structlog
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from yaksok.evidence.once import one_round
from yaksok.evidence.outcome import Outcome, State
from yaksok.kernel import clock
from yaksok.policy.promises import clauses

log = structlog.get_logger(__name__)

FRESH = timedelta(minutes=1)
REST = 100
"""How many times as long as it took a probe is left alone."""

PATIENCE = 0.25
"""Seconds of looking for which somebody who reads a page waits."""

BREATH = 1.0
"""Seconds between two such looks: one page asks for many outcomes."""

Probe = Callable[[], Outcome]
_asked: dict[str, Outcome] = {}
_rests: dict[str, timedelta] = {}
_asking = Lock()
_paused_at = -BREATH


@cache
def probes() -> dict[str, Probe]:
    """The probe of each promise that names one."""
    return {one.id: import_string(one.probe) for one in clauses() if one.probe}


def look(promise: str, probe: Probe) -> Outcome:
    """What ``probe`` finds now. A probe that fails has found nothing: the sentence is not met."""
    try:
        return probe()
    except Exception as failure:  # noqa: BLE001 - whatever went wrong, the answer is "not shown"
        log.warning("probe failed", promise=promise, exception=type(failure).__name__)
        return Outcome(
            State.NOT_MET, _("확인하지 못함"), _("확인 과정이 끝나지 않았어요."), clock.now()
        )


def outcomes(patience: float | None = None) -> dict[str, Outcome]:
    """Outcomes by promise id; each is at most a minute old, or as old as its probe needs to rest.

    While one caller looks, others get what is known already, so that a slow probe slows one
    page only and a probe that asks for a page cannot wait for itself.

    Arguments:
        patience: Seconds after which what is known is good enough; then the oldest are asked first.
            What nobody has looked at in this process is looked at in any case.
    """
    hurried = patience is not None and time.monotonic() - _paused_at < BREATH
    if (hurried and _asked.keys() == probes().keys()) or not _asking.acquire(blocking=False):
        return dict(_asked)
    try:
        with one_round():
            _look_at_all(patience)
        return dict(_asked)
    finally:
        _asking.release()


def _look_at_all(patience: float | None) -> None:
    """Ask every probe that does not rest, the longest unasked first, as long as patience lasts."""
    global _paused_at  # noqa: PLW0603 - written while the lock is held
    began = time.monotonic()
    for promise, probe in sorted(probes().items(), key=_asked_when):
        spent = time.monotonic() - began
        if promise in _asked and patience is not None and spent > patience:
            break
        if not _is_fresh(promise):
            _asked[promise] = look(promise, probe)
            took = time.monotonic() - began - spent
            _rests[promise] = max(FRESH, timedelta(seconds=REST * took))
    _paused_at = time.monotonic()


def _asked_when(one: tuple[str, Probe]) -> float:
    """When a probe was asked last; what never was comes first."""
    known = _asked.get(one[0])
    return known.at.timestamp() if known else 0.0


def _is_fresh(promise: str) -> bool:
    """Whether the outcome of ``promise`` is known and its probe still rests."""
    known, now = _asked.get(promise), clock.now()
    return known is not None and now - _rests.get(promise, FRESH) <= known.at <= now


def forget() -> None:
    """Drop what is known, so that the next question looks afresh."""
    _asked.clear()
    _rests.clear()
