"""``yaksok explain``: what the mall holds about persons, for a person or for a program."""

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from yaksok.cli.trouble import Trouble

if TYPE_CHECKING:
    from yaksok.journeys.explained import Explanation
    from yaksok.policy.compile import Policy

FORMAT = 1
"""Of the JSON; ``docs/explain.md`` says what is in it. A key that goes or changes raises it."""

WIDTH = 120
"""Columns of text where no terminal says how many there are."""

Word = TypeVar("Word", bound=StrEnum)


def explained(
    data: Path | None,
    *,
    table: str | None,
    record: str | None,
    item: str | None,
    of: str | None = None,
) -> "Explanation":
    """What is held under the policy of the mall in ``data``, or under the document on file (None).

    Arguments:
        table, record, item: Only what tells of these; None is all.
        of: Only what is held about a ``member``, a ``guest`` or ``staff``: what such a person takes
            along is found by it.

    Raises:
        Trouble: there is no such mall, table, record kind or item, or no policy to explain.
    """
    import django

    django.setup()
    from yaksok.journeys.explain import chosen, explain, held_by
    from yaksok.journeys.explain_records import PERSONS
    from yaksok.policy.vocabulary import Item, RecordKind

    policy = in_force_in(data) if data else on_file()
    found = explain(policy)
    if of is not None:
        words = {role.value: role for role in PERSONS}
        found = held_by(found, words[_one_of(words, of, "person")])
    if table is not None:
        _one_of((one.name for one in found.tables), table, "table")
    kind = _word(RecordKind, (one.kind for one in found.records), record, "record kind")
    kept = _word(Item, (one.item for one in found.items), item, "item")
    if table is None and kind is None and kept is None:
        return found
    return chosen(found, table=table, kind=kind, item=kept)


def on_file() -> "Policy":
    """The policy of the document named by ``YAKSOK_POLICY``, or of the packaged one.

    Raises:
        Trouble: the document cannot be taken.
    """
    from yaksok.policy import in_force
    from yaksok.policy.document import DocumentError

    try:
        return in_force.policy()
    except DocumentError as error:
        problem = f"{error.file}:{error.line}: {error.key}: {error.fault}"
        raise Trouble(problem, cure=error.cure) from None


def in_force_in(root: Path) -> "Policy":
    """The policy that the mall in ``root`` obeys at this moment. Changes nothing there.

    Raises:
        Trouble: no mall was opened there, or its database is of another version.
    """
    import os

    from yaksok.cli.reach import reached_database
    from yaksok.database.layout import DataDirectory
    from yaksok.database.prepare import is_prepared
    from yaksok.database.roles import shop

    if not os.environ.get("DATABASE_URL") and not DataDirectory(root).cluster.exists():
        problem = f"no mall was opened in {root} yet"
        raise Trouble(problem, cure="leave --data out to explain the document itself")
    with reached_database(root) as directory:
        if not is_prepared(directory):
            problem = "the database is not that of this version of the mall"
            raise Trouble(problem, cure=f"yaksok migrate --data {root}")
        with shop():
            policy = on_file()
        from django.db import connections

        connections.close_all()
    return policy


def as_json(explanation: "Explanation") -> str:
    """``explanation`` as one JSON object; keys and order are stable within one :data:`FORMAT`."""
    import msgspec

    rows = {"format": FORMAT, **msgspec.to_builtins(explanation)}
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_text(explanation: "Explanation", lang: str) -> str:
    """``explanation`` as tables for a person, in Korean (``ko``) or English (``en``).

    Raises:
        Trouble: there is no such language.
    """
    import io
    import sys

    from rich.console import Console

    from yaksok.cli.explain_tables import shown
    from yaksok.policy.vocabulary import Language

    language = Language(_one_of((one.value for one in Language), lang, "language"))
    terminal = sys.stdout.isatty()
    console = Console(
        file=io.StringIO(),
        force_terminal=terminal,
        width=None if terminal else WIDTH,
        highlight=False,
    )
    for part in shown(explanation, language):
        console.print(part)
    written = console.file
    return written.getvalue().rstrip() if isinstance(written, io.StringIO) else ""


def _word(words: type[Word], known: Iterable[Word], wanted: str | None, what: str) -> Word | None:
    return None if wanted is None else words(_one_of(known, wanted, what))


def _one_of(known: Iterable[str], wanted: str, what: str) -> str:
    words = sorted({str(one) for one in known})
    if wanted not in words:
        problem = f"there is no {what} {wanted}"
        raise Trouble(problem, cure=f"choose one of {', '.join(words)}")
    return wanted
