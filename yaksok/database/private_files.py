"""Files that only their owner can open."""

import os
from pathlib import Path
from typing import IO, BinaryIO

LOG_LIMIT = 5_000_000
"""Bytes after which a log is put aside when its process starts."""


def open_log(path: Path) -> BinaryIO:
    """The private log at ``path``, open for adding; one that grew too long is put aside."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".old.log"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def open_lock(path: Path) -> IO[str]:
    """The private file at ``path``, open for reading and writing, made when it is not there."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
