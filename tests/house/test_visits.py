"""Commands that use one stopped mall at once: none takes the server from under another."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from yaksok.database.embedded import ADMIN, ADMIN_CREDENTIAL, PORT, Server, answers
from yaksok.database.layout import DataDirectory
from yaksok.database.service_user import ServiceUser
from yaksok.database.visits import visiting, without_visitors

VISITOR = """
import sys
from pathlib import Path
from yaksok.database.layout import DataDirectory
from yaksok.database.visits import visiting
with visiting(DataDirectory(Path(sys.argv[1]))):
    print("inside", flush=True)
    sys.stdin.readline()
"""
PATIENCE = 60.0


@pytest.fixture
def data() -> Iterator[DataDirectory]:
    place = Path(tempfile.mkdtemp(prefix="yaksok-visits-"))
    ServiceUser.choose().let_through(place)
    yield DataDirectory(place / "mall")
    shutil.rmtree(place)


def comes(data: DataDirectory) -> "subprocess.Popen[str]":
    visitor = subprocess.Popen(
        [sys.executable, "-c", VISITOR, str(data.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert visitor.stdout is not None
    assert visitor.stdout.readline() == "inside\n"
    return visitor


def goes(visitor: "subprocess.Popen[str]") -> int:
    visitor.communicate("\n", timeout=PATIENCE)
    return visitor.returncode


def asked(data: DataDirectory) -> int:
    with psycopg.connect(
        host=str(data.socket),
        port=PORT,
        user=ADMIN,
        password=data.credential(ADMIN_CREDENTIAL),
        dbname="postgres",
    ) as connection:
        row = connection.execute("SELECT 1").fetchone()
    return row[0] if row else 0


def test_the_first_to_come_may_be_the_first_to_go(data: DataDirectory) -> None:
    first, second = comes(data), comes(data)
    assert first.stdin is not None
    first.stdin.write("\n")
    first.stdin.flush()
    third = comes(data)
    assert goes(second) == 0
    assert first.poll() is None  # it keeps the server for the third
    assert asked(data) == 1
    assert goes(third) == 0
    assert first.wait(PATIENCE) == 0
    assert not answers(data)
    first.communicate()


def test_a_visitor_of_a_running_server_leaves_it_running(data: DataDirectory) -> None:
    server = Server(data)
    server.start()
    try:
        assert goes(comes(data)) == 0
        assert asked(data) == 1
    finally:
        server.stop()


def test_who_starts_the_server_for_good_waits_for_the_visitors(data: DataDirectory) -> None:
    visitor, told = comes(data), threading.Event()
    server = Server(data)

    def open_for_good() -> None:
        with without_visitors(data, told.set):
            pass

    mall = threading.Thread(target=open_for_good)
    mall.start()
    assert told.wait(PATIENCE)
    assert mall.is_alive()
    assert goes(visitor) == 0
    mall.join(PATIENCE)
    with without_visitors(data, told.clear):
        server.start()
    assert told.is_set()  # there was nobody to wait for
    assert asked(data) == 1
    server.stop()


def test_the_server_of_a_killed_visitor_is_not_used(data: DataDirectory) -> None:
    killed = comes(data)
    processes = psutil.Process(killed.pid).children(recursive=True)
    assert processes
    killed.kill()
    killed.communicate()
    with visiting(data):  # at once: the other's server may still answer
        assert asked(data) == 1
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    assert alive == []
    assert not answers(data)


def test_commands_at_once_are_all_answered(data: DataDirectory) -> None:
    command = [sys.executable, "-m", "yaksok.cli.main"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("YAKSOK_")}
    plain["YAKSOK_DATA"] = str(data.root)
    subprocess.run([*command, "migrate"], env=plain, check=True, capture_output=True, text=True)
    running = [
        subprocess.Popen(
            [*command, "policy", "clock", "--json", "--until", "2026-01-01"],
            env=plain,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = [one.communicate(timeout=PATIENCE) for one in running]
    assert [(one.returncode, out.strip()) for one, (out, _) in zip(running, said, strict=True)] == [
        (0, "[]")
    ] * 4, said
    assert not answers(data)
