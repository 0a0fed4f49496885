"""A database that somebody else runs is made fit, or the error says what is missing."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from yaksok.database import binaries
from yaksok.database.address import address_of
from yaksok.database.embedded import ADMIN, ADMIN_CREDENTIAL, PORT, Server
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.service_user import ServiceUser


def entry(data: DataDirectory, user: str, password: str, database: str) -> str:
    return make_conninfo(
        host=str(data.socket), port=PORT, user=user, password=password, dbname=database
    )


@pytest.fixture(scope="module", params=["newest of the system", "bundled"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[DataDirectory]:
    """A PostgreSQL that knows nothing of malls; rights of CREATEROLE changed in version 16."""
    bundled = request.param == "bundled"
    with pytest.MonkeyPatch.context() as patch:
        if bundled:
            chosen = [one for one in binaries.candidates() if one.bundled]
            patch.setattr(binaries, "candidates", lambda: chosen)
        yield from _elsewhere()


def _elsewhere() -> Iterator[DataDirectory]:
    place = Path(tempfile.mkdtemp(prefix="yaksok-elsewhere-"))
    ServiceUser.choose().let_through(place)
    data = DataDirectory(place / "server")
    server = Server(data, fsync="off")
    server.start()
    password = data.credential(ADMIN_CREDENTIAL)
    with psycopg.connect(entry(data, ADMIN, password, "postgres"), autocommit=True) as admin:
        admin.execute("CREATE ROLE weak LOGIN PASSWORD 'weak'")
        admin.execute("CREATE ROLE strong LOGIN CREATEROLE PASSWORD 'strong'")
        admin.execute("CREATE DATABASE shop OWNER strong")
    yield data
    server.stop()
    shutil.rmtree(place)


def prepare(
    elsewhere: DataDirectory, data: Path, user: str, **changes: str
) -> subprocess.CompletedProcess[str]:
    url = f"postgresql://{user}:{user}@/shop?host={elsewhere.socket}&port={PORT}"
    environment = {**os.environ, "DATABASE_URL": url, "YAKSOK_DATA": str(data), **changes}
    return subprocess.run(
        [sys.executable, "-m", "yaksok.database.prepare"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_user_who_may_not_create_roles_is_told_the_cure(
    elsewhere: DataDirectory, tmp_path: Path
) -> None:
    outcome = prepare(elsewhere, tmp_path, "weak")
    assert outcome.returncode == 1
    assert 'the database user "weak" may not do this' in outcome.stderr
    assert 'cure: ALTER ROLE "weak" CREATEROLE' in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_the_owner_of_a_database_gets_a_mall_in_it(
    elsewhere: DataDirectory, tmp_path: Path
) -> None:
    first = prepare(elsewhere, tmp_path / "one", "strong")
    assert (first.returncode, first.stderr) == (0, "")
    again = prepare(elsewhere, tmp_path / "one", "strong")
    assert (again.returncode, again.stderr) == (0, "")

    app = (tmp_path / "one/secrets/yaksok-app").read_text("ascii")
    with psycopg.connect(entry(elsewhere, "yaksok_app", app, "shop")) as mall:
        assert mall.execute("SELECT current_user").fetchone() == ("yaksok_storefront",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="schema vault"):
            mall.execute("SELECT * FROM vault.vault_record")

    other = prepare(elsewhere, tmp_path / "other", "strong")
    assert other.returncode == 1
    assert "but not with the password in" in other.stderr
    assert "cure: copy secrets/" in other.stderr


def test_a_server_that_does_not_answer(elsewhere: DataDirectory, tmp_path: Path) -> None:
    url = f"postgresql://strong:strong@/shop?host={tmp_path}&port={PORT}"
    outcome = prepare(elsewhere, tmp_path, "strong", DATABASE_URL=url)
    assert outcome.returncode == 1
    assert "the database does not answer" in outcome.stderr
    assert "cure: start it" in outcome.stderr


@pytest.mark.parametrize("url", ["postgresql://", "nonsense", "postgresql://host/", "host=x port"])
def test_an_address_that_cannot_be_read(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(DatabaseUnusable, match="DATABASE_URL") as caught:
        address_of(DataDirectory(tmp_path))
    assert "postgresql://USER" in caught.value.cure


def test_several_hosts_pass_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = (
        "postgresql://u:secret-1@one.example,two.example:5433/shop?target_session_attrs=read-write"
    )
    monkeypatch.setenv("DATABASE_URL", url)
    address = address_of(DataDirectory(tmp_path))
    assert address.place["host"] == "one.example,two.example"
    assert address.place["target_session_attrs"] == "read-write"
    assert address.admin_password == "secret-1"
    assert "secret-1" not in repr(address)
