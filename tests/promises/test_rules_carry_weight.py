"""Take a rule away, and every proof that leans on it fails; the figures are printed with ``-s``.

The body of the rule's function is replaced where it stands, so that whoever imported it, and
however, gets the hollow one.
"""

import ast
import importlib.util
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.cast.hollowing import HOLLOW, INTO, taken_away
from tests.promises.test_claims_hold import HERE
from yaksok.policy.clauses.clause import Clause
from yaksok.policy.promises import clauses


def needs_no_fixture(proof: Path) -> bool:
    """Whether every test of the file is a function that can simply be called."""
    tree = ast.parse(proof.read_text("utf-8"))
    tests = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    marked = any(isinstance(node, ast.Name) and node.id == "pytestmark" for node in ast.walk(tree))
    return not marked and all(not (t.args.args or t.decorator_list) for t in tests)


LEANING = [
    clause
    for clause in clauses()
    if clause.proof
    and clause.rule
    and clause.rule.startswith("yaksok.policy.")
    and needs_no_fixture(HERE / clause.proof)
]
"""Promises that a rule of the policy keeps, with proofs that need nothing but the policy."""


def fresh(proof: Path) -> ModuleType:
    """The proof, imported anew."""
    name = f"weighed_{proof.stem}"
    spec = importlib.util.spec_from_file_location(name, proof)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[name]
    return module


def cases_of(module: ModuleType) -> list[Callable[[], None]]:
    return [value for name, value in vars(module).items() if name.startswith("test_")]


def fails(test: Callable[[], None]) -> bool:
    try:
        test()
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - any failure is the one awaited
        return True
    return False


@pytest.mark.parametrize("clause", LEANING, ids=lambda clause: clause.id)
def test_the_proof_fails_without_its_rule(clause: Clause):
    assert clause.rule is not None
    assert clause.proof is not None
    module = fresh(HERE / clause.proof)
    assert not any(fails(test) for test in cases_of(module)), "it does not even pass with the rule"
    with taken_away(clause.rule):
        assert any(fails(test) for test in cases_of(module)), f"{clause.id} passes without its rule"


WEIGHED = [
    clause
    for clause in clauses()
    if clause.proof and clause not in LEANING and clause.rule in HOLLOW
]
"""Promises whose proofs need a mall; they run without their rules in a process of their own."""


@pytest.fixture(scope="session")
def without_rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What became of each test of the proofs of :data:`WEIGHED`, each without its rule."""
    into = tmp_path_factory.mktemp("weighed") / "outcomes.json"
    proofs = sorted({str(HERE / str(clause.proof)) for clause in WEIGHED})
    done = subprocess.run(
        (
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "tests.cast.hollowing",
            "-p",
            "no:cacheprovider",
            *proofs,
        ),
        env={**os.environ, INTO: str(into), "PYTEST_XDIST_WORKER": f"gw{5 * os.getpid() + 4}"},
        cwd=HERE.parents[1],
        capture_output=True,
        check=False,
        timeout=600,
    )
    said = done.stdout.decode()[-2000:] + done.stderr.decode()[-4000:]
    assert into.exists(), f"it ended with {done.returncode}:\n{said}"
    outcomes: dict[str, list[str]] = json.loads(into.read_text("utf-8"))
    return outcomes


@pytest.mark.timeout(600)
@pytest.mark.xdist_group("weighing")
@pytest.mark.parametrize("clause", WEIGHED, ids=lambda clause: clause.id)
def test_a_proof_that_needs_a_mall_fails_without_its_rule(
    clause: Clause, without_rules: dict[str, list[str]]
):
    outcomes = without_rules[str(clause.proof)]
    assert outcomes
    assert "failed" in outcomes, f"{clause.id} passes without its rule"


SECTIONS = {1: 12, 2: 15, 3: 10, 4: 16, 5: 6, 6: 6, 8: 5, 9: 7, 10: 4, 11: 5}
"""Promises of each section that are weighed without an exception. The seventh has proofs to come."""


def test_every_promise_but_the_seventh_sections_is_weighed():
    weighed = Counter(clause.section for clause in (*LEANING, *WEIGHED))
    assert {section: weighed[section] for section in SECTIONS} == SECTIONS
    assert sum(SECTIONS.values()) == 86
    rules = {clause.rule for clause in (*LEANING, *WEIGHED)}
    assert rules == set(HOLLOW)
    counted = ", ".join(f"{section}: {many}" for section, many in SECTIONS.items())
    print(
        f"{sum(SECTIONS.values())} promises ({counted}), each proof fails without its rule;"
        f" {len(rules)} rules taken away"
    )
