"""Sums by row and column, counted from what persons bought."""

from collections import defaultdict
from collections.abc import Iterable

from yaksok.policy.cells import ALL, Place, Tally

Bought = tuple[int, str, str, int]
"""Who, the row, the column, and how much."""


def tallied(bought: Iterable[Bought]) -> dict[Place, Tally]:
    """The tally of every cell that is not nothing, sums of rows and columns included."""
    by_person: dict[Place, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for who, row, column, much in bought:
        for place in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
            by_person[place][who] += much
    return {
        place: Tally(len(persons), sum(persons.values()), max(persons.values()))
        for place, persons in by_person.items()
    }
