"""The guard's table names nobody."""

from yaksok.kernel.holdings import Impersonal

HOLDINGS = (
    Impersonal(
        "guard_tally",
        "a keyed hash of what was attempted and a count; dies after its window of minutes",
    ),
)
