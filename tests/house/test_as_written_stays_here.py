"""The historical reproduction does not boot where anybody else could reach it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.checks import run_checks

from tests.cast.policies import obeying
from yaksok.kernel.loopback import is_here
from yaksok.policy import in_force
from yaksok.policy.vocabulary import Profile

HERE = ["127.0.0.1", "localhost", "[::1]"]


def errors() -> set[str | None]:
    return {found.id for found in run_checks(tags=["yaksok"])}


@pytest.fixture(autouse=True)
def _as_written(settings) -> Iterator[None]:
    settings.ALLOWED_HOSTS = list(HERE)
    with obeying(in_force.read(in_force.named(Profile.AS_WRITTEN))):
        yield


def test_on_this_machine_it_boots() -> None:
    assert errors() == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YAKSOK_ORIGIN", "https://mall.example"),
        ("YAKSOK_ORIGIN", "https://192.0.2.7"),
        ("ALLOWED_HOSTS", [*HERE, "mall.example"]),
        ("ALLOWED_HOSTS", [*HERE, "*"]),
        ("ALLOWED_HOSTS", [*HERE, ".example"]),
    ],
)
def test_beyond_it_does_not(settings, name: str, value: object) -> None:
    setattr(settings, name, value)
    assert errors() == {"yaksok.E007"}
    (found,) = run_checks(tags=["yaksok"])
    assert "lawful_kr" in str(found.hint)
    with obeying(in_force.read(in_force.packaged())):
        assert errors() == set()


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("localhost", True),
        ("LocalHost", True),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("", False),
        (None, False),
        ("127.0.0.1.example", False),
    ],
)
def test_what_is_this_machine(host: str | None, *, here: bool) -> None:
    assert is_here(host) is here


def checked(**told: str) -> subprocess.CompletedProcess[str]:
    """What the supervisor asks before it opens anything."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("YAKSOK_")}
    kept = {name: os.environ[name] for name in ("YAKSOK_DATA", "YAKSOK_KEYS")}
    return subprocess.run(
        [sys.executable, "-m", "yaksok.cli.checking"],
        env=environment | kept | told,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_supervisor_is_told_why_and_what_to_do() -> None:
    refused = checked(YAKSOK_POLICY="as_written", YAKSOK_ORIGIN="https://mall.example")
    assert refused.returncode == 1
    assert "yaksok.E007" in refused.stderr
    assert "YAKSOK_POLICY=lawful_kr" in refused.stderr
    assert checked(YAKSOK_POLICY="as_written").returncode == 0
    assert checked(YAKSOK_POLICY="as_written", YAKSOK_HOSTS="mall.example").returncode == 1


def test_a_document_that_cannot_be_taken_does_not_boot(tmp_path: Path) -> None:
    broken = tmp_path / "policy.toml"
    broken.write_text("format = 2\n", "utf-8")
    for named in (broken, tmp_path / "none.toml"):
        refused = checked(YAKSOK_POLICY=str(named))
        assert refused.returncode == 1
        assert "yaksok.E006" in refused.stderr
        assert "Traceback" not in refused.stderr
