"""The Makefile explains itself and names cures."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROMISED = ("setup", "run", "test", "lint", "bench", "shots", "proof", "residue", "messages")


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", [(), ("help",)])
def test_it_lists_what_can_be_done(arguments: tuple[str, ...]) -> None:
    shown = make(*arguments).stdout
    listed = re.findall(r"^  make ([a-z]+) +\S", shown, re.MULTILINE)
    assert set(PROMISED) <= set(listed)


def test_a_missing_python_has_its_cure(tmp_path: Path) -> None:
    outcome = make("setup", f"VENV={tmp_path / 'venv'}", "PYTHON=python3.99")
    assert outcome.returncode != 0
    assert "python3.99 is missing; cure: " in outcome.stdout


def test_a_copied_folder_gets_a_python_of_its_own(tmp_path: Path) -> None:
    def set_up(folder: Path) -> str:
        named = make("--eval=named:;@echo $(STAMPS)/venv", "named", folder=folder).stdout.strip()
        outcome = make(named, f"PYTHON={sys.executable}", folder=folder)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
        return outcome.stdout

    first, copy = tmp_path / "first", tmp_path / "its copy"
    first.mkdir()
    shutil.copy(ROOT / "Makefile", first)
    assert ".venv …" in set_up(first)
    shutil.copytree(first, copy, symlinks=True)
    assert ".venv …" in set_up(copy)
    assert str(copy) in (copy / ".venv/bin/activate").read_text("utf-8")
    assert ".venv …" not in set_up(copy) + set_up(first)


def test_a_missing_locker_has_its_cure() -> None:
    outcome = make("lock", "UV=no-such-uv")
    assert outcome.returncode != 0
    assert "cure: pip install uv" in outcome.stdout


def test_what_runs_elsewhere_is_what_runs_here() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8")
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
