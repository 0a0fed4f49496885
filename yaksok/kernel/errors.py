"""Errors that say what was asked, why not, which promise, and what to do next. Never a value."""


class YaksokError(Exception):
    """Base of every error of this project."""


class Refused(YaksokError):
    """The policy says no. Asking again will not help.

    ``promise`` names the sentence (``"P4.11"``); ``advice`` is fit to show to the person.
    """

    def __init__(self, reason: str, *, promise: str, advice: str = "") -> None:
        super().__init__(f"{reason} ({promise})")
        self.reason = reason
        self.promise = promise
        self.advice = advice


class Shredded(YaksokError):
    """The key of what was asked for was destroyed. Final; there is no backup key."""


class Tampered(YaksokError):
    """Stored bytes failed authentication. Stop and call the officer; do not retry."""


class AuditUnavailable(YaksokError):
    """The log did not accept the entry, so nothing was opened. Safe to retry."""


class Invalid(YaksokError):
    """A person's input cannot be taken.

    ``problems`` maps a field's name to a sentence (translated lazily) that says what to do; the
    key ``""`` stands for the form as a whole. Never holds the input itself.
    """

    def __init__(self, problems: "dict[str, str]") -> None:
        super().__init__(f"cannot take: {', '.join(sorted(k or 'form' for k in problems))}")
        self.problems = problems


class Undeclared(YaksokError):
    """A posted field that the policy does not declare (P1.5). Answered with 400, stored nowhere."""

    def __init__(self, names: "frozenset[str]") -> None:
        super().__init__(f"{len(names)} posted fields are not declared by the policy (P1.5)")
        self.names = names


class Busy(YaksokError):
    """Something the act needs is not reachable now. Nothing was lost; try again in a moment."""


class Throttled(YaksokError):
    """Too many attempts. ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many attempts; again in {retry_after} s")
        self.retry_after = retry_after


class NotFound(YaksokError):
    """There is no such thing, or this actor may not know of it: the two look the same."""
