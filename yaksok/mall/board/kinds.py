"""What a notice is about."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """Closed: a page, a lead time or a promise hangs on each."""

    NEWS = "news"
    """Whatever the mall wants to say; written by staff at the console."""
    POLICY = "policy"
    """A version of the privacy policy comes into force."""
    SHARING = "sharing"
    """Data will go to a recipient, to whom, what and why (P4.2)."""
    TERMS = "terms"
    """A version of the terms of service comes into force."""
