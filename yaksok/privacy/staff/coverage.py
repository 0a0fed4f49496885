"""Whether somebody is on duty in every hour: a plain computation over spans of time (P7.11, P10.2)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

WEEK = timedelta(days=7)


class Span(NamedTuple):
    """From ``start`` until just before ``end``."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start


def gaps(spans: Iterable[Span], window: Span) -> tuple[Span, ...]:
    """Every stretch of ``window`` in which no span runs, in order. Nothing else makes it covered.

    Spans may overlap and come in any order; one that ends before it begins covers nothing.
    """
    found, reached = [], window.start
    for span in sorted(span for span in spans if span.end > span.start):
        if span.start >= window.end:
            break
        if span.start > reached:
            found.append(Span(reached, span.start))
        reached = max(reached, span.end)
    if reached < window.end:
        found.append(Span(reached, window.end))
    return tuple(found)


def covered(spans: Iterable[Span], window: Span) -> timedelta:
    """How much of ``window`` has somebody on duty."""
    return window.length - sum((gap.length for gap in gaps(spans, window)), timedelta())


def around(now: datetime) -> Span:
    """What must have no gap for a claim of 24 hours: the week that was, and the week to come."""
    return Span(now - WEEK, now + WEEK)
