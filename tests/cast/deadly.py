"""A backup or a restore that is killed at a chosen place: ``python -m tests.cast.deadly …``.

Arguments: ``backup`` or ``restore``, the directory of backups, the step, and how many of the step's
parts are done before the process kills itself as ``kill -9`` does. The place ``finish`` is the moment
before a folder gets its own name.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from yaksok.database import manifest


def die() -> None:
    """End as by ``kill -9``: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def _killed_before(folder: Path) -> None:
    die()


class Deadly:
    """Shows nothing, and kills the process in the chosen step."""

    def __init__(self, label: str, after: int) -> None:
        self._label = label
        self._left = after

    def step(self, label: str, total: int) -> Callable[[int], None]:  # noqa: ARG002 - what is shown
        """Hears of a step's parts; dies at the chosen one."""
        if not label.startswith(self._label):
            return manifest.nothing
        if not self._left:
            die()

        def told(_: int) -> None:
            self._left -= 1
            if self._left <= 0:
                die()

        return told


def main(act: str, place: str, label: str, after: str) -> None:
    """Do it, and do not come back."""
    from yaksok.cli import backup
    from yaksok.cli.reach import closed_mall, open_books

    root = Path(os.environ["YAKSOK_DATA"])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    shown = Deadly(label, int(after))
    if label == "finish":
        manifest.sync = _killed_before
    if act == "backup":
        with open_books(root) as data:
            from yaksok.journeys import backups

            backups.write(data, Path(place), shown=shown)
        return
    with closed_mall(root):
        data = backup._ready(root)
        from yaksok.journeys import restoring

        chosen = restoring.choose(Path(place))
        restoring.check(chosen, shown)
        restoring.restore(data, chosen, shown=shown)


if __name__ == "__main__":
    main(*sys.argv[1:])
