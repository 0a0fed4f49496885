"""A process of its own that closes an epoch, and kills itself with -9 at the point it was told.

``python -m tests.cast.closer DATABASE POINT NTH BATCH``; without a point it closes to the end.
"""

import os
import signal
import subprocess
import sys

from django.db import connection


def closing_process(point: str = "", *, nth: int = 1, batch: int = 5) -> "subprocess.Popen[str]":
    """Start it on the database of this test; it prints each point that it passes."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.cast.closer",
            str(connection.settings_dict["NAME"]),
            point,
            str(nth),
            str(batch),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def closed_in_a_process(point: str = "", *, nth: int = 1, batch: int = 5) -> tuple[int, list[str]]:
    """Its end: the status (-9 when it was killed), and the points it passed."""
    process = closing_process(point, nth=nth, batch=batch)
    out, _ = process.communicate(timeout=100)
    return process.returncode, out.split("\n")[:-1]


def on_the_database(name: str) -> None:
    """Let Django work on the test's database, in a process of its own."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    django.setup()
    from django.db import connections

    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
        connections[alias].settings_dict["OPTIONS"].pop("pool", None)


def main() -> None:
    """Close, and die where it was told."""
    name, point, nth, batch = sys.argv[1:5]
    on_the_database(name)
    from yaksok.privacy.vault import closing
    from yaksok.privacy.vault.closing import copying

    copying.BATCH = int(batch)
    passed: list[str] = []

    def watch(progress: closing.Progress) -> None:
        print(progress.point, flush=True)
        passed.append(progress.point)
        if passed.count(point) == int(nth):
            os.kill(os.getpid(), signal.SIGKILL)

    closing.close(watch)


if __name__ == "__main__":
    main()
