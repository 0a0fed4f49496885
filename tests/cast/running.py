"""The whole mall as its operator runs it: ``yaksok run``, in a directory of its own."""

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.cast.sandboxes import free_port, wait_until
from yaksok.database.service_user import ServiceUser

START_SECONDS = 120.0
STOP_SECONDS = 30.0
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")


@dataclass
class RunningMall:
    """One mall and its processes. ``root`` is its data directory."""

    root: Path
    port: int
    more: tuple[str, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started_in: float = 0.0
    ports: dict[str, int] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> Path:
        """What the supervisor printed."""
        return self.root.parent / f"{self.root.name}.out"

    def start(self) -> "RunningMall":
        """Start it and wait until it says that it is open."""
        began = time.monotonic()
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        command = (sys.executable, "-m", "yaksok.cli.main", "run", "--data", str(self.root))
        with self.output.open("ab") as out:
            already = self.output.stat().st_size
            self.process = subprocess.Popen(
                (*command, "--port", str(self.port), *self.more),
                env={**environment, **self.environment, "YAKSOK_TEST": "1"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        wait_until(lambda: self._is_open(already), START_SECONDS)
        self.started_in = time.monotonic() - began
        return self

    def _is_open(self, already: int) -> bool:
        assert self.process is not None
        said = self.output.read_bytes()[already:].decode()
        assert self.process.poll() is None, f"the mall ended at its start:\n{said}"
        for name, port in re.findall(
            r"^  (payment|courier|mail|push|sms) +http://127.0.0.1:(\d+)/", said, re.MULTILINE
        ):
            self.ports[name] = int(port)
        return "closes the mall" in said

    def processes(self) -> dict[str, psutil.Process]:
        """The supervisor and all below it, by what they are."""
        assert self.process is not None
        top = psutil.Process(self.process.pid)
        found = {"supervisor": top}
        for child in top.children(recursive=True):
            try:
                name = _name_of(child)
            except psutil.NoSuchProcess:
                continue
            number = 2
            unique = name
            while unique in found:
                unique, number = f"{name} {number}", number + 1
            found[unique] = child
        return found

    def ask(self, sandbox: str, path: str) -> bytes:
        """What a sandbox answers to GET ``path``."""
        url = f"http://127.0.0.1:{self.ports[sandbox]}{path}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bytes(answer.read())

    def tell(self, sandbox: str, path: str, body: object) -> bytes:
        """POST ``body`` to a sandbox; what it answers."""
        url = f"http://127.0.0.1:{self.ports[sandbox]}{path}"
        asked = urllib.request.Request(
            url, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return bytes(answer.read())

    def kill(self, name: str) -> None:
        """Kill -9 one process of the mall."""
        self.processes()[name].kill()

    def kill_all(self) -> None:
        """Kill -9 every process at once, and wait until the kernel has ended them."""
        alive = list(self.processes().values())
        for process in alive:
            _kill(process)
        psutil.wait_procs(alive, timeout=STOP_SECONDS)
        if self.process is not None:
            self.process.wait(STOP_SECONDS)

    def stop(self) -> None:
        """Stop it as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill_all()

    def run(self, *arguments: str) -> str:
        """What ``yaksok`` prints for ``arguments`` on this mall's data."""
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        done = subprocess.run(
            (sys.executable, "-m", "yaksok.cli.main", *arguments),
            env={**environment, "YAKSOK_DATA": str(self.root)},
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
        return done.stdout.decode()


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def _name_of(process: psutil.Process) -> str:
    command = process.cmdline()
    for part in command:
        if part.startswith(("yaksok.", "dev.")):
            return part.rpartition(".")[2]
    return process.name()


def new_mall(*more: str) -> RunningMall:
    """A mall in a fresh directory that PostgreSQL's user may reach; not started yet."""
    place = Path(tempfile.mkdtemp(prefix="yaksok-mall-"))
    ServiceUser.choose().let_through(place)
    return RunningMall(place / "mall", free_port(), more)


def demo_mall() -> RunningMall:
    """A mall with its demo goods, as its first start leaves it: made once in a run, then copied."""
    mall = new_mall()
    subprocess.run(("cp", "-a", str(_opened_once()), str(mall.root)), check=True)
    return mall


def _opened_once() -> Path:
    """The data of a mall that was opened and closed again, whichever worker came first."""
    run = Path(os.environ["YAKSOK_TEST_RUN"])
    pattern = RunningMall(run / "demo", free_port())
    with (run / "demo.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (run / "demo.made").exists():
            pattern.start().stop()
            (run / "demo.made").touch()
    return pattern.root


def end(mall: RunningMall) -> None:
    """Stop a mall and remove what it wrote, unless ``YAKSOK_KEEP`` asks to look at it."""
    mall.stop()
    if os.environ.get("YAKSOK_KEEP"):
        return
    shutil.rmtree(mall.root.parent, ignore_errors=True)
