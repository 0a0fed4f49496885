"""The outcome of every promise that has a probe, asked at most once a minute."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from threading import Lock

import structlog
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from yaksok.evidence.outcome import Outcome, State
from yaksok.kernel import clock
from yaksok.policy.promises import clauses

log = structlog.get_logger(__name__)

FRESH = timedelta(minutes=1)

Probe = Callable[[], Outcome]
_asked: dict[str, Outcome] = {}
_asking = Lock()


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


def outcomes() -> dict[str, Outcome]:
    """Outcomes by promise id; each is at most a minute old.

    While one caller looks, others get what is known already, so that a slow probe slows one
    page only and a probe that asks for a page cannot wait for itself.
    """
    if not _asking.acquire(blocking=False):
        return dict(_asked)
    try:
        earliest = clock.now() - FRESH
        for promise, probe in probes().items():
            known = _asked.get(promise)
            if known is None or not earliest <= known.at <= clock.now():
                _asked[promise] = look(promise, probe)
        return dict(_asked)
    finally:
        _asking.release()


def forget() -> None:
    """Drop what is known, so that the next question looks afresh."""
    _asked.clear()
