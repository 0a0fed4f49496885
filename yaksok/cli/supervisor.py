"""Runs the mall: PostgreSQL, the web server, the jobs and the sandboxes, until told to stop.

A process of its own, ``python -m yaksok.cli.supervisor``, that imports neither Django nor the
database's client, because it stays in memory as long as the mall is open.
"""

import argparse
import fcntl
import importlib.util
import os
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from types import FrameType
from typing import IO

from yaksok.cli.children import Child, end_left_behind, is_free, remember, run_once
from yaksok.cli.limits import LAST_PORT, LEAST_FREE_BYTES
from yaksok.cli.trouble import ALREADY_RUNNING, Trouble, give_up, tell
from yaksok.database.embedded import Server
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.private_files import open_lock
from yaksok.database.visits import without_visitors
from yaksok.kernel.hardening import harden

WATCH_SECONDS = 0.2
ANSWER_SECONDS = 30.0
COURIER_SECONDS = "30"
"""How long a parcel of the demo takes from one step to the next."""
SANDBOXES = {
    "payment": (
        "YAKSOK_PAYMENT_URL",
        ("YAKSOK_PAYMENT_SECRET", "YAKSOK_PAYMENT_WEBHOOK_SECRET"),
    ),
    "courier": ("YAKSOK_COURIER_URL", ("YAKSOK_COURIER_SECRET",)),
    "mail": ("YAKSOK_SMTP", ()),
    "identity": ("YAKSOK_IDENTITY_URL", ("YAKSOK_IDENTITY_SECRET",)),
    "sms": ("YAKSOK_SMS", ("YAKSOK_SMS_KEY", "YAKSOK_SMS_SECRET")),
    "push": ("YAKSOK_PUSH_SANDBOX", ()),
}
"""The demo's outside world: what names a real one, and which secrets the mall shares with it."""
CALLING_BACK = ("payment", "courier")
"""Those of them that tell the mall by themselves what happened."""
OURS = ("YAKSOK_", "DATABASE_URL", "DJANGO_", "PG")
"""How names begin that only the mall's own processes are told."""


class Stopped(Exception):
    """Somebody asked the mall to stop."""


class Mall:
    """One mall in one data directory."""

    def __init__(self, data: DataDirectory, port: int, *, demo: bool) -> None:
        self.data = data
        self.port = port
        self.demo = demo
        self.origin = os.environ.get("YAKSOK_ORIGIN", f"http://127.0.0.1:{port}")
        self.server = None if os.environ.get("DATABASE_URL") else Server(data)
        self.children: list[Child] = []
        self._lock: IO[str] | None = None
        self._record = data.root / "processes.json"
        self._began = time.monotonic()

    def run(self) -> None:
        """Open the mall and keep it open."""
        self._claim()
        left = end_left_behind(self._record)
        if left:
            say(f"{left} processes of a killed mall were still there; they have ended")
        self._check_ports_and_disk()
        try:
            self._open()
            self._watch()
        finally:
            self._close()

    def _claim(self) -> None:
        """Be the only mall in this directory."""
        try:
            self.data.create()
            lock = open_lock(self.data.root / "mall.lock")
        except OSError as error:
            reason = f"{self.data.root} cannot be used: {error.strerror}"
            cure = "name a directory you may write to: yaksok run --data DIR"
            raise Trouble(reason, cure=cure) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = lock.read().strip() or "another process"
            reason = f"the mall in {self.data.root} is open already ({where})"
            cure = "use that one, stop it first, or name another --data"
            raise Trouble(reason, cure=cure, status=ALREADY_RUNNING) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {self.origin}")
        lock.flush()
        self._lock = lock

    def _check_ports_and_disk(self) -> None:
        if self.data.unfinished_restore.exists():
            reason = f"a restore into {self.data.root} is not finished: erased persons may be in it"
            raise Trouble(reason, cure=f"finish it: yaksok restore DIR --data {self.data.root}")
        if not is_free(self.port):
            reason = f"port {self.port} of this machine is taken"
            raise Trouble(reason, cure=f"yaksok run --port {_free_port(self.port + 1)}")
        free = shutil.disk_usage(self.data.root).free
        if free < LEAST_FREE_BYTES:
            reason = f"only {free // 1024**2} MB are free where {self.data.root} lies"
            raise Trouble(
                reason, cure=f"free {LEAST_FREE_BYTES // 1024**2} MB or name another --data"
            )

    def _open(self) -> None:
        os.environ["YAKSOK_DATA"] = str(self.data.root)
        os.environ["YAKSOK_ORIGIN"] = self.origin
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
        self._step(("yaksok.cli.checking",), "check", "the mall does not open with these settings")
        self._start_sandboxes()
        if self.server is not None:
            say("PostgreSQL …")
            with without_visitors(self.data, lambda: say("waiting for a command of yaksok …")):
                self.server.start()
        say("tables …")
        self._step(("yaksok.database.prepare",), "prepare", "the database could not be prepared")
        self._step(("yaksok.cli.unlocking",), "keys", "the keys of the vault do not open")
        stocked = self.data.root / "demo.stocked"
        if self.demo and not stocked.exists():
            say("demo goods, drawn now, at the first start only …")
            self._step(("yaksok.cli.seed",), "seed", "the demo goods could not be stocked")
            stocked.touch()
        self._start("web", ("yaksok.cli.serving", "--port", str(self.port)), self.port)
        self._start("jobs", ("yaksok.jobs.worker",))
        self._await_answer()
        self._announce()

    def _start_sandboxes(self) -> None:
        """The demo's payment provider, courier and mailbox, unless real ones are named."""
        last = self.port
        for sandbox, (address, shared) in SANDBOXES.items():
            for name in shared:
                os.environ.setdefault(name, self.data.credential(name.lower().replace("_", "-")))
            if address in os.environ or not _exists(f"dev.sandbox_{sandbox}"):
                continue
            port = last = _free_port(last + 1)
            place = self.data.sandbox / sandbox
            place.mkdir(mode=0o700, exist_ok=True)
            arguments = ["--port", str(port), "--data", str(place)]
            if sandbox == "mail":
                last = _free_port(port + 1)
                arguments += ["--smtp-port", str(last)]
                os.environ[address] = f"127.0.0.1:{last}"
            else:
                os.environ[address] = f"http://127.0.0.1:{port}"
            if sandbox in CALLING_BACK:
                arguments += ["--webhook", f"http://127.0.0.1:{self.port}/callbacks/{sandbox}"]
            if sandbox == "courier":
                arguments += ["--auto", COURIER_SECONDS]
            module = (f"dev.sandbox_{sandbox}", *arguments)
            self._start(f"sandbox-{sandbox}", module, port, told=_outside(shared))

    def _start(
        self,
        name: str,
        module: tuple[str, ...],
        port: int | None = None,
        *,
        told: dict[str, str] | None = None,
    ) -> None:
        child = Child(name, module, self.data.logs / f"{name}.log", told, port)
        child.start()
        self.children.append(child)
        self._write_record()

    def _write_record(self) -> None:
        remember(self._record, [child.process.pid for child in self.children if child.process])

    def _step(self, module: tuple[str, ...], name: str, problem: str) -> None:
        log = self.data.logs / f"{name}.log"
        status, end = run_once(module, log)
        if status != 0:
            told, _, cure = end.partition("\n  cure: ")
            lines = "\n".join(f"  | {line}" for line in told.splitlines()[-12:])
            raise Trouble(f"{problem}:\n{lines}", cure=cure or f"the whole story is in {log}")

    def _await_answer(self) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        web = next(child for child in self.children if child.name == "web")
        while web.alive() and time.monotonic() < deadline:
            if _answers(self.port):
                return
            time.sleep(0.03)
        tail = web.log.read_text("utf-8", errors="replace").splitlines()[-8:]
        lines = "\n".join(f"  | {line}" for line in tail)
        reason = f"the web server does not answer; the end of {web.log}:\n{lines}"
        raise Trouble(reason, cure="yaksok doctor")

    def _announce(self) -> None:
        say(f"open after {time.monotonic() - self._began:.1f} s")
        say(f"  mall      {self.origin}/")
        say(f"  console   {self.origin}/console/")
        for child in self.children:
            if child.name.startswith("sandbox-"):
                say(
                    f"  {child.name.removeprefix('sandbox-'):<9} http://127.0.0.1:{child.port}/ (sandbox)"
                )
        if (self.data.root / "demo.stocked").exists():
            say(
                f"  clerk     yaksok staff demo --data {self.data.root}  (prints its log-in and code)"
            )
        say("Ctrl-C closes the mall")

    def _watch(self) -> None:
        while True:
            time.sleep(WATCH_SECONDS)
            if self.server is not None and not self.server.running():
                tell("PostgreSQL ended by itself", "none needed: it is started again")
                self.server.start()
                say("PostgreSQL is back")
            for child in self.children:
                self._mend(child)

    def _mend(self, child: Child) -> None:
        if child.alive():
            return
        if not child.due:
            wait = child.plan_restart()
            tell(f"{child.name} ended by itself", f"none needed: again in {wait:g} s ({child.log})")
        elif time.monotonic() >= child.due:
            child.start()
            self._write_record()
            say(f"{child.name} is back")

    def _close(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        if self.children:
            say("closing …")
        last = {"web": 0, "jobs": 1}
        for child in sorted(self.children, key=lambda child: last.get(child.name, 2)):
            child.stop()
        if self.server is not None:
            self.server.stop()
        self._record.unlink(missing_ok=True)


def say(sentence: str) -> None:
    """Tell the operator, at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def _outside(shared: tuple[str, ...]) -> dict[str, str]:
    """What a process that plays the outside world is told: the way to programs, and what is shared."""
    known = {"YAKSOK_DATA", *shared}
    return {
        name: said
        for name, said in os.environ.items()
        if name in known or not name.startswith(OURS)
    }


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _free_port(first: int) -> int:
    for port in range(first, LAST_PORT + 1):
        if is_free(port):
            return port
    reason = f"no port from {first} to {LAST_PORT} is free"
    raise Trouble(reason, cure="name a lower --port")


def _answers(port: int) -> bool:
    """Whether the home page is answered. By hand, because an HTTP client costs 6 MB for good."""
    question = f"GET / HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=ANSWER_SECONDS) as connection:
            connection.sendall(question.encode("ascii"))
            status = connection.recv(len("HTTP/1.1 200")).split(b" ")[1:]
    except OSError:
        return False
    return bool(status) and status[0].startswith((b"2", b"3", b"4"))


def _stop(_: int, __: FrameType | None) -> None:
    raise Stopped


def main() -> int:
    """Entry of ``yaksok run``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--no-demo", action="store_true")
    chosen = parser.parse_args()
    harden()
    os.umask(0o077)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        Mall(DataDirectory(chosen.data), chosen.port, demo=not chosen.no_demo).run()
    except Stopped:
        say("closed")
    except Trouble as trouble:
        give_up(trouble)
    except DatabaseUnusable as error:
        give_up(Trouble(error.problem, cure=error.cure))
    return 0


if __name__ == "__main__":
    sys.exit(main())
