"""A process of its own that holds the open epoch's keys, as a worker does.

``python -m tests.cast.holder DATABASE``: says ``holding`` and then, for each line it is given, seals
somebody's record and says under which epoch.
"""

import subprocess
import sys

from django.db import connection

from tests.cast.closer import on_the_database


def holding_process() -> "subprocess.Popen[str]":
    """Start it on the database of this test and wait until it holds the keys."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cast.holder", str(connection.settings_dict["NAME"])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert said_by(process) == "holding"
    return process


def said_by(process: "subprocess.Popen[str]", word: str = "") -> str:
    """What it says next, after it was told ``word``."""
    assert process.stdin is not None
    assert process.stdout is not None
    if word:
        process.stdin.write(f"{word}\n")
        process.stdin.flush()
    return process.stdout.readline().strip()


def main() -> None:
    """Hold keys until told to end; ``wait`` keeps a transaction open until the next line."""
    on_the_database(sys.argv[1])
    from yaksok.database.roles import keeper
    from yaksok.privacy.vault import epochs

    with keeper():
        epochs.current()
    print("holding", flush=True)
    for line in sys.stdin:
        try:
            with keeper():
                number = epochs.current().number
                if line.strip() == "wait":
                    print(f"waiting {number}", flush=True)
                    sys.stdin.readline()
        except Exception as error:  # noqa: BLE001 - whatever it was, the test is told
            print(type(error).__name__, flush=True)
        else:
            print(number, flush=True)


if __name__ == "__main__":
    main()
