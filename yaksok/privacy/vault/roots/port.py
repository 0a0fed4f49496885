"""What the vault needs of whoever keeps the root keys, and what can go wrong there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from yaksok.kernel.errors import Busy, Tampered
from yaksok.kernel.keyring import UnsafeKey


def label(name: str, number: int) -> bytes:
    """What binds a wrapped key to its use: ``kek`` or ``index``, and the epoch's number."""
    return f"{name}:{number}".encode()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A provider's word that a root version is destroyed.

    From ``at`` on nothing unwraps with it. At ``effective_at`` the provider itself cannot bring it
    back any more; ``evidence`` is what was seen when it was looked for afterwards.
    """

    version: int
    at: datetime
    provider: str
    evidence: str
    effective_at: datetime


class Unfit(UnsafeKey):
    """A provider cannot be used as it is set up. ``cure`` says what to do; asking again will not help."""

    def __init__(self, problem: str, *, cure: str) -> None:
        super().__init__(f"{problem}: {cure}")
        self.problem = problem
        self.cure = cure


class Foreign(Unfit, Tampered):
    """Bytes that this root did not wrap, not under this version, or not with this label."""


class Unreachable(Busy):
    """A provider does not answer. No key, no start; nothing was lost. ``cure`` says where to look."""

    def __init__(self, problem: str, *, cure: str) -> None:
        super().__init__(f"{problem}: {cure}")
        self.problem = problem
        self.cure = cure


class Root(Protocol):
    """A provider of root keys. Its versions never leave it; each wraps the keys of one epoch.

    Every method but ``tenant`` and ``max_destroy_delay`` may raise Unreachable or Unfit.
    """

    name: str
    """What ``YAKSOK_ROOT`` calls it."""

    @property
    def max_destroy_delay(self) -> timedelta:
        """The longest time from asking for destruction to nobody being able to undo it."""

    @property
    def tenant(self) -> bytes:
        """Which mall this is; part of what authenticates every record. The same in every provider."""

    def new_version(self, after: int = 0) -> int:
        """Make a version, durable before its number is returned; greater than ``after``.

        A number is never given twice, not even by two processes at once.
        """

    def versions(self) -> tuple[int, ...]:
        """The versions that can still unwrap, ascending."""

    def wrap(self, version: int, plain: bytes, label: bytes) -> bytes:
        """``plain`` under ``version``, usable with ``label`` only.

        Raises:
            Shredded: the version is destroyed.
        """

    def unwrap(self, version: int, wrapped: bytes, label: bytes) -> bytes:
        """What :meth:`wrap` was given.

        Raises:
            Shredded: the version is destroyed.
            Foreign: altered, or not wrapped by this version with this label.
        """

    def destroy(self, version: int) -> Receipt:
        """Destroy a version. Asked again, also after a crash in the middle, it gives the same receipt.

        Raises:
            Unfit: this provider never had that version.
        """

    def receipts(self) -> tuple[Receipt, ...]:
        """Every receipt that this machine kept, by version."""

    def check(self) -> str:
        """What was seen when the provider was tried, for a person to read."""
