"""Tables of sums: what is hidden stays hidden, whoever subtracts."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.tables import tallied
from yaksok.policy.cells import ALL, LARGEST_SHARE, Tally, shown

SMALLEST = 10
ROWS, COLUMNS = ("r0", "r1", "r2", "r3"), ("c0", "c1", "c2")

PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 60), st.sampled_from(ROWS), st.sampled_from(COLUMNS), st.integers(1, 9)
    ),
    max_size=220,
)
"""Who added what to which cell."""


def test_a_table_of_many_is_shown_whole():
    bought = [(who, row, column, 1) for who in range(30) for row in ROWS for column in COLUMNS]
    cells = shown(tallied(bought), ROWS, COLUMNS, smallest=SMALLEST)
    assert cells[ROWS[0], COLUMNS[0]] == 30
    assert cells[ROWS[0], ALL] == 30 * len(COLUMNS)
    assert cells[ALL, ALL] == 30 * len(COLUMNS) * len(ROWS)
    assert None not in cells.values()


def test_a_cell_of_nine_is_hidden_and_so_is_one_beside_it_in_each_direction():
    bought = [(who, row, column, 1) for who in range(30) for row in ROWS for column in COLUMNS]
    bought = [b for b in bought if b[1:3] != (ROWS[0], COLUMNS[0]) or b[0] < SMALLEST - 1]
    cells = shown(tallied(bought), ROWS, COLUMNS, smallest=SMALLEST)
    hidden = {place for place, value in cells.items() if value is None}
    assert (ROWS[0], COLUMNS[0]) in hidden
    assert len(hidden) == 4, "a square: two in each of two rows and two columns"


def test_a_cell_that_one_person_rules_is_hidden():
    bought = [(who, ROWS[0], COLUMNS[0], 1) for who in range(30)] + [(99, ROWS[0], COLUMNS[0], 31)]
    cells = shown(tallied(bought), ROWS, COLUMNS, smallest=SMALLEST)
    assert cells[ROWS[0], COLUMNS[0]] is None


def test_nobody_is_a_zero_and_is_shown():
    cells = shown({}, ROWS, COLUMNS, smallest=SMALLEST)
    assert set(cells.values()) == {0}


@settings(max_examples=150, deadline=None)
@given(PEOPLE)
def test_no_shown_cell_stands_for_too_few(bought: list[tuple[int, str, str, int]]):
    tallies = tallied(bought)
    for place, value in shown(tallies, ROWS, COLUMNS, smallest=SMALLEST).items():
        tally = tallies.get(place, Tally())
        if value:
            assert value == tally.sum
            assert tally.persons >= SMALLEST
            assert tally.largest <= tally.sum * LARGEST_SHARE


@settings(max_examples=150, deadline=None)
@given(PEOPLE)
def test_what_the_hidden_cells_of_a_line_add_up_to_tells_of_nobody(
    bought: list[tuple[int, str, str, int]],
):
    cells = shown(tallied(bought), ROWS, COLUMNS, smallest=SMALLEST)
    for row in ROWS:
        hidden = {column for column in COLUMNS if cells[row, column] is None}
        if hidden and cells[row, ALL] is not None:
            added: dict[int, int] = defaultdict(int)
            for who, its_row, column, much in bought:
                if its_row == row and column in hidden:
                    added[who] += much
            assert len(added) >= SMALLEST
            assert max(added.values()) <= sum(added.values()) * LARGEST_SHARE


@settings(max_examples=150, deadline=None)
@given(PEOPLE)
def test_nobody_can_solve_the_table_for_a_hidden_cell(bought: list[tuple[int, str, str, int]]):
    cells = shown(tallied(bought), ROWS, COLUMNS, smallest=SMALLEST)
    hidden = sorted(place for place, value in cells.items() if value is None)
    assert determined(hidden) == [], "what all rows and columns together add up to"


@pytest.mark.parametrize("hidden", [[("r0", "c0")], [("r0", "c0"), ("r0", "c1"), ("r1", "c1")]])
def test_the_solver_does_solve_what_is_hidden_badly(hidden: list[tuple[str, str]]):
    assert determined(hidden), "else the test above proves nothing"


def determined(hidden: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cells of ``hidden`` that follow from every row and column adding up: exact elimination."""
    equations = []
    for line in [[(r, c) for c in (*COLUMNS, ALL)] for r in (*ROWS, ALL)] + [
        [(r, c) for r in (*ROWS, ALL)] for c in (*COLUMNS, ALL)
    ]:
        signs = [Fraction(-1 if place == line[-1] else 1) for place in line]
        by_place = dict(zip(line, signs, strict=True))
        equations.append([by_place.get(place, Fraction(0)) for place in hidden])
    done = 0
    for at in range(len(hidden)):
        pivot = next((i for i in range(done, len(equations)) if equations[i][at]), None)
        if pivot is None:
            continue
        equations[done], equations[pivot] = equations[pivot], equations[done]
        lead = equations[done]
        equations[done] = lead = [value / lead[at] for value in lead]
        for i, row in enumerate(equations):
            if i != done and row[at]:
                equations[i] = [a - row[at] * b for a, b in zip(row, lead, strict=True)]
        done += 1
    return [
        place
        for at, place in enumerate(hidden)
        if any(row[at] and sum(map(bool, row)) == 1 for row in equations)
    ]
