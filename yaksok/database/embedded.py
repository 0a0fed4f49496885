"""The mall's own PostgreSQL: made, started, watched and stopped without an administrator.

It listens on a unix socket in a private directory and nowhere else, asks for a SCRAM password
even there, checks its pages' checksums, and writes no statement and no value to its log.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import IO

from yaksok.database.archiving import archiving
from yaksok.database.binaries import Binaries, find
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.private_files import open_lock, open_log
from yaksok.database.service_user import ServiceUser, end_with_parent

ADMIN = "yaksok_admin"
ADMIN_CREDENTIAL = "database-admin"
PORT = 5432
"""Names the socket's file; no TCP port is opened."""
SOCKET_NAME = f".s.PGSQL.{PORT}"

START_SECONDS = 60.0
STOP_SECONDS = 20.0
PATIENCE_SECONDS = 5.0
POLL_SECONDS = 0.02
READY_LINE = 7
"""Line of postmaster.pid, from 0, that says whether the server takes connections."""

OPTIONS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    # Values never reach the log: neither parameters, nor statements, nor details of errors.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "track_activity_query_size": "100",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
    # A mall of one machine is small.
    "shared_buffers": "32MB",
    "max_connections": "40",
    "superuser_reserved_connections": "3",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "wal_buffers": "1MB",
    "max_wal_senders": "3",
    "max_worker_processes": "2",
    "max_logical_replication_workers": "0",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "1",
    "jit": "off",
    "huge_pages": "off",
}


class Server:
    """One embedded server on one data directory. Start it from a thread that lives as long as you.

    The server stops by itself when the process that started it ends, however that ends.
    """

    def __init__(
        self, data: DataDirectory, *, start_seconds: float = START_SECONDS, **options: str
    ) -> None:
        """``options`` replace or add to :data:`OPTIONS`."""
        self.data = data
        self._options = {**OPTIONS, **options}
        self._start_seconds = start_seconds
        self.log = data.logs / "postgresql.log"
        self._user = ServiceUser.choose()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the running server's first process."""
        return self._process.pid if self._process else None

    def running(self) -> bool:
        """Whether the server's first process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Take connections: make the cluster at the first call, clean up after a crash at any.

        Returns when the server is ready. Calling it while the server runs changes nothing.

        Raises:
            DatabaseUnusable: another process runs this directory, the directory cannot be reached
                by the server's user, no programs are found, or the server ends at once; the last
                lines of its log are then part of the error.
        """
        if self.running():
            return
        self._take_lock()
        try:
            binaries = self._ready_directories()
            if not (self.data.cluster / "PG_VERSION").exists():
                self._make_cluster(binaries)
            deadline = time.monotonic() + self._start_seconds
            self._end_leftover(deadline)
            while not self._attempt(binaries, deadline):
                time.sleep(0.2)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Close every connection, write everything down, end. Safe to call twice."""
        process, self._process = self._process, None
        if process is not None:
            for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                if process.poll() is None:
                    process.send_signal(number)
                try:
                    process.wait(STOP_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    continue
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        self.data.create()
        lock = open_lock(self.data.root / "postgres.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            reason = f"another process already runs the database in {self.data.root}"
            raise DatabaseUnusable(
                reason, cure="use that mall, stop it first, or name another --data"
            ) from None
        self._lock = lock

    def _ready_directories(self) -> Binaries:
        version = self.data.cluster / "PG_VERSION"
        binaries = find(int(version.read_text("ascii")) if version.exists() else None)
        self._user.let_through(self.data.root)
        self._user.own(self.data.postgres)
        folder = self.data.socket
        if not folder.is_symlink():
            folder.mkdir(mode=0o700, exist_ok=True)
        if folder.lstat().st_uid not in (os.geteuid(), self._user.uid):
            reason = f"{folder} belongs to somebody else"
            raise DatabaseUnusable(reason, cure="remove it, or name a --data with a shorter path")
        self._user.own(folder)
        barrier = self._user.barrier(self.data.postgres)
        if barrier is not None:
            reason = f'the server runs as user "{self._user.name}", who may not pass {barrier}'
            cure = f"name another place (--data /var/lib/yaksok), or: chmod o+x {barrier}"
            raise DatabaseUnusable(reason, cure=cure)
        if binaries.bundled and self._user.barrier(binaries.folder) is not None:
            return binaries.copied_below(self.data.root)
        return binaries

    def _make_cluster(self, binaries: Binaries) -> None:
        draft = self.data.postgres / "data.part"
        shutil.rmtree(draft, ignore_errors=True)
        password = self.data.postgres / "password.part"
        password.unlink(missing_ok=True)
        handle = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(self.data.credential(ADMIN_CREDENTIAL))
        self._user.own(password)
        try:
            outcome = subprocess.run(
                [
                    *(binaries.folder / "initdb", "--pgdata", draft, "--username", ADMIN),
                    *("--pwfile", password, "--auth=scram-sha-256", "--data-checksums"),
                    *("--encoding=UTF8", *_locale(binaries.major)),
                    *(("--no-sync",) if self._options.get("fsync") == "off" else ()),
                ],
                **self._user.popen,  # type: ignore[call-overload]  # typeshed knows no dict of these
                cwd=self.data.postgres,
                env=_environment(),
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            password.unlink()
        if outcome.returncode != 0:
            reason = f"PostgreSQL could not make its files in {draft}:\n{outcome.stderr.strip()}"
            raise DatabaseUnusable(
                reason, cure="free disk space or rights to the directory, then start again"
            )
        draft.rename(self.data.cluster)

    def _end_leftover(self, deadline: float) -> None:
        """End a server that outlived its mall, and forget one that died without saying so.

        Asked to stop while it recovers from a crash, a server may wait for ever for a process that
        nobody told to end (PostgreSQL 15); so after a while it is made to. Nothing that was
        committed is lost either way.
        """
        record = self.data.cluster / "postmaster.pid"
        patience = time.monotonic() + PATIENCE_SECONDS
        while record.exists():
            pid = _pid_in(record)
            if pid is None or not self._is_ours(pid):
                record.unlink(missing_ok=True)
                return
            if time.monotonic() > deadline:
                reason = f"a server left behind (process {pid}) does not end"
                raise DatabaseUnusable(reason, cure=f"kill -QUIT {pid}, then start again")
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT if time.monotonic() < patience else signal.SIGQUIT)
            time.sleep(0.1)

    def _is_ours(self, pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == self.data.cluster.resolve()
        except PermissionError:
            return False
        except FileNotFoundError:
            if Path("/proc/self").exists():
                return False
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        return True

    def _forget_the_dead(self) -> None:
        """Remove the marks of a server that is no more.

        PostgreSQL would do it, but takes any process of the same number for that server, even one
        that has ended and that nobody has asked about yet. Whoever holds our lock knows better.
        """
        socket_file = self.data.socket / SOCKET_NAME
        for mark in (
            self.data.cluster / "postmaster.pid",
            socket_file,
            socket_file.with_name(f"{SOCKET_NAME}.lock"),
        ):
            mark.unlink(missing_ok=True)

    def _attempt(self, binaries: Binaries, deadline: float) -> bool:
        """Start once; False when it ended because processes of a killed server still live."""
        self._forget_the_dead()
        with open_log(self.log) as log:
            log_start = os.fstat(log.fileno()).st_size
            options = {
                **archiving(self.data.cluster),
                **self._options,
                "unix_socket_directories": _quoted(self.data.socket),
            }
            self._process = subprocess.Popen(
                [
                    *(binaries.folder / "postgres", "-D", self.data.cluster),
                    *(
                        part
                        for name, value in options.items()
                        for part in ("-c", f"{name}={value}")
                    ),
                ],
                **self._user.popen,  # type: ignore[call-overload]  # typeshed knows no dict of these
                cwd=self.data.postgres,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGINT),  # noqa: PLW1509 - made before any thread
            )
        while self._process.poll() is None:
            if self._says_ready():
                return True
            if time.monotonic() > deadline:
                self.stop()
                break
            time.sleep(POLL_SECONDS)
        self._process = None
        tail = self.log.read_bytes()[log_start:].decode(errors="replace").strip()
        if "shared memory" in tail and "still in use" in tail and time.monotonic() < deadline:
            return False
        last = "\n".join(f"  | {line}" for line in tail.splitlines()[-8:])
        reason = f"PostgreSQL did not start; the end of {self.log}:\n{last}"
        raise DatabaseUnusable(reason, cure="read the lines above; a full disk is the usual cause")

    def _says_ready(self) -> bool:
        try:
            lines = (self.data.cluster / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return False
        ours = bool(lines) and lines[0] == str(self.pid)
        return ours and len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"


def answers(data: DataDirectory) -> bool:
    """Whether an embedded server takes connections for ``data`` now."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(data.socket / SOCKET_NAME))
        except OSError:
            return False
    return True


def _locale(major: int) -> tuple[str, ...]:
    """C.UTF-8: sorts 가나다 by code point and knows Hangul letters; the server's own from 17 on."""
    if major >= 17:  # noqa: PLR2004 - the version that brought the builtin provider
        return ("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    return ("--locale=C.UTF-8",)


def _environment() -> dict[str, str]:
    """Nothing of the caller's environment but the way to programs."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _quoted(path: Path) -> str:
    return '"' + str(path).replace('"', '""') + '"'


def _pid_in(record: Path) -> int | None:
    try:
        return int(record.read_text("utf-8").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
