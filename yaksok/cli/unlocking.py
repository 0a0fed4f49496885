"""No key, no start: ``python -m yaksok.cli.unlocking`` opens the keys of every living epoch."""

import sys

from yaksok.database.layout import DataDirectory
from yaksok.journeys import root_keys


def main() -> int:
    """Entry of the child process; writes why the keys do not open, and the cure."""
    try:
        root_keys.open_all(DataDirectory.from_environment())
    except root_keys.Trouble as trouble:
        sys.stderr.write(f"{trouble.problem}\n  cure: {trouble.cure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
