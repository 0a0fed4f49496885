"""Tables of sums in which nobody can be recognised: small cells are hidden, and not given away by others.

A table has rows and columns; its last row and column are sums. Of each sum it is known how many persons
stand behind it and how much the largest of them added. What is hidden must not be found by subtraction
either, so more is hidden until that is true (complementary suppression).

Source: P4.14, P4.15. Willenborg and de Waal, Elements of Statistical Disclosure Control, chapters on
magnitude tables.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yaksok.kernel.errors import Refused
from yaksok.policy.entries import Body

ALL = ""
"""The row of column sums, and the column of row sums."""

LARGEST_SHARE = 0.5
"""Beyond this share of a sum, one person's own figure can be guessed from it."""

UNSAID = 10
"""The least number of persons in a count that is shown, where the document has no ``[statistics]``."""

Place = tuple[str, str]
WHOLE: Place = (ALL, ALL)
"""The sum of all."""


class Use(StrEnum):
    """For what figures may be given out. There is no fourth use (P4.14)."""

    MARKET_RESEARCH = "market_research"
    RESEARCH = "research"
    """Academic research."""
    STATISTICS = "statistics"


def use_of(word: str) -> Use:
    """The use that ``word`` names.

    Refuses:
        Refused: the policy names no such use (P4.14).
    """
    try:
        return Use(word)
    except ValueError:
        msg = "refused to give figures out: not for statistics, academic or market research"
        raise Refused(msg, promise="P4.14", advice="choose one of the three uses") from None


def smallest_of(body: Body) -> int:
    """The least number of persons in a count that staff are shown, as ``body`` has it (P4.15)."""
    return body.statistics.smallest_cell if body.statistics else UNSAID


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum, how many persons stand behind it, and how much the largest of them added to it."""

    persons: int = 0
    sum: int = 0
    largest: int = 0


def shown(
    tallies: Mapping[Place, Tally],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    smallest: int,
) -> dict[Place, int | None]:
    """Every cell of the table with its sum, or None where it is hidden.

    Arguments:
        tallies: The sums that are not nothing, those of :data:`ALL` included. A place that is not
            there is a zero: nobody stands behind it, so it hides nobody and is shown.
        smallest: The least number of persons behind a sum that is shown.

    Guarantees:
        A shown sum that is not zero has at least ``smallest`` persons behind it and nobody with more
        than :data:`LARGEST_SHARE` of it. In no row and no column is exactly one cell hidden, the sums
        included, nor can a chain of rows and columns be added up to a single hidden cell. What the
        hidden cells of a line add up to could be shown by the same rule. The sum of all is hidden only
        when it is small itself, so that two tables of the same trade do not tell of each other.

    Cost: rows times columns, times the number of cells hidden beside the small ones.
    """
    table = _Table(tallies, (*rows, ALL), (*columns, ALL), smallest)
    table.hide_the_small()
    while (line := table.tells_too_much()) is not None:
        if not table.hide_another(line):
            table.hide_all()
            break
    return table.as_shown()


class _Table:
    def __init__(
        self,
        tallies: Mapping[Place, Tally],
        rows: tuple[str, ...],
        columns: tuple[str, ...],
        smallest: int,
    ) -> None:
        self.tallies = {
            (row, column): tallies.get((row, column), Tally()) for row in rows for column in columns
        }
        self.rows, self.columns, self.smallest = rows, columns, smallest
        self.hidden: set[Place] = set()

    def hide_the_small(self) -> None:
        self.hidden = {p for p, tally in self.tallies.items() if tally.sum and self._small(tally)}

    def tells_too_much(self) -> list[Place] | None:
        """A line whose hidden cells can be found, or stand for too few persons together."""
        for line in self._lines():
            hidden = [self.tallies[place] for place in line if place in self.hidden]
            if len(hidden) == 1 or (hidden and not self._is_whole(line) and self._small(*hidden)):
                return line
        bridge = self._bridge()
        return None if bridge is None else self._line_around(bridge)

    def hide_another(self, line: list[Place]) -> bool:
        """Hide one more of ``line``: one that its other line needs too, then the smallest; sums last.

        The sum of all stays: another table of the same trade shows it, too.
        """
        open_cells = [p for p in self._not_nothing(line) if p not in self.hidden and p != WHOLE]
        if not open_cells:
            return False
        self.hidden.add(
            min(open_cells, key=lambda p: (ALL in p, not self._crossed(p), self.tallies[p].sum, p))
        )
        return True

    def hide_all(self) -> None:
        """Show nothing but the sum of all, if that can be shown."""
        self.hidden |= {p for p, tally in self.tallies.items() if tally.sum and p != WHOLE}

    def _crossed(self, place: Place) -> bool:
        """Whether a hidden cell stands in the row and one in the column of ``place``."""
        row, column = place
        return any(p[0] == row for p in self.hidden) and any(p[1] == column for p in self.hidden)

    def _small(self, *tallies: Tally) -> bool:
        """Whether one sum, or what several add up to, must be hidden.

        Behind several may stand the same persons, and the same one may be the largest of each.
        """
        persons = max(tally.persons for tally in tallies)
        largest = sum(tally.largest for tally in tallies)
        return persons < self.smallest or largest > sum(t.sum for t in tallies) * LARGEST_SHARE

    def _is_whole(self, line: list[Place]) -> bool:
        """Whether all that adds up to the sum of ``line`` is hidden, and the sum is not."""
        *parts, total = line
        return total not in self.hidden and self.hidden.issuperset(self._not_nothing(parts))

    def _not_nothing(self, places: list[Place]) -> list[Place]:
        return [place for place in places if self.tallies[place].sum]

    def as_shown(self) -> dict[Place, int | None]:
        return {p: None if p in self.hidden else tally.sum for p, tally in self.tallies.items()}

    def _lines(self) -> Iterator[list[Place]]:
        for row in self.rows:
            yield [(row, column) for column in self.columns]
        for column in self.columns:
            yield [(row, column) for row in self.rows]

    def _line_around(self, place: Place) -> list[Place]:
        """The row or the column of ``place`` in which something can still be hidden."""
        row = [(place[0], column) for column in self.columns]
        column = [(row_, place[1]) for row_ in self.rows]
        free = [p for p in self._not_nothing(row) if p not in self.hidden and p != WHOLE]
        return row if free else column

    def _bridge(self) -> Place | None:
        """A hidden cell on no circle of hidden cells: rows and columns add up to it alone.

        Each line says that a sum of its hidden cells is known. With lines as corners and hidden cells
        as edges between a row and a column, one edge is determined when it is a bridge.
        """
        beside: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
        for row, column in sorted(self.hidden):
            beside[0, row].append((1, column))
            beside[1, column].append((0, row))
        for row, column in sorted(self.hidden):
            if not _connected(beside, (0, row), (1, column)):
                return (row, column)
        return None


def _connected(
    beside: Mapping[tuple[int, str], list[tuple[int, str]]],
    start: tuple[int, str],
    end: tuple[int, str],
) -> bool:
    """Whether another way than the edge between them leads from ``start`` to ``end``."""
    seen, waiting = {start}, [corner for corner in beside[start] if corner != end]
    while waiting:
        corner = waiting.pop()
        if corner == end:
            return True
        if corner not in seen:
            seen.add(corner)
            waiting.extend(beside[corner])
    return False
