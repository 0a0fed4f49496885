"""The tables of a policy document that say how long or how often, and nothing else."""

import msgspec


class Desk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How soon inquiries are answered (P10.4): ``first_answer`` in working days, as ``P3D``."""

    first_answer: str = "P3D"


class SafeNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how long a number is lent in place of a recipient's telephone; a mall without one has no such table.

    ``days``: at most so many from the day on which it is lent. ``after_delivery``: how long after the
    delivery it is given back, as a calendar period (``P3D``).
    """

    days: int
    after_delivery: str


class Upkeep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How often the promise is looked after: training of staff, audit of the whole."""

    training_every: str
    audit_every: str
