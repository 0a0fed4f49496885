"""The layers hold, and each contract notices when it is broken on purpose."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]

BREAKS = [
    ("layers", "yaksok/kernel/planted.py", "import yaksok.policy.vocabulary"),
    ("layers", "yaksok/policy/planted.py", "import yaksok.database.roles"),
    ("layers", "yaksok/privacy/audit/planted.py", "import yaksok.mall.orders"),
    ("layers", "yaksok/journeys/planted.py", "import yaksok.web.doors"),
    ("layers", "yaksok/web/planted.py", "import yaksok.cli.main"),
    ("layers", "yaksok/corridor/__init__.py", ""),
    ("engine", "yaksok/privacy/audit/planted.py", "import yaksok.privacy.vault"),
    ("engine", "yaksok/privacy/post/planted.py", "import yaksok.privacy.disclosure"),
    ("engine", "yaksok/privacy/attic/__init__.py", ""),
    ("rooms", "yaksok/mall/orders/planted.py", "import yaksok.mall.catalogue"),
    ("no-web-below", "yaksok/mall/orders/planted.py", "import yaksok.web.doors"),
    ("vault-inside", "yaksok/journeys/planted.py", "import yaksok.privacy.vault.crypto"),
    ("plain-policy", "yaksok/policy/planted.py", "import django"),
    ("plain-server", "yaksok/database/layout.py", "import django"),
    ("doors", "yaksok/journeys/planted.py", "import httpx"),
    ("doors", "yaksok/mall/orders/planted.py", "import smtplib"),
    ("doors", "yaksok/privacy/vault/planted.py", "import hvac"),
    ("doors", "yaksok/privacy/vault/roots/transit.py", "import boto3"),
    ("surfaces", "yaksok/web/member/planted.py", "import yaksok.privacy.vault.gate"),
    ("surfaces", "yaksok/jobs/planted.py", "import yaksok.privacy.post"),
    ("areas", "yaksok/web/member/planted.py", "import yaksok.web.console"),
    ("no-dev", "yaksok/jobs/planted.py", "import dev"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("__pycache__", "static", "locale")
    shutil.copytree(ROOT / "yaksok", place / "yaksok", ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def lint(place: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", *chosen],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept(copy: Path) -> None:
    outcome = lint(copy)
    assert outcome.returncode == 0, outcome.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in outcome.stdout


def test_every_contract_is_broken_here_once() -> None:
    assert {contract["id"] for contract in CONTRACTS} == {contract for contract, _, _ in BREAKS}


@pytest.mark.parametrize(("contract", "path", "line"), BREAKS)
def test_a_break_is_reported(copy: Path, contract: str, path: str, line: str) -> None:
    target = copy / path
    before = target.read_text("utf-8") if target.exists() else None
    new_folder = not target.parent.exists()
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        outcome = lint(copy, contract)
    finally:
        if new_folder:
            shutil.rmtree(target.parent)
        elif before is None:
            target.unlink()
        else:
            target.write_text(before, encoding="utf-8")
    assert outcome.returncode == 1, outcome.stdout
    assert (target.parent.name if new_folder else "0 kept, 1 broken") in outcome.stdout
