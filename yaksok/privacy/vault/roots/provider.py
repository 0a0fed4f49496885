"""What all providers do alike: numbering, condemning, receipts, and saying whose bytes are whose."""

from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from yaksok.kernel import clock
from yaksok.kernel.errors import Shredded
from yaksok.privacy.vault.roots.marks import Marks
from yaksok.privacy.vault.roots.port import Foreign, Receipt, Unfit

FILE = "file"
END_OF_NAME = b"\0"
BARE_BYTES = 60
"""Nonce, key and tag. The key file's bytes carry no name, and only they have this length."""


def holder_of(wrapped: bytes) -> str:
    """The name of the provider that wrapped these bytes, whether it is the chosen one or not."""
    wrapped = bytes(wrapped)
    if len(wrapped) == BARE_BYTES or END_OF_NAME not in wrapped:
        return FILE
    name = wrapped.partition(END_OF_NAME)[0]
    return name.decode("ascii") if name.isalnum() else "unknown"


class Provider(ABC):
    """A provider whose keys lie somewhere; the subclasses know where.

    Arguments:
        directory: The key directory, which holds the mall's id and the marks of versions.
        kept: How long copies of the provider's own store live: snapshots, backups of its server.
            Nothing is called final before they are gone.
    """

    name: str
    prefix: str
    own_delay = timedelta(0)

    def __init__(self, directory: Path, kept: timedelta = timedelta(0)) -> None:
        self._marks = Marks(directory, self.prefix)
        self._kept = kept

    @property
    def max_destroy_delay(self) -> timedelta:
        """The provider's own delay, and how long copies of its store live."""
        return self.own_delay + self._kept

    @cached_property
    def tenant(self) -> bytes:
        """16 random bytes, made with the key directory; read once, for every record asks for it."""
        return self._marks.tenant()

    def new_version(self, after: int = 0) -> int:
        """A new version; its number was never given before."""
        number = max((after, *self._marks.numbers(), *self._living())) + 1
        while not self._claim(number):
            number += 1
        return number

    def _claim(self, version: int) -> bool:
        if not self._marks.take(version):
            return False
        self._make(version)
        return True

    def versions(self) -> tuple[int, ...]:
        """What lives at the provider and is not condemned here."""
        return tuple(one for one in self._living() if not self._marks.condemned(one))

    def wrap(self, version: int, plain: bytes, label: bytes) -> bytes:
        """The provider's name and what it made of ``plain``."""
        self._refuse_condemned(version)
        return self._named() + self._seal(version, plain, label)

    def unwrap(self, version: int, wrapped: bytes, label: bytes) -> bytes:
        """What was wrapped, if it was wrapped here."""
        wrapped = bytes(wrapped)
        if (holder := holder_of(wrapped)) != self.name:
            msg = f'this key lies with the provider "{holder}", and YAKSOK_ROOT names "{self.name}"'
            cure = f"set YAKSOK_ROOT={holder}, or move: yaksok root move --to {self.name}"
            raise Foreign(msg, cure=cure)
        self._refuse_condemned(version)
        return self._open(version, wrapped.removeprefix(self._named()), label)

    def destroy(self, version: int) -> Receipt:
        """Condemn the version here, destroy it there, look whether it is gone, keep the receipt."""
        with self._marks.one_at_a_time("destroying"):
            return self._marks.receipt(version) or self._destroyed(version)

    def _destroyed(self, version: int) -> Receipt:
        living = self._living()
        if version not in living and not self._marks.condemned(version):
            self._never_here(version, living)
        self._marks.condemn(version)
        evidence, gone_at = self._end(version)
        at = clock.now()
        return self._marks.keep(
            Receipt(version, at, self.name, evidence, max(gone_at or at, at) + self._kept)
        )

    def receipts(self) -> tuple[Receipt, ...]:
        """Every receipt that is kept here, by version."""
        found = (self._marks.receipt(one) for one in self._marks.numbers("receipt"))
        return tuple(one for one in found if one is not None)

    def check(self) -> str:
        """What was seen when the provider was tried."""
        return self._look()

    def _never_here(self, version: int, living: tuple[int, ...]) -> None:
        """Raise unless the missing version may be one that a lost key directory had destroyed."""
        if max(living, default=0) < version:
            msg = f'the provider "{self.name}" has no root version {version}'
            raise Unfit(
                msg, cure="look whether YAKSOK_ROOT and its settings are those of this mall"
            )

    def _refuse_condemned(self, version: int) -> None:
        if self._marks.condemned(version):
            msg = f"root version {version} was destroyed: what it wrapped is gone for good"
            raise Shredded(msg)

    def _named(self) -> bytes:
        return b"" if self.name == FILE else self.name.encode("ascii") + END_OF_NAME

    def _foreign(self, version: int) -> Foreign:
        msg = f'root version {version} of "{self.name}" did not wrap this key'
        cure = "bring back the keys and the database that belong together"
        return Foreign(msg, cure=cure)

    @abstractmethod
    def _make(self, version: int) -> None:
        """Make a key that the provider never shows."""

    @abstractmethod
    def _living(self) -> tuple[int, ...]:
        """Versions that can unwrap at the provider, ascending."""

    @abstractmethod
    def _seal(self, version: int, plain: bytes, label: bytes) -> bytes:
        """``plain`` under the provider's key, bound to ``label``."""

    @abstractmethod
    def _open(self, version: int, sealed: bytes, label: bytes) -> bytes:
        """What was sealed."""

    @abstractmethod
    def _end(self, version: int) -> tuple[str, datetime | None]:
        """Destroy a version that may be gone already; what was seen then, and when it is final."""

    @abstractmethod
    def _look(self) -> str:
        """Try the provider."""
