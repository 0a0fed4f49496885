"""Every way a stored row can be wrong, each with its cause and its cure. None of them holds a value.

A row is believed only when the cipher's tag fits it. When the tag does not, a few bytes beside it say
what is the likeliest reason; whoever can write rows can forge those bytes too, and gains by it that
another of these errors is raised.
"""

from typing import ClassVar

from yaksok.kernel.errors import Tampered

BACKUP = "stop, call the officer, and bring the row back from the newest backup"


class Fault(Tampered):
    """A stored row that is not what was sealed. ``part`` names what of it: the record or its key."""

    cause: ClassVar[str]
    cure: ClassVar[str]

    def __init__(self, part: str) -> None:
        super().__init__(f"{part} {self.cause}; cure: {self.cure}")
        self.part = part


class Altered(Fault):
    """Bytes were changed after they were sealed."""

    cause = "failed authentication: a byte was changed since it was sealed"
    cure = BACKUP


class Misplaced(Fault):
    """The row was sealed for another subject, record, kind or mall, and put here."""

    cause = "belongs to another subject, record, kind or mall"
    cure = "stop, call the officer, and find out who moved rows; then bring them back from a backup"


class NotARecord(Fault):
    """The seal fits, but what lies inside is no record of this format."""

    cause = "opened, but what lies inside is no record"
    cure = "call the officer: a program that knows the keys wrote this row, and it was not this one"


class OldFormat(Fault):
    """The row is of a format from before the first release."""

    cause = "is of a format from before the first release"
    cure = "begin with a new data directory; nothing is read that no release has written"


class Truncated(Fault):
    """Bytes are missing."""

    cause = "is cut short"
    cure = f"look at the disk and at what copied this database; then {BACKUP}"


class UnknownAlgorithm(Fault):
    """The row names a cipher that this version does not know."""

    cause = "names a cipher that this version does not know"
    cure = "install the version of Yaksok that wrote it, or a newer one"


class UnknownFormat(Fault):
    """The row is of a format that this version does not know."""

    cause = "is of a format that this version does not know"
    cure = "install the version of Yaksok that wrote it, or a newer one"


class WrongEpoch(Fault):
    """The data key was wrapped in another epoch than the one its row names."""

    cause = "is not of the epoch that its row names"
    cure = "bring the newest backup of the keys over this database (yaksok restore)"


class WrongKey(Fault):
    """The data key is not the one that the record was sealed under."""

    cause = "does not match its commitment"
    cure = BACKUP
