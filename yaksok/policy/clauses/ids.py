"""The ids of the 104 promises: section 4, promise 5 is ``P4.5``."""

COUNTS = (12, 15, 10, 16, 6, 6, 18, 5, 7, 4, 5)
"""How many promises each of the eleven sections makes."""

ALL_IDS = frozenset(
    f"P{section}.{number}"
    for section, count in enumerate(COUNTS, start=1)
    for number in range(1, count + 1)
)
