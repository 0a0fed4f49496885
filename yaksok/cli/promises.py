"""The list of promises, for a person or for a program."""

import importlib.util
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaksok
from yaksok.policy.promises import State, as_rows
from yaksok.policy.vocabulary import Language

CHECKOUT = Path(yaksok.__file__).resolve().parent.parent


def listed(
    *, as_json: bool, language: Language = Language.KOREAN, only: frozenset[str] = frozenset()
) -> str:
    """Every promise with its state, text, rule, proof and probe; one JSON array, or paragraphs.

    Arguments:
        only: Ids to list; all when empty.
    """
    rows = [
        {**row, "state": state_of(row)}
        for row in as_rows(language)
        if not only or row["id"] in only
    ]
    if as_json:
        return json.dumps(rows, ensure_ascii=False, indent=1)
    counts = Counter(row["state"] for row in rows)
    total = ", ".join(f"{counts[state]} {state}" for state in State)
    return "\n".join([*map(_paragraph, rows), f"{len(rows)} promises: {total}"])


def _paragraph(row: Mapping[str, Any]) -> str:
    """One promise: its text, and below it what keeps, shows and watches it."""
    lines = [f"{row['id']}  {row['state']}", f"  {row['text']}"]
    lines += [f"  {part:<6} {row[part] or '-'}" for part in ("rule", "proof", "probe")]
    return "\n".join([*lines, ""])


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
