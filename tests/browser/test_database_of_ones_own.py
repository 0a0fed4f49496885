"""``DATABASE_URL``: a PostgreSQL that somebody else runs takes the place of the embedded one."""

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.cast.running import INHERITED, RunningMall, end, new_mall
from tests.cast.sandboxes import wait_until
from yaksok.database.embedded import ADMIN, ADMIN_CREDENTIAL, PORT, Server
from yaksok.database.layout import DataDirectory

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]


@pytest.fixture
def beside() -> Iterator[tuple[RunningMall, Server]]:
    """A mall that has never started, and beside it a server with an empty database for it."""
    running = new_mall("--no-demo")
    data = DataDirectory(running.root.parent / "elsewhere")
    server = Server(data, fsync="off")
    server.start()
    admin = make_conninfo(
        host=str(data.socket),
        port=PORT,
        user=ADMIN,
        password=data.credential(ADMIN_CREDENTIAL),
        dbname="postgres",
    )
    with psycopg.connect(admin, autocommit=True) as line:
        line.execute("CREATE ROLE shopkeeper LOGIN CREATEROLE PASSWORD 'theirs'")
        line.execute("CREATE DATABASE shop OWNER shopkeeper")
    url = f"postgresql://shopkeeper:theirs@/shop?host={data.socket}&port={PORT}"
    running.environment["DATABASE_URL"] = url
    try:
        yield running, server
    finally:
        end(running)
        server.stop()


def test_it_takes_the_place_of_the_embedded_server(beside: tuple[RunningMall, Server]) -> None:
    mall, server = beside
    mall.start()
    assert httpx.get(f"{mall.origin}/").status_code == 200
    assert not [name for name in mall.processes() if name.startswith("postgres")]
    assert not DataDirectory(mall.root).cluster.exists()
    assert "PostgreSQL" not in mall.output.read_text()
    mall.kill_all()
    mall.start()
    assert httpx.get(f"{mall.origin}/").status_code == 200
    the_database_goes_and_comes(mall, server)
    nothing_opens_without_it(mall, server)


def the_database_goes_and_comes(mall: RunningMall, server: Server) -> None:
    """The mall says so, and goes on by itself."""
    server.stop()
    away = httpx.get(f"{mall.origin}/en/", timeout=30)
    assert away.status_code == 503
    assert "Open the same page again in a moment" in away.text
    server.start()
    wait_until(lambda: httpx.get(f"{mall.origin}/", timeout=30).status_code == 200, 60)


def nothing_opens_without_it(mall: RunningMall, server: Server) -> None:
    """A start says what is missing and what to do, without the password."""
    mall.stop()
    server.stop()
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    command = [sys.executable, "-m", "yaksok.cli.main", "run", "--data", str(mall.root)]
    said = subprocess.run(
        [*command, "--port", str(mall.port), "--no-demo"],
        env={**kept, **mall.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert said.returncode == 1
    assert "the database does not answer" in said.stderr
    assert "cure: start it" in said.stderr
    assert "theirs" not in said.stderr
    assert "Traceback" not in said.stderr
