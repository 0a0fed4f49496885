"""Keeps a process from importing what only others need."""

import contextlib
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def kept_out(name: str) -> Iterator[None]:
    """Let an import of ``name`` fail meanwhile, unless somebody imported it already.

    For libraries that import what they can find and do without what they cannot. Used while the
    process has one thread.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # how Python marks what is not to be found
    try:
        yield
    finally:
        del sys.modules[name]
