"""Tables as CSV for spreadsheets: Hangul is read as Hangul, and nothing is taken for a formula."""

import csv
import io
from collections.abc import Iterable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula when a cell begins with it."""


def csv_text(lines: Iterable[Iterable[str]]) -> str:
    """``lines`` with a byte order mark, CRLF, and an apostrophe before what begins like a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    for line in lines:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in line])
    return out.getvalue()
