"""Tables as CSV: a spreadsheet computes nothing of them."""

import csv
import io

import pytest

from yaksok.kernel.csv_text import csv_text


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("cell", ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_nothing_begins_like_a_formula(cell: str) -> None:
    assert read(csv_text([["a", cell]])) == [["a", f"'{cell}"]]


def test_it_says_that_it_is_utf_8_and_keeps_quotes_lines_and_hangul() -> None:
    cells = ["차와 다구", 'say "no"', "one\r\ntwo", "a,b", ""]
    text = csv_text([cells])
    assert text.startswith("\ufeff")
    assert read(text) == [cells]
