"""Whose rights the embedded server runs with: never root's."""

import ctypes
import os
import pwd
import resource
import signal
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from yaksok.database.errors import DatabaseUnusable

CHOICES = ("postgres", "nobody")
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """A user by number. ``dropped`` is true when root's rights are given up for them."""

    name: str
    uid: int
    gid: int
    dropped: bool

    @classmethod
    def choose(cls) -> "ServiceUser":
        """The user who runs ``yaksok``; for root the machine's ``postgres``, else ``nobody``.

        Raises:
            DatabaseUnusable: root runs this, and the machine has neither.
        """
        if os.geteuid() != 0:
            return cls("", os.geteuid(), os.getegid(), dropped=False)
        for name in CHOICES:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(name, entry.pw_uid, entry.pw_gid, dropped=True)
        reason = "PostgreSQL does not run as root, and there is no user postgres or nobody"
        raise DatabaseUnusable(
            reason, cure="start yaksok as an ordinary user, or: useradd --system postgres"
        )

    @property
    def popen(self) -> "dict[str, int | list[int]]":
        """What ``subprocess`` needs to give up root's rights: user, group and no other groups."""
        if not self.dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Make the file or directory ``path`` this user's, closed to everybody else.

        A link is not followed: who may write to the directory above could otherwise have root give
        away whatever it leads to.

        Raises:
            DatabaseUnusable: it is a link, or cannot be opened.
        """
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError as error:
            reason = f"{path} is no file or directory of the mall's own: {error.strerror}"
            raise DatabaseUnusable(reason, cure=f"look at it, then: rm {path}") from None
        try:
            os.fchmod(handle, 0o700 if stat.S_ISDIR(os.fstat(handle).st_mode) else 0o600)
            if self.dropped:
                os.fchown(handle, self.uid, self.gid)
        finally:
            os.close(handle)

    def let_through(self, path: Path) -> None:
        """Let this user pass through the directory ``path`` (mode 0710), without listing it."""
        if self.dropped:
            os.chown(path, -1, self.gid)
            path.chmod(0o710)

    def barrier(self, path: Path) -> Path | None:
        """The first directory on the way to ``path`` that this user cannot pass, if any."""
        if not self.dropped:
            return None
        for folder in [*reversed(path.parents), path]:
            facts = folder.stat()
            if facts.st_uid == self.uid:
                passable = facts.st_mode & 0o100
            elif facts.st_gid == self.gid:
                passable = facts.st_mode & 0o010
            else:
                passable = facts.st_mode & 0o001
            if not passable:
                return folder
        return None


def end_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Something to run in a new child: the kernel sends it ``number`` when its parent ends.

    The parent is the *thread* that makes the child, so children are made by a thread that lives
    as long as the process. Also closes the child's files to others, and forbids core dumps. Where
    there is no such system call the child's end is not promised.
    """
    parent = os.getpid()
    prctl = getattr(_libc, "prctl", None)

    def in_the_child() -> None:
        os.umask(0o077)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # it ended before the kernel was asked
            os.kill(os.getpid(), number)

    return in_the_child
