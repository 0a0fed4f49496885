"""The whole mall as processes: opened, killed in every way, closed."""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.cast.sandboxes import free_port
from yaksok.cli.children import end_left_behind, remember
from yaksok.database.service_user import ServiceUser

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("mall"),
]

PATIENCE = 60.0
"""Seconds until a test gives up waiting for a process; two cores are shared by many."""

NOT_OURS = ("YAKSOK_TEST_RUN", "YAKSOK_DATA", "YAKSOK_KEYS", "DATABASE_URL", "PYTEST_XDIST_WORKER")


def wait_until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"{what}: not within {PATIENCE} s"
        time.sleep(0.05)


class Mall:
    """``yaksok run`` on a directory, and what a visitor sees of it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    def command(self) -> list[str]:
        words = ["run", "--no-demo", "--data", str(self.data), "--port", str(self.port)]
        return [sys.executable, "-m", "yaksok.cli.main", *words]

    def open(self) -> None:
        self.process = subprocess.Popen(
            self.command(),
            env={name: value for name, value in os.environ.items() if name not in NOT_OURS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        told = []
        for line in self.process.stdout:
            told.append(line)
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError("".join(told))

    def family(self) -> list[psutil.Process]:
        assert self.process is not None
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]

    def named(self, words: str) -> psutil.Process:
        return next(one for one in self.family() if words in " ".join(one.cmdline()))

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def close(self) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(PATIENCE)

    def kill(self, processes: list[psutil.Process]) -> None:
        for process in processes:
            if process.is_running():
                process.kill()
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.wait(PATIENCE)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="yaksok-run-"))
    ServiceUser.choose().let_through(made)
    yield made / "mall"
    shutil.rmtree(made)


@pytest.fixture
def mall(data: Path) -> Iterator[Mall]:
    opened = Mall(data)
    opened.open()
    processes = opened.family()
    yield opened
    assert opened.process is not None
    if opened.process.poll() is None:
        processes = opened.family()
        opened.close()
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    assert alive == []  # whatever a test did, nothing of the mall is left


def test_it_answers_and_listens_on_loopback_only(mall: Mall) -> None:
    assert mall.answers()
    listening = {
        connection.laddr.ip
        for process in mall.family()
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_its_data_is_private(mall: Mall, data: Path) -> None:
    assert mall.answers()
    assert stat.S_IMODE(data.stat().st_mode) & 0o007 == 0
    open_ones = [
        path
        for path in data.rglob("*")
        if not path.is_symlink()
        and not stat.S_ISSOCK(path.lstat().st_mode)
        and stat.S_IMODE(path.lstat().st_mode) & 0o077
    ]
    assert open_ones == []


def test_the_outside_world_is_told_no_secret_but_its_own(mall: Mall) -> None:
    shared = {
        "payment": {"YAKSOK_PAYMENT_SECRET", "YAKSOK_PAYMENT_WEBHOOK_SECRET"},
        "courier": {"YAKSOK_COURIER_SECRET"},
        "mail": set(),
    }
    for sandbox, own in shared.items():
        told = mall.named(f"dev.sandbox_{sandbox}").environ()
        ours = {name for name in told if name.startswith(("YAKSOK_", "DATABASE_URL"))}
        assert ours == {"YAKSOK_DATA", *own}


def test_a_process_of_another_mall_is_left_alone(mall: Mall, tmp_path: Path) -> None:
    stranger = mall.named("dev.sandbox_mail")
    record = tmp_path / "processes.json"
    remember(record, [stranger.pid])
    assert end_left_behind(record) == 0
    assert stranger.is_running()


def test_a_second_start_says_who_was_first_and_ends(mall: Mall) -> None:
    assert mall.process is not None
    second = subprocess.run(mall.command(), capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert f"process {mall.process.pid}" in second.stderr
    assert "cure: " in second.stderr
    assert mall.answers()


def test_a_taken_port_has_its_cure(mall: Mall) -> None:
    other = Mall(mall.data.with_name("other"))
    other.port = mall.port
    outcome = subprocess.run(other.command(), capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert f"port {mall.port} of this machine is taken" in outcome.stderr
    assert re.search(r"cure: yaksok run --port \d+", outcome.stderr)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("YAKSOK_DEBUG", "1", "yaksok.E001"),
        ("YAKSOK_ORIGIN", "http://mall.example", "yaksok.E004"),
    ],
)
def test_unsafe_settings_do_not_open(tmp_path: Path, name: str, value: str, said: str) -> None:
    shut = Mall(tmp_path / "mall")
    told = {key: held for key, held in os.environ.items() if key not in NOT_OURS}
    told |= {"YAKSOK_ORIGIN": "https://mall.example", name: value}
    outcome = subprocess.run(shut.command(), env=told, capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert said in outcome.stderr
    assert "cure: " in outcome.stderr
    assert not shut.answers()


def test_a_secret_that_others_can_read_does_not_open(tmp_path: Path) -> None:
    secret = tmp_path / "mall" / "secrets" / "django-key"
    secret.parent.mkdir(parents=True, mode=0o700)
    secret.write_text("0" * 64)
    secret.chmod(0o644)
    shut = Mall(tmp_path / "mall")
    told = {key: held for key, held in os.environ.items() if key not in NOT_OURS}
    outcome = subprocess.run(shut.command(), env=told, capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert "yaksok.E002" in outcome.stderr
    assert f"chmod 600 {secret}" in outcome.stderr


@pytest.mark.parametrize(
    "words", ["yaksok.cli.serving", "dev.sandbox_payment", "postgres -D", "yaksok.jobs.worker"]
)
def test_a_killed_part_comes_back(mall: Mall, words: str) -> None:
    killed = mall.named(words)
    killed.kill()

    def back() -> bool:
        try:
            return mall.named(words).pid != killed.pid and mall.answers()
        except (StopIteration, psutil.NoSuchProcess):
            return False

    wait_until(back, f"{words} after kill -9")


def test_a_killed_worker_of_the_web_server_comes_back(mall: Mall) -> None:
    server = mall.named("yaksok.cli.serving")
    first = {child.pid for child in server.children()}
    psutil.Process(min(first)).kill()

    def replaced() -> bool:
        now = {child.pid for child in mall.named("yaksok.cli.serving").children()}
        return len(now) == len(first) and now != first and mall.answers()

    wait_until(replaced, "a new worker")


def test_nothing_outlives_a_killed_supervisor_and_it_opens_again(mall: Mall) -> None:
    everything = mall.family()
    mall.kill(everything[:1])
    again = Mall(mall.data)
    again.port = mall.port
    again.open()  # at once, on the same data and port
    assert again.answers()
    gone, alive = psutil.wait_procs(everything, timeout=PATIENCE)
    assert (len(gone), alive) == (len(everything), [])
    assert again.close() == 0


def test_everything_killed_at_once_opens_again(mall: Mall) -> None:
    mall.kill(mall.family())
    again = Mall(mall.data)
    again.open()
    assert again.answers()
    assert again.close() == 0


def test_it_closes_when_asked(mall: Mall) -> None:
    everything = mall.family()
    assert mall.close() == 0
    assert [process for process in everything if process.is_running()] == []
    assert not (mall.data / "processes.json").exists()
