"""The closed words of the desk: what a ticket is about, where it stands, how it came."""

from enum import StrEnum


class Topic(StrEnum):
    """What a ticket is about, as the asker chose it."""

    DELIVERY = "delivery"
    GOODS = "goods"
    ORDER = "order"
    OTHER = "other"
    PRIVACY = "privacy"
    """An opinion or a complaint about privacy (P10.1)."""
    RETURNS = "returns"
    RIGHTS = "rights"
    """The asker wants a right of theirs. The request itself runs in a queue of its own."""


CHECKED = frozenset({Topic.PRIVACY, Topic.RIGHTS})
"""Topics whose answers a second person reads before they leave (P10.4)."""


class State(StrEnum):
    """Where a ticket stands."""

    ANSWERED = "answered"
    """The asker has the answer."""
    CHECKING = "checking"
    """An answer is written, and a second person has not read it yet."""
    CLOSED = "closed"
    """It ended without an answer."""
    OPEN = "open"


WAITING = frozenset({State.OPEN, State.CHECKING})
"""Tickets whose asker still waits."""


class Way(StrEnum):
    """How a ticket came. The desk treats them alike."""

    FAX = "fax"
    MAIL = "mail"
    """An e-mail to the mall's own address."""
    PHONE = "phone"
    POST = "post"
    WEB = "web"


class Closing(StrEnum):
    """Why a ticket ended without an answer."""

    ASKED = "asked"
    """The asker took it back."""
    DUPLICATE = "duplicate"
    SPAM = "spam"
