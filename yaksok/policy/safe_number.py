"""For how long a number is lent in place of a recipient's telephone, and the names that this goes by."""

import msgspec

PROVIDER = "safe_number"
"""The provider's name among the recipients, and that of the box by which somebody wishes for a number."""


class SafeNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table of the document. ``[recipients.safe_number]`` is who lends; a mall without one has neither.

    ``days``: at most so many from the day on which it is lent. ``after_delivery``: how long after the
    delivery it is given back, as a calendar period (``P3D``).
    """

    days: int
    after_delivery: str
