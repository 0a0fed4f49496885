"""The closed words of requests: what can be asked, by which way, where a request stands, what came of it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What can be asked for."""

    CORRECT = "correct"
    DELETE = "delete"
    EXPLAIN = "explain"
    """What is held, why, until when, who received it, what was agreed to (Decree 41)."""
    OBJECT = "object"
    """No further use of a recipient's address; in Europe the objection of article 21."""
    PORT = "port"
    """A copy that a machine can read."""
    SEE = "see"
    STOP = "stop"
    """No use of the data but the person's own rights and duties of law (PIPA 37)."""
    WITHDRAW = "withdraw"
    """A consent is taken back."""


DEADLINE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CORRECT: "correction",
        Kind.DELETE: "correction",
        Kind.EXPLAIN: "access",
        Kind.OBJECT: "suspension",
        Kind.PORT: "access",
        Kind.SEE: "access",
        Kind.STOP: "suspension",
        Kind.WITHDRAW: "suspension",
    }
)
"""Which row of the law's deadlines counts for what is asked."""

PROMISE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CORRECT: "P8.2",
        Kind.DELETE: "P8.3",
        Kind.OBJECT: "P4.8",
        Kind.STOP: "P1.10",
        Kind.WITHDRAW: "P1.10",
    }
)
"""The promise by which it is done; where none is named, that everything can be seen (P8.1)."""

COPIES = frozenset({Kind.EXPLAIN, Kind.PORT, Kind.SEE})
"""What is answered by showing somebody what is held about them."""


class Way(StrEnum):
    """How a request came."""

    FAX = "fax"
    MAIL = "mail"
    """The 1:1 mail of the counselling desk, or an e-mail."""
    PHONE = "phone"
    POST = "post"
    WEB = "web"


DESK_WAYS = (Way.PHONE, Way.FAX, Way.POST, Way.MAIL)
"""What somebody at the desk writes down."""


class Asker(StrEnum):
    """Who speaks."""

    GUARDIAN = "guardian"
    PROXY = "proxy"
    """Somebody with a written authority of the person."""
    SELF = "self"


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    IDENTIFIED = "identified"
    """It was shown who asks."""
    WORKED = "worked"
    """What was asked is done; the person has not been told yet."""
    ANSWERED = "answered"
    REFUSED = "refused"
    APPEALED = "appealed"
    """The person objects to the answer, and somebody else decides."""
    UPHELD = "upheld"
    """The objection was heard, and the refusal stands."""


OPEN = (State.RECEIVED, State.IDENTIFIED, State.WORKED, State.APPEALED)
"""States in which the mall owes something; its deadline runs."""

MOVES: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.RECEIVED: frozenset({State.IDENTIFIED, State.REFUSED}),
        State.IDENTIFIED: frozenset({State.WORKED, State.ANSWERED, State.REFUSED}),
        State.WORKED: frozenset({State.ANSWERED}),
        State.ANSWERED: frozenset({State.APPEALED}),
        State.REFUSED: frozenset({State.APPEALED}),
        State.APPEALED: frozenset({State.IDENTIFIED, State.UPHELD}),
        State.UPHELD: frozenset(),
    }
)
"""From each state the next ones. An appeal that is granted goes back to work."""


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    NOTHING_HELD = "nothing_held"
    """The mall holds nothing about the person who asked."""
    NOTHING_TO_CHANGE = "nothing_to_change"
    REFUSED = "refused"


class Step(StrEnum):
    """One thing that was done about a request, for its history."""

    APPEALED = "appealed"
    APPEAL_GRANTED = "appeal_granted"
    APPEAL_UPHELD = "appeal_upheld"
    ANSWERED = "answered"
    CHECKED = "checked"
    CHECK_FAILED = "check_failed"
    COPY_PRINTED = "copy_printed"
    COPY_SEALED = "copy_sealed"
    """A second person looked at what goes out by post, and let it go."""
    EXTENDED = "extended"
    LINK_SENT = "link_sent"
    RECEIVED = "received"
    REFUSED = "refused"
    SEEN = "seen"
    """One person saw a document; a second one must look at it too."""
    WORKED = "worked"


class Check(StrEnum):
    """How it was shown who asks."""

    DOCUMENT = "document"
    """An identity document was seen, its number covered; no copy was kept."""
    LINK = "link"
    """They opened a link sent to the address that the mall holds."""
    LOGGED_IN = "logged_in"
    ORDER_SECRET = "order_secret"  # noqa: S105 - the name of a proof, not a secret
    PARCEL = "parcel"
    """They named a parcel's number and the last digits of the phone it goes to."""
    POWER_OF_ATTORNEY = "power_of_attorney"
    """A signed authority of the person lies before the desk."""
    VALUES = "values"
    """Two values that they named are those that the mall holds."""


_OF_THE_PERSON = frozenset(
    {
        Check.DOCUMENT,
        Check.LINK,
        Check.LOGGED_IN,
        Check.ORDER_SECRET,
        Check.PARCEL,
        Check.VALUES,
    }
)


def is_shown(asker: Asker, checks: frozenset[Check]) -> bool:
    """Whether ``checks`` show who asks: of somebody else, their authority too (Decree 45, 46)."""
    if asker is Asker.SELF:
        return bool(checks & _OF_THE_PERSON)
    return Check.POWER_OF_ATTORNEY in checks and Check.DOCUMENT in checks
