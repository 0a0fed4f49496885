"""The list of promises, for a person or for a program."""

import importlib.util
import json
from collections import Counter
from pathlib import Path
from typing import Any

import yaksok
from yaksok.policy.promises import State, as_rows

CHECKOUT = Path(yaksok.__file__).resolve().parent.parent


def listed(*, as_json: bool) -> str:
    """Every promise with its state, rule, proof and probe; one JSON array, or a table of lines."""
    rows = [{**row, "state": state_of(row)} for row in as_rows()]
    if as_json:
        return json.dumps(rows, ensure_ascii=False, indent=1)
    counts = Counter(row["state"] for row in rows)
    lines = [f"{row['id']:<7} {row['state']:<9} {row['proof'] or ''}".rstrip() for row in rows]
    total = ", ".join(f"{counts[state]} {state}" for state in State)
    return "\n".join([*lines, f"{len(rows)} promises: {total}"])


def state_of(row: dict[str, Any]) -> str:
    """The state that is claimed, unless its rule or its proof is not there.

    That the proof passes is what ``make test`` says. An installed mall carries no tests: there
    the proof's name is trusted, because a release is made only after they passed.
    """
    if row["state"] != State.PROVED:
        return str(row["state"])
    proof_is_there = not (CHECKOUT / "tests").is_dir() or (CHECKOUT / str(row["proof"])).is_file()
    return State.PROVED if proof_is_there and _resolves(str(row["rule"])) else State.DECLARED


def _resolves(dotted: str) -> bool:
    """Whether the module that a dotted path names is there; imports no more than its packages."""
    parts = dotted.replace(":", ".").split(".")
    for length in range(1, len(parts) + 1):
        try:
            spec = importlib.util.find_spec(".".join(parts[:length]))
        except (ModuleNotFoundError, ValueError):
            return False
        if spec is None:
            return False
        if spec.submodule_search_locations is None:
            return True  # a module; what it names within itself is for the tests to look at
    return True
