"""The list of promises, for a person or for a program."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import yaksok
from yaksok.policy.promises import Promise, all_promises

PROVED = "proved"
DECLARED = "declared"

CHECKOUT = Path(yaksok.__file__).resolve().parent.parent


def listed(*, as_json: bool) -> str:
    """Every promise with its state, rule, proof and probe; one JSON array, or a table of lines."""
    promises = all_promises()
    if as_json:
        return json.dumps([_entry(promise) for promise in promises], ensure_ascii=False, indent=1)
    counts = Counter(state_of(promise) for promise in promises)
    lines = [f"{one.id:<7} {state_of(one):<9} {one.proof or ''}".rstrip() for one in promises]
    total = ", ".join(f"{counts[state]} {state}" for state in (PROVED, DECLARED))
    return "\n".join([*lines, f"{len(promises)} promises: {total}"])


def state_of(promise: Promise) -> str:
    """``proved`` when there is a rule in the code and a proof that tests it, else ``declared``.

    That the proof passes is what ``make test`` says; a claim whose rule or proof is not there is
    no claim. An installed mall carries no tests: there the proof's name is trusted, because a
    release is made only after they passed.
    """
    if not promise.rule or not promise.proof or not _resolves(promise.rule):
        return DECLARED
    if (CHECKOUT / "tests").is_dir() and not (CHECKOUT / promise.proof).is_file():
        return DECLARED
    return PROVED


def _entry(promise: Promise) -> dict[str, str | None]:
    return {
        "id": promise.id,
        "state": state_of(promise),
        "rule": promise.rule,
        "proof": promise.proof,
        "probe": promise.probe,
    }


def _resolves(dotted: str) -> bool:
    """Whether the module that a dotted path names is there; imports no more than its packages."""
    parts = dotted.replace(":", ".").split(".")
    for length in range(len(parts), 0, -1):
        try:
            if importlib.util.find_spec(".".join(parts[:length])):
                return True
        except (ModuleNotFoundError, ValueError):
            continue
    return False
