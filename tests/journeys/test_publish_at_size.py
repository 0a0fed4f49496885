"""Publishing to many members: one transaction, flat memory, and either version whole after kill -9.

``make test`` asks 300 members; with ``YAKSOK_FULL`` set it is 10,000.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import publisher
from tests.cast.dice import FULL
from tests.cast.policies import changed
from tests.cast.running import INHERITED
from tests.journeys.test_publish import WIDER
from yaksok.database.address import address_of
from yaksok.database.embedded import Server
from yaksok.database.layout import DataDirectory
from yaksok.database.service_user import ServiceUser
from yaksok.kernel.clock import SEOUL
from yaksok.policy.vocabulary import Language

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("whole mall"),
    pytest.mark.timeout(900),
]

MEMBERS = 10_000 if FULL else 300
POINTS = 2
PAGES = 3 * len(Language)


@dataclass(frozen=True)
class Crowd:
    """A mall with members, its database running, nobody serving it."""

    root: Path
    file: Path

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return subprocess.run(
            [sys.executable, "-m", *words],
            env={**environment, "YAKSOK_DATA": str(self.root)},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )

    def unpublish(self) -> None:
        """Take the second version away, as if it had never been published."""
        with address_of(DataDirectory(self.root)).connect_as_admin("yaksok") as admin:
            for table in (
                "consent.consent_asked",
                "consent.consent_campaign",
                "mall.board_notice",
                "privacy.published_text WHERE number = 2",
                "privacy.published_version WHERE number = 2",
                "audit.audit_entry WHERE event = 'policy:version:published' AND reason <> '2026-11-24'",
            ):
                admin.execute(f"DELETE FROM {table}".encode())

    def written(self) -> dict[str, int]:
        """What stands in the database of each part of a version."""
        queries = {
            "versions": "SELECT count(*) FROM privacy.published_version WHERE number = 2",
            "pages": "SELECT count(*) FROM privacy.published_text WHERE number = 2",
            "notices": "SELECT count(*) FROM mall.board_notice WHERE number = 2",
            "campaigns": "SELECT count(*) FROM consent.consent_campaign",
            "asked": "SELECT count(*) FROM consent.consent_asked WHERE agreed IS NULL",
            "members": "SELECT count(DISTINCT subject_id) FROM consent.consent_asked",
            "told": "SELECT count(*) FROM audit.audit_entry"
            " WHERE event = 'policy:version:published'",
        }
        with address_of(DataDirectory(self.root)).connect_as_admin("yaksok") as admin:
            found = {}
            for name, query in queries.items():
                row = admin.execute(query.encode()).fetchone()
                assert row
                found[name] = int(row[0])
        return found


OLD = {
    "versions": 0, "pages": 0, "notices": 0, "campaigns": 0, "asked": 0, "members": 0, "told": 1,
}  # fmt: skip
NEW = {
    "versions": 1, "pages": PAGES, "notices": 1, "campaigns": 1, "asked": MEMBERS * POINTS,
    "members": MEMBERS, "told": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def crowd() -> Iterator[Crowd]:
    place = Path(tempfile.mkdtemp(prefix="yaksok-crowd-"))
    ServiceUser.choose().let_through(place)
    root = place / "mall"
    day = (datetime.now(SEOUL) + timedelta(days=40)).date()
    said = 'changes = { ko = "이메일을 더 씁니다.", en = "E-mail serves more." }'
    version = (
        'version = "2026-11-24"\neffective = 2026-11-24',
        f'version = "{day}"\neffective = {day}\n{said}',
    )
    file = place / "next.toml"
    file.write_text(changed(version, *WIDER), "utf-8")
    found = Crowd(root, file)
    server = Server(DataDirectory(root))
    server.start()
    try:
        made = found.run("tests.cast.publisher", "members", str(root), str(MEMBERS))
        assert made.returncode == 0, made.stderr
        yield found
    finally:
        server.stop()
        shutil.rmtree(place, ignore_errors=True)


def test_kill_nine_leaves_either_version_whole_and_every_member_is_asked_once(
    crowd: Crowd,
) -> None:
    if crowd.written() != OLD:
        crowd.unpublish()
    for step in publisher.STEPS:
        killed = crowd.run(
            "tests.cast.publisher", "publish", str(crowd.root), str(crowd.file), step
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert crowd.written() == (NEW if step == "end" else OLD), step
    again = crowd.run("yaksok.cli.main", "policy", "publish", str(crowd.file), "--yes")
    assert again.returncode == 1
    assert "published already" in again.stderr
    assert crowd.written() == NEW


def test_memory_does_not_grow_with_the_members(crowd: Crowd) -> None:
    crowd.unpublish()
    done = crowd.run("tests.cast.publisher", "publish", str(crowd.root), str(crowd.file))
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    print(
        f"\n{MEMBERS:,} members, {figures['asked']:,} questions: {figures['seconds']:.2f} s,"
        f" peak {figures['peak_mib']:.0f} MiB ({figures['before_mib']:.0f} before it began)"
    )
    assert crowd.written() == NEW
    assert figures["asked"] == MEMBERS * POINTS
    assert figures["peak_mib"] - figures["before_mib"] < 64


def test_the_commands_tell_what_is_and_what_would_be(crowd: Crowd) -> None:
    if not crowd.written()["versions"]:  # whichever test of the file came first
        done = crowd.run("tests.cast.publisher", "publish", str(crowd.root), str(crowd.file))
        assert done.returncode == 0, done.stderr

    def said(*words: str) -> str:
        done = crowd.run("yaksok.cli.main", "policy", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "in force" in said("versions")
    assert "upcoming" in said("versions")
    assert "nobody is working" in said("drafts")
    assert said("show", "2", "--toml") == crowd.file.read_text("utf-8")
    assert "delivering the ordered goods" in said("show", "--lang", "en")
    assert "{+" in said("diff", "1")
    assert "{+" in said("diff", "1", "2", "--toml")
    third = crowd.file.parent / "third.toml"
    later = (datetime.now(SEOUL) + timedelta(days=50)).date()
    text = crowd.file.read_text("utf-8")
    grant = next(line for line in text.splitlines() if '["restock_notice"]' in line)
    text = text.replace(f"{grant}\n", "").replace(', "restock_notice"]', "]")
    third.write_text(
        re.sub(r'^(version = ").*"', rf'\g<1>{later}"', text, flags=re.MULTILINE), "utf-8"
    )
    told = said("impact", str(third))
    assert "nobody must be asked" in told
    assert "tell_what_is_back" in told
    unasked = crowd.run("yaksok.cli.main", "policy", "publish", str(third))
    assert unasked.returncode == 1
    assert "--yes" in unasked.stderr
    broken = crowd.file.parent / "broken.toml"
    broken.write_text(text.replace("[upkeep]", "[upkeeep]"), "utf-8")
    refused = crowd.run("yaksok.cli.main", "policy", "impact", str(broken))
    assert refused.returncode == 1
    assert "did you mean upkeep" in refused.stderr
    assert crowd.run("yaksok.cli.main", "policy", "show", "9").returncode == 1
