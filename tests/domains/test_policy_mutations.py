"""Whatever happened to the document: a clear error, or a document with which everything works.

YAKSOK_FULL=1 .venv/bin/pytest -s tests/domains/test_policy_mutations.py
"""

import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.cast.dice import FULL, dice, seed
from tests.cast.mutations import mutated
from tests.cast.policies import source
from yaksok.journeys.explain import explain
from yaksok.policy.compile import Policy, compile_document
from yaksok.policy.document import DocumentError, load
from yaksok.policy.lints.run import lint
from yaksok.policy.notice import notice
from yaksok.policy.pages import whole
from yaksok.policy.promises import all_promises
from yaksok.policy.text import page
from yaksok.policy.vocabulary import FormName, Language, Profile

MUTATIONS = 1_000 if FULL else 150
WORKS, CLEAR, TROUBLE = "works", "clear error", "trouble"

LONGEST = 10.0
"""Seconds that no document may take."""


def used(path: Path) -> Policy:
    """Everything that the mall makes of the document at ``path``."""
    document = load(path)
    policy = compile_document(document)
    for profile in Profile:
        for finding in lint(document, profile):
            assert finding.as_error(document).cure
    whole.pages(policy)
    for language in Language:
        assert page(policy, language).sections
        for form in FormName:
            for asking in (False, True):
                assert notice(policy, form, language, asking=asking).hash
    assert len(all_promises(policy)) == 104
    assert explain(policy).records is not None
    return policy


def clear(error: DocumentError, path: Path) -> bool:
    """Whether ``error`` names file, line, key and cure, and says so in one line."""
    lines = path.read_bytes().count(b"\n") + 1
    named = error.file == str(path) and 1 <= error.line <= lines and error.key and error.cure
    said = str(error)
    return (
        bool(named) and said.startswith(f"{path}:{error.line}: {error.key}: ") and "\n" not in said
    )


@pytest.mark.timeout(1_200)
def test_a_mutated_document_gives_a_clear_error_or_works(tmp_path: Path) -> None:
    began = seed(20261124)
    thrown: Random = dice(began)
    path = tmp_path / "policy.toml"
    outcome: Counter[str] = Counter()
    troubles: list[str] = []
    slowest = 0.0
    for number in range(MUTATIONS):
        what, raw = mutated(source(), thrown)
        path.write_bytes(raw)
        at = time.perf_counter()
        came = outcome_of(path)
        slowest = max(slowest, time.perf_counter() - at)
        outcome[came if came in {WORKS, CLEAR} else TROUBLE] += 1
        if came not in {WORKS, CLEAR}:
            troubles.append(f"begun with {began}, number {number}, {what}: {came}")
    print(f"{MUTATIONS:,} mutations, begun with {began}: {dict(outcome)}, slowest {slowest:.2f} s")
    assert not troubles
    assert slowest < LONGEST
    assert outcome[CLEAR] > MUTATIONS / 3
    assert outcome[WORKS] > MUTATIONS / 20


def outcome_of(path: Path) -> str:
    """What becomes of the document at ``path``."""
    try:
        used(path)
    except DocumentError as error:
        return CLEAR if clear(error, path) else f"unclear: {error}"
    except Exception as error:  # noqa: BLE001 - what must never come is told, whatever it is
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} in {where.name}"
    return WORKS
