"""Nothing is claimed that is not there: every rule imports, every proof is a test that runs.

A promise is ``proved`` when it names a rule and a proof. This file holds that claim: the proof is a
file of this folder, carries the promise's id, has tests that nothing skips, and — because the whole
folder runs with every build — they pass. What fails without its rule is shown next door, in
``test_rules_carry_weight.py``.
"""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.cast.dotted import resolved
from yaksok.cli.promises import state_of
from yaksok.policy.clauses.clause import Clause
from yaksok.policy.promises import State, all_promises, as_rows, clauses
from yaksok.policy.vocabulary import Language

HERE = Path(__file__).parent
COUNTS = {1: 12, 2: 15, 3: 10, 4: 16, 5: 6, 6: 6, 7: 18, 8: 5, 9: 7, 10: 4, 11: 5}
DERIVED = {"P1.9", "P2.14", "P3.10", "P4.16", "P5.6", "P6.6", "P8.5", "P11.5"}
SKIPPING = re.compile(r"\b(?:skip|skipif|xfail|importorskip)\b|__test__\s*=\s*False")
PROVED = [clause for clause in clauses() if clause.rule or clause.proof]


def test_there_are_104_promises_each_once():
    ids = [clause.id for clause in clauses()]
    expected = [f"P{section}.{n}" for section, count in COUNTS.items() for n in range(1, count + 1)]
    assert ids == expected
    assert len(ids) == 104


def test_eight_are_derived():
    assert {clause.id for clause in clauses() if clause.derived} == DERIVED


def test_every_promise_is_said_in_both_languages():
    for promise in all_promises():
        assert promise.text[Language.KOREAN].endswith(("니다.", "니다")), promise.id
        assert promise.text[Language.ENGLISH].endswith("."), promise.id
        assert not re.search(
            r"(?<=[가-힣])등(?=[ .,])|\s등(?=[ .,을의])", promise.text[Language.KOREAN]
        )
        assert "{" not in "".join(promise.text.values()), promise.id


def test_every_promise_names_what_keeps_it():
    assert not [clause.id for clause in clauses() if clause.rule is None]


@pytest.mark.parametrize("clause", PROVED, ids=lambda clause: clause.id)
def test_the_rule_exists(clause: Clause):
    assert clause.rule, f"{clause.id} has a proof but names no rule"
    assert resolved(clause.rule) is not None


@pytest.mark.parametrize("clause", PROVED, ids=lambda clause: clause.id)
def test_the_proof_is_a_test_that_runs(clause: Clause):
    if clause.proof is None:
        return  # a rule without a proof claims nothing
    proof = HERE / clause.proof
    section, number = (int(part) for part in clause.id[1:].split("."))
    assert proof.parent == HERE
    assert proof.name.startswith(f"test_p{section}_{number:02d}_"), clause.id
    source = proof.read_text("utf-8")
    names = [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert names, f"{clause.proof} has no test"
    assert not SKIPPING.search(source), f"{clause.proof} may be skipped"


def test_every_probe_exists():
    assert all(callable(resolved(clause.probe)) for clause in clauses() if clause.probe)


def test_every_proof_is_named_by_its_promise():
    named = {clause.proof for clause in clauses() if clause.proof}
    files = {path.name for path in HERE.glob("test_p[0-9]*.py")}
    assert files == named


def test_a_name_is_used_once():
    proofs = Counter(clause.proof for clause in clauses() if clause.proof)
    assert max(proofs.values()) == 1


def test_the_rows_say_what_the_command_prints():
    rows = as_rows()
    assert len(rows) == 104
    assert {"id", "state", "rule", "proof", "probe"} <= rows[0].keys()
    for row in rows:
        both = bool(row["rule"] and row["proof"])
        assert row["state"] == (State.PROVED if both else State.DECLARED)
        assert state_of(row) == row["state"], f"{row['id']}: the command does not find its rule"
