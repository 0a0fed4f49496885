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
