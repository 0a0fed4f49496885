"""Measure the budgets, each beside its floor in the same run: ``make bench``.

Figures are CPU microseconds, the best of several rounds. A ratio holds while the machine's speed
drifts; a single time does not.
"""

from rich.console import Console
from rich.table import Table

from benchmarks import vault

CONSOLE = Console()


def main() -> None:
    """Run every benchmark and print one table."""
    table = Table("work", "CPU µs", "beside", "CPU µs", "ratio", "budget")
    for row in vault.rows():
        table.add_row(
            row.work,
            f"{row.micros:.1f}",
            row.beside,
            f"{row.floor:.1f}",
            f"{row.micros / row.floor:.1f}",
            row.budget,
        )
    CONSOLE.print(table)


if __name__ == "__main__":
    main()
