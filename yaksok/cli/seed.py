"""Stocks an empty mall with the demo's goods and its clerk: ``python -m yaksok.cli.seed``."""

import sys

import django


def main() -> int:
    """Entry of the child process that the first ``yaksok run`` starts. Safe to run again."""
    django.setup()
    from yaksok.journeys import staff_door, stock_demo

    stock_demo.stock()
    staff_door.demo()
    return 0


if __name__ == "__main__":
    sys.exit(main())
