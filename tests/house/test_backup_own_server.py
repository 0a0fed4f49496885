"""A mall on a server of somebody's own is backed up and brought back by the same two commands."""

import shutil
from collections.abc import Iterator

import pytest

from tests.house.test_backup_story import Stage, made_stage
from yaksok.database.address import Address
from yaksok.database.embedded import ADMIN, ADMIN_CREDENTIAL, PORT, Server
from yaksok.database.layout import DataDirectory

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(600),
    pytest.mark.xdist_group("backups"),
]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A stage whose malls are on another server, each command told so by ``DATABASE_URL``."""
    made = made_stage()
    data = DataDirectory(made.place / "server")
    server = Server(data)
    server.start()
    password = data.known_credential(ADMIN_CREDENTIAL)
    place = Address({"host": str(data.socket), "port": str(PORT)}, "shop", ADMIN, password)
    with place.connect_as_admin("postgres") as admin:
        admin.execute("CREATE ROLE shopkeeper LOGIN SUPERUSER PASSWORD 'a long walk'")
        admin.execute("CREATE DATABASE shop OWNER shopkeeper")
    url = f"postgresql://shopkeeper:a%20long%20walk@/shop?host={data.socket}&port={PORT}"
    monkeypatch.setattr(
        Stage,
        "environment",
        lambda self, mall, _as_it_was=Stage.environment: {
            **_as_it_was(self, mall),
            "DATABASE_URL": url,
        },
    )
    yield made
    server.stop()
    shutil.rmtree(made.place, ignore_errors=True)


def test_it_is_emptied_and_filled_again(stage: Stage) -> None:
    place = stage.at("store")
    seen = stage.play("mall", ["members", 4], ["back_up", place], ["erase", 1], ["newcomers", 2])
    refused = stage.yaksok("mall", "restore", place)
    assert refused.returncode == 1
    assert "there is a mall in the database of DATABASE_URL already" in refused.stderr
    restored = stage.restored("mall", place, "--force", "--yes")
    assert (restored["records"], restored["replayed"]) == (3, 1)
    checked = stage.play("mall", ["expected", stage.remember(seen)], ["check"])["checked"]
    assert (checked["good"], checked["wrong"], checked["newcomers_living"]) == (3, 0, 0)
    rehearsed = stage.yaksok("mall", "restore", "--rehearse", place)
    assert "the rehearsal passed" in rehearsed.stdout, rehearsed.stderr
    base = stage.yaksok("mall", "backup", place, "--base")
    assert "is not the mall's own" in base.stderr
