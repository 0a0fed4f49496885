"""``yaksok promises`` answers without Django, whatever its rules are made of."""

import json
import subprocess
import sys

from yaksok.cli.promises import _resolves


def test_a_process_without_django_lists_all() -> None:
    code = "from yaksok.cli.promises import listed; print(listed(as_json=True))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr[-500:]
    rows = json.loads(done.stdout)
    assert len(rows) == 104
    assert {row["state"] for row in rows} == {"declared", "proved"}


def test_a_rule_that_is_not_there_is_not_found() -> None:
    assert _resolves("yaksok.journeys.sweep.sweep")
    assert _resolves("yaksok.policy.forms.Form.asking")
    assert not _resolves("yaksok.journeys.nowhere.sweep")
    assert not _resolves("nowhere.sweep")


def test_a_person_reads_text_rule_proof_and_probe() -> None:
    code = (
        "from yaksok.cli.promises import listed; from yaksok.policy.vocabulary import Language;"
        "print(listed(as_json=False, language=Language.ENGLISH, only=frozenset({'P2.1'})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    head, text, *rest = done.stdout.splitlines()
    assert head == "P2.1  proved"
    assert text.strip().startswith("We ask for the minimum")
    parts = [line.split() for line in rest[:3]]
    assert [part[0] for part in parts] == ["rule", "proof", "probe"]
    assert all(part[1] not in {"", "-"} for part in parts)
    assert rest[-1] == "1 promises: 0 declared, 1 proved"


def test_a_promise_that_is_not_there_is_said() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yaksok.cli.main", "promises", "P12.1"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "P12.1" in done.stderr
    assert "cure" in done.stderr
