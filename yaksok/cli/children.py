"""The processes of a running mall: how each is started, and what becomes of those left behind."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from yaksok.database.private_files import open_log
from yaksok.database.service_user import end_with_parent

STOP_SECONDS = 10.0
BACK_OFF_SECONDS = (0.2, 1.0, 3.0, 10.0, 30.0)
DATA = b"YAKSOK_DATA="
"""By this in its environment a process is known to belong to a mall."""
_BEGAN = 19
"""Place of a process's beginning among what the kernel says after its name (proc(5), field 22)."""
STEADY_SECONDS = 60.0
"""A process that lived this long is trusted again: its next restart is quick."""


@dataclass(slots=True)
class Child:
    """One process of the mall, started again when it ends by itself."""

    name: str
    module: tuple[str, ...]
    """What ``python -m`` gets: a module and its arguments."""
    log: Path
    environment: dict[str, str] | None = None
    """All that it is told; None for what this process knows."""
    port: int | None = None
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0
    """Moment (monotonic) of the next start, 0 for none."""

    def start(self) -> None:
        """Start it; what it prints goes to its log."""
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.module],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - made by the only thread
            )
        self.started, self.due = time.monotonic(), 0.0

    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def plan_restart(self) -> float:
        """Decide when a process that ended starts again; returns the seconds until then."""
        if time.monotonic() - self.started > STEADY_SECONDS:
            self.failures = 0
        wait = BACK_OFF_SECONDS[min(self.failures, len(BACK_OFF_SECONDS) - 1)]
        self.failures += 1
        self.due = time.monotonic() + wait
        return wait

    def stop(self) -> None:
        """End it: asked first, then made to."""
        if self.process is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(number)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
        self.process = None


def run_once(module: tuple[str, ...], log: Path) -> tuple[int, str]:
    """Run ``python -m module`` to its end. Returns its status and the end of what it printed."""
    with open_log(log) as file:
        before = log.stat().st_size
        status = subprocess.run(
            [sys.executable, "-m", *module],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            check=False,
            preexec_fn=end_with_parent(signal.SIGTERM),
        ).returncode
    with log.open("rb") as file:
        file.seek(before)
        return status, file.read()[-4000:].decode(errors="replace").strip()


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def remember(path: Path, children: list[int]) -> None:
    """Write down the processes of this run and when each began, for a start after a crash."""
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps({str(pid): _began(pid) for pid in children}), encoding="ascii")
    draft.replace(path)


def end_left_behind(path: Path) -> int:
    """End what a killed mall left running; returns how many there were.

    The kernel has told them to end already; this waits for it, and insists after ten seconds. A
    process of another mall that has one of these numbers by now is left alone.
    """
    try:
        listed = {int(pid): began for pid, began in json.loads(path.read_text("ascii")).items()}
    except (FileNotFoundError, ValueError, AttributeError):
        return 0

    def is_ours(pid: int) -> bool:
        return _began(pid) == listed[pid] != 0 and _is_of_the_mall_in(path.parent, pid)

    left = [pid for pid in listed if is_ours(pid)]
    deadline = time.monotonic() + STOP_SECONDS
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in filter(is_ours, left):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        while any(map(is_ours, left)) and time.monotonic() < deadline:
            time.sleep(0.05)
        deadline += STOP_SECONDS
    path.unlink(missing_ok=True)
    return len(left)


def _began(pid: int) -> int:
    """When a process began, in the kernel's ticks since the machine did; 0 for one that has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace").rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    told = state.split()
    return 0 if told[0] == "Z" else int(told[_BEGAN])


def _is_of_the_mall_in(folder: Path, pid: int) -> bool:
    """Whether ``pid`` is still a process of this very mall, and not somebody else's by now.

    Who is not root is not told what a process of the mall was told: it is closed to its user too.
    Then its beginning, which is compared first, has to do.
    """
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        told = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except PermissionError:
        told = [DATA + os.fsencode(folder)]
    except (FileNotFoundError, ProcessLookupError):
        return False
    places = [Path(os.fsdecode(one[len(DATA) :])) for one in told if one.startswith(DATA)]
    here = any(place.resolve() == folder.resolve() for place in places)
    return here and any(word.startswith((b"yaksok.", b"dev.")) for word in words)
