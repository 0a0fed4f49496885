"""A folder that is whole or not there: private files, their sums, and a list of both written last.

A folder is made under a name that begins with a dot, and gets its own name when everything in it is on
the disk. So one that was cut short is never taken for whole; the next one made there removes it.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from yaksok.database.private_files import open_lock

NAME = "manifest.json"
FORMAT = 1
CHUNK = 1 << 20
DRAFT = ".unfinished-"
STAMP = "%Y%m%dT%H%M%SZ"


class Damaged(Exception):
    """A folder is not what its list says. ``cure`` says what to do."""

    def __init__(self, problem: str, *, cure: str) -> None:
        super().__init__(f"{problem}\n  cure: {cure}")
        self.problem = problem
        self.cure = cure


def nothing(_: int) -> None:
    """Takes a number of bytes and tells nobody."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A finished folder: what it is, when it was begun, what its maker said about it."""

    path: Path
    kind: str
    at: datetime
    facts: Mapping[str, Any]
    files: Mapping[str, tuple[int, str]]
    """By name: bytes and SHA-256."""

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(size for size, _ in self.files.values())

    def verify(self, told: Callable[[int], None] = nothing) -> None:
        """Read every file and compare its sum; ``told`` hears of each piece read, in bytes.

        Raises:
            Damaged: a file is missing, cut short, changed, or more than the list says.
        """
        for name, (size, sha256) in self.files.items():
            path = self.path / name
            seen = path.stat().st_size if path.is_file() else -1
            if seen != size:
                what = "is missing" if seen < 0 else f"has {seen} bytes instead of {size}"
                raise _damaged(path, what)
            digest = hashlib.sha256()
            with path.open("rb") as file:
                while piece := file.read(CHUNK):
                    digest.update(piece)
                    told(len(piece))
            if digest.hexdigest() != sha256:
                raise _damaged(path, "is not what was written")
        for path in self.path.rglob("*"):
            name = str(path.relative_to(self.path))
            if path.is_file() and name not in self.files and name != NAME:
                raise _damaged(path, "is not in the list")


@dataclass
class Draft:
    """A folder that is being filled."""

    path: Path
    facts: dict[str, Any] = field(default_factory=dict)

    def create(self, name: str) -> BinaryIO:
        """A new private file in it, open for writing."""
        handle = os.open(self.path / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return os.fdopen(handle, "wb")

    def copy(self, source: Path, name: str) -> None:
        """A private copy of ``source``."""
        with source.open("rb") as file, self.create(name) as copy:
            shutil.copyfileobj(file, copy, CHUNK)


@contextmanager
def drafting(place: Path, kind: str, at: datetime) -> Iterator[Draft]:
    """A folder ``KIND-TIME`` in ``place``, filled by the block; it appears when the block ends well.

    Raises:
        Damaged: somebody else is making one there now, or ``place`` cannot be written.
    """
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = open_lock(place / ".lock")
    except OSError as error:
        reason = f"{place} cannot be written: {error.strerror}"
        raise Damaged(reason, cure="name a directory that you may write to") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            reason = f"another backup is being written into {place}"
            raise Damaged(reason, cure="wait until it is done, then call again") from None
        for left in place.glob(f"{DRAFT}*"):
            shutil.rmtree(left)
        path = place / f"{DRAFT}{kind}-{at:{STAMP}}"
        path.mkdir(mode=0o700)
        draft = Draft(path)
        try:
            yield draft
            _finish(draft, kind, at)
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise


def _finish(draft: Draft, kind: str, at: datetime) -> None:
    names = sorted(
        str(one.relative_to(draft.path)) for one in draft.path.rglob("*") if one.is_file()
    )
    content = {
        "format": FORMAT,
        "kind": kind,
        "at": at.isoformat(),
        "facts": draft.facts,
        "files": {name: _summed(draft.path / name) for name in names},
    }
    with draft.create(NAME) as file:
        body = json.dumps(content, indent=1, sort_keys=True)
        file.write(f"{body}\n{_sum_of(body)}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    sync(draft.path)
    target = draft.path.with_name(draft.path.name.removeprefix(DRAFT))
    number = 2
    while target.exists():  # two within one second
        target = target.with_name(f"{kind}-{at:{STAMP}}-{number}")
        number += 1
    draft.path.rename(target)
    sync(target.parent)


def _summed(path: Path) -> tuple[int, str]:
    """Size and sum of a file that is forced to the disk on the way."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
        os.fsync(file.fileno())
        return file.tell(), digest.hexdigest()


def sync(folder: Path) -> None:
    """Make what was created or renamed in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def opened(path: Path) -> Folder:
    """The finished folder at ``path``; its list is checked, its files are not read.

    Raises:
        Damaged: there is no list, or it is not what was written.
    """
    cure = (
        "take another backup; one that was cut short keeps its name with a dot and can be deleted"
    )
    try:
        body, own, end = (path / NAME).read_text("utf-8").rsplit("\n", 2)
        content = json.loads(body)
    except (OSError, ValueError):
        raise Damaged(f"{path} is no whole backup: its list cannot be read", cure=cure) from None
    if end or own != _sum_of(body) or content["format"] != FORMAT:
        raise Damaged(f"{path / NAME} is not what was written", cure=cure)
    files = {name: (size, sha256) for name, (size, sha256) in content["files"].items()}
    at = datetime.fromisoformat(content["at"]).astimezone(UTC)
    return Folder(path, content["kind"], at, content["facts"], files)


def found(place: Path, kind: str) -> list[Folder]:
    """Every finished folder of ``kind`` in ``place``, oldest first."""
    paths = [path for path in place.glob(f"{kind}-*") if (path / NAME).exists()]
    return sorted(map(opened, paths), key=lambda one: (one.at, one.path.name))


def _sum_of(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _damaged(path: Path, what: str) -> Damaged:
    return Damaged(
        f"{path} {what}",
        cure="this backup cannot be trusted: take another one, or the copy of it that lies elsewhere",
    )
