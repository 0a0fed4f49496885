"""Who asks. Mandatory at every door to personal data; there is no default and no thread-local."""

from dataclasses import dataclass
from enum import StrEnum

from yaksok.kernel.ids import SubjectId


class Role(StrEnum):
    """What an actor is to the mall. A staff account may hold several; one acts at a time."""

    AUDITOR = "auditor"
    """Member of the audit committee: reads every control and log, changes nothing, opens nothing."""
    CLERK = "clerk"
    """Orders and shipping: pick, hand over to the courier."""
    GUEST = "guest"
    """A person without an account, proven by order number and secret."""
    GUARDIAN = "guardian"
    """The guardian of a child, proven by one of the lawful methods."""
    MARKETER = "marketer"
    """Advertising: writes what is sent, sees numbers, and opens nothing."""
    MEMBER = "member"
    """A person with an account, logged in."""
    OFFICER = "officer"
    """The privacy officer or handler."""
    RECIPIENT = "recipient"
    """Somebody to whom a parcel goes, proven by its number and the phone it was sent with."""
    STAFF = "staff"
    """Somebody at the staff door, not yet proven: may only be authenticated."""
    SYSTEM = "system"
    """The mall itself: a journey or a job that acts for nobody in particular."""
    VISITOR = "visitor"
    """Anybody: not yet known."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts: a role and, when known, who.

    ``subject`` of a member or guest is themself; of a staff role it is the staff's own subject id.
    ``trained`` is true when a staff actor's training record is current (P7.14).
    ``job`` names the journey or job of a SYSTEM actor.
    """

    role: Role
    subject: SubjectId | None = None
    trained: bool = False
    job: str = ""

    @classmethod
    def visitor(cls) -> "Actor":
        """Anybody, before they are known."""
        return cls(Role.VISITOR)

    @classmethod
    def member(cls, subject: SubjectId) -> "Actor":
        """A logged-in member."""
        return cls(Role.MEMBER, subject)

    @classmethod
    def guest(cls, subject: SubjectId) -> "Actor":
        """A guest who proved an order by number and secret, or is placing one."""
        return cls(Role.GUEST, subject)

    @classmethod
    def recipient(cls, subject: SubjectId) -> "Actor":
        """Whom a parcel goes to, and who showed that it is theirs."""
        return cls(Role.RECIPIENT, subject)

    @classmethod
    def guardian(cls, subject: SubjectId) -> "Actor":
        """The guardian of a child, who opened a link of their own letter."""
        return cls(Role.GUARDIAN, subject)

    @classmethod
    def system(cls, job: str) -> "Actor":
        """The mall itself, in the journey or job ``job``."""
        return cls(Role.SYSTEM, job=job)
