"""Take a rule of the policy away, and every proof that leans on it fails.

The body of the rule's function is replaced where it stands, so that whoever imported it, and
however, gets the hollow one.
"""

import ast
import importlib.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

from tests.promises.test_claims_hold import HERE, resolved
from yaksok.policy.clauses.clause import Clause
from yaksok.policy.promises import clauses

HOLLOW = {
    "yaksok.policy.collecting.admit": (
        "def hollow(declaration, policy, counts, files=()): return None"
    ),
    "yaksok.policy.decide.decide": "def hollow(policy, request, facts): return Permit('P0.0')",
    "yaksok.policy.detector.contains_rrn": "def hollow(text): return False",
    "yaksok.policy.document.parse": (
        "def hollow(source, file='policy.toml'):\n"
        "    from yaksok.policy.in_force import packaged\n"
        "    text = packaged().read_text('utf-8')\n"
        "    body = msgspec.convert(tomllib.loads(text), Body)\n"
        "    return Document(body, file, text, '')"
    ),
    "yaksok.policy.forms.Form.asking": (
        "def hollow(self, name, label, reason, *, required): return self"
    ),
    "yaksok.policy.forms.build": "def hollow(document): return {}",
    "yaksok.policy.forms.form": (
        "def hollow(policy, name):\n"
        "    every = {f.name: f for form in policy.forms.values() for f in form.fields}\n"
        "    return Form(name, tuple(every.values()), ())"
    ),
    "yaksok.policy.forms.read": (
        "def hollow(form, posted, language, *, also=frozenset()): return dict(posted)"
    ),
    "yaksok.policy.lints.l_cpo.check": "def hollow(case): return iter(())",
    "yaksok.policy.lints.l_remedy.check": "def hollow(case): return iter(())",
    "yaksok.policy.lints.l_vague.check": "def hollow(case): return iter(())",
    "yaksok.policy.references.check": "def hollow(document): return None",
}
"""What a rule does when it has been taken away."""


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


@contextmanager
def taken_away(rule: str) -> Iterator[None]:
    """The function at ``rule`` does nothing until the block ends."""
    function = resolved(rule)
    assert isinstance(function, FunctionType)
    names: dict[str, object] = {}
    exec(HOLLOW[rule], function.__globals__, names)  # noqa: S102 - a fault planted on purpose
    hollow = names["hollow"]
    assert isinstance(hollow, FunctionType)
    whole, defaults = function.__code__, function.__kwdefaults__
    function.__code__ = hollow.__code__
    try:
        yield
    finally:
        function.__code__, function.__kwdefaults__ = whole, defaults


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


def test_every_rule_of_the_policy_is_weighed():
    assert {clause.rule for clause in LEANING} == set(HOLLOW)
    assert len(LEANING) >= 35
