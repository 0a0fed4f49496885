"""``yaksok policy``: whether a document is lawful, what will change that, and its shape."""

import datetime
import os
from pathlib import Path
from typing import Annotated

import typer

from yaksok.cli import publishing
from yaksok.cli.main import Data, settle
from yaksok.cli.reach import open_books
from yaksok.cli.trouble import Trouble, told
from yaksok.policy.document import Document, DocumentError
from yaksok.policy.vocabulary import Profile

app = typer.Typer(no_args_is_help=True, help="The policy: lint it, look ahead, publish it.")
app.registered_commands += publishing.app.registered_commands

FOUND = 1
"""The status when an error was found."""
UNREADABLE = 2
"""The status when the document cannot be taken at all."""

File = Annotated[
    Path | None,
    typer.Argument(help="A policy document; the one in force if not given.", show_default=False),
]
Held = Annotated[
    Profile | None,
    typer.Option("--profile", help="The law to hold it against; else the document's own."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON value.")]


@app.command()
@told
def lint(
    file: File = None, *, profile: Held = None, as_json: AsJson = False, data: Data = None
) -> None:
    """Say what a document must not say, by which law, and what to write instead.

    Ends with status 1 if there is an error, 0 if not, 2 if the document cannot be read.
    """
    root = settle(data)
    from yaksok.cli import findings
    from yaksok.policy.lints.finding import COUNTRY
    from yaksok.policy.lints.run import lint as held_against

    document = _document(file, root)
    law, day = profile or document.body.profile, _day(document)
    found = held_against(document, law, day)
    shown = findings.as_json if as_json else findings.told
    typer.echo(shown(document, law, day, found))
    if law not in COUNTRY and not as_json:
        typer.echo("That is no law. Name one: --profile lawful_kr or lawful_eu")
    raise typer.Exit(FOUND if findings.counted(found)[0] else 0)


@app.command()
@told
def clock(
    file: File = None,
    *,
    profile: Held = None,
    until: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day to look at.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """List the rules and law rows whose day is to come, and what they will break in a document."""
    root = settle(data)
    from yaksok.cli import findings
    from yaksok.policy.law.tables import today
    from yaksok.policy.lints.coming import coming

    document = _document(file, root)
    days = coming(document, profile, today=today(), until=until.date() if until else None)
    typer.echo((findings.days_as_json if as_json else findings.days_told)(document, days))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a document, for an editor."""
    from yaksok.policy.schema import schema_text

    typer.echo(schema_text(), nl=False)


def _day(document: Document) -> datetime.date:
    """The day whose law counts: today, or the day on which the document takes effect if later."""
    from yaksok.policy.law.tables import today

    return max(today(), document.body.effective)


def _document(file: Path | None, root: Path) -> Document:
    """The document in ``file``, or the one that the mall at ``root`` obeys, with sound references.

    Raises:
        Trouble: it cannot be taken.
    """
    from yaksok.policy.document import load
    from yaksok.policy.references import check

    try:
        document = _obeyed(root) if file is None else load(file)
        check(document)
    except DocumentError as error:
        problem = f"{error.file}:{error.line}: {error.key}: {error.fault}"
        raise Trouble(problem, cure=error.cure, status=UNREADABLE) from None
    return document


def _obeyed(root: Path) -> Document:
    """What the mall at ``root`` obeys: the version it published, or the document it starts with."""
    from yaksok.database.layout import DataDirectory
    from yaksok.policy.document import load, parse
    from yaksok.policy.in_force import started_with

    if os.environ.get("DATABASE_URL") or DataDirectory(root).cluster.exists():
        with open_books(root):
            from yaksok.privacy.published import register

            version = register.version(register.number_in_force())
        if version is not None:
            return parse(version.source, f"version {version.number}")
    return load(started_with())
