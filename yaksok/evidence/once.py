"""What several probes look at is looked at once for all of them, while one round of looking lasts."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

T = TypeVar("T")

_seen: ContextVar[dict[Hashable, object] | None] = ContextVar("seen", default=None)


@contextmanager
def one_round() -> Iterator[None]:
    """Within this block the same thing is looked at once; after it, what was seen is forgotten."""
    before = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(before)


def once(key: Hashable, look: Callable[[], T]) -> T:
    """What ``look`` finds, or found under ``key`` earlier in this round. Outside of a round, it looks."""
    seen = _seen.get()
    if seen is None:
        return look()
    if key not in seen:
        seen[key] = look()
    return cast("T", seen[key])
