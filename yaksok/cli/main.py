"""The command ``yaksok``. Each subcommand imports what it needs when it is called."""

import importlib
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from yaksok.cli.limits import DEFAULT_PORT, LAST_PORT
from yaksok.cli.trouble import Trouble, told
from yaksok.kernel.hardening import harden

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with local values could show a person's data
    help="약속 (Yaksok): an internet shopping mall that keeps its privacy policy.",
)

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Data directory.", envvar="YAKSOK_DATA", show_default=False),
]

PARTS = {
    "bench": "yaksok.cli.bench",
    "certificate": "yaksok.cli.certificate",
    "epoch": "yaksok.cli.epoch",
    "import": "yaksok.cli.goods",
    "policy": "yaksok.cli.policy",
    "root": "yaksok.cli.root_keys",
    "staff": "yaksok.cli.staff",
}
"""Groups of subcommands, each in its own module with a typer application ``app``."""


def settle(data: Path | None) -> Path:
    """The data directory that was asked for, told to everything imported from now on."""
    from yaksok.database.layout import default_root

    root = data.absolute() if data else default_root()
    os.environ["YAKSOK_DATA"] = str(root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
    return root


@app.command()
@told
def run(
    *,
    data: Data = None,
    port: Annotated[
        int, typer.Option(help="Port on loopback; the sandboxes take those after it.")
    ] = DEFAULT_PORT,
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help="Stock an empty mall.")] = True,
) -> None:
    """Open the mall and keep it open until Ctrl-C."""
    if not 0 < port <= LAST_PORT:
        problem = f"port {port} cannot be used"
        raise Trouble(problem, cure=f"choose one from 1024 to {LAST_PORT}")
    root = settle(data)
    arguments = ["--data", str(root), "--port", str(port), *([] if demo else ["--no-demo"])]
    os.execv(sys.executable, [sys.executable, "-m", "yaksok.cli.supervisor", *arguments])  # noqa: S606 - our own


@app.command()
@told
def migrate(data: Data = None) -> None:
    """Bring the database of a stopped or running mall to this version."""
    root = settle(data)
    from yaksok.cli.reach import reached_database
    from yaksok.database.prepare import prepare

    with reached_database(root) as directory:
        changed = prepare(directory)
    typer.echo("the database is ready" if changed else "nothing to do")


@app.command()
def doctor(
    *,
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
) -> None:
    """Say what is missing on this machine and how to cure it."""
    root = settle(data)
    from yaksok.cli.doctor import examine, shown

    findings = examine(root)
    typer.echo(shown(findings, as_json=as_json))
    raise typer.Exit(1 if any(finding.needed and not finding.ok for finding in findings) else 0)


@app.command()
@told
def promises(
    ids: Annotated[list[str] | None, typer.Argument(help="Only these: P4.5 P4.6.")] = None,
    *,
    data: Data = None,
    language: Annotated[str, typer.Option("--lang", help="ko or en.")] = "ko",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
) -> None:
    """List every promise of the policy with its text, rule, proof, probe and state."""
    settle(data)
    from yaksok.cli.promises import listed
    from yaksok.policy.clauses.ids import ALL_IDS
    from yaksok.policy.vocabulary import Language

    if unknown := set(ids or ()) - ALL_IDS:
        problem = f"there is no promise {', '.join(sorted(unknown))}"
        raise Trouble(problem, cure="name P1.1 to P11.5")
    if language not in set(Language):
        problem = f"there is no language {language}"
        raise Trouble(problem, cure="--lang ko, or --lang en")
    typer.echo(listed(as_json=as_json, language=Language(language), only=frozenset(ids or ())))


@app.command()
@told
def explain(
    *,
    data: Data = None,
    table: Annotated[str | None, typer.Option(help="Only this table.")] = None,
    record: Annotated[str | None, typer.Option(help="Only this record kind.")] = None,
    item: Annotated[str | None, typer.Option(help="Only this item.")] = None,
    of: Annotated[str | None, typer.Option(help="Only of member, guest or staff.")] = None,
    lang: Annotated[str, typer.Option(help="ko or en.")] = "ko",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say of every table and column what it holds, of whom, why, and how it dies.

    With --data: under the policy that this mall obeys now. Without: under the document on file.
    """
    settle(data)
    from yaksok.cli import explain as explaining

    found = explaining.explained(
        data.absolute() if data else None, table=table, record=record, item=item, of=of
    )
    typer.echo(explaining.as_json(found) if as_json else explaining.as_text(found, lang))


@app.command()
@told
def backup(
    place: Annotated[Path, typer.Argument(metavar="DIR", help="Where backups are kept.")],
    *,
    data: Data = None,
    keys: Annotated[
        bool, typer.Option("--keys", help="Only what must never be old: every day.")
    ] = False,
    base: Annotated[
        bool, typer.Option("--base", help="The server's own files, for going back to a moment.")
    ] = False,
) -> None:
    """Write a backup of an open or a closed mall into DIR: its data, and apart from it its keys."""
    from yaksok.cli import backup as backing

    root = settle(data)
    if base:
        backing.write_base(root, place.absolute())
    else:
        backing.write(root, place.absolute(), keys_only=keys)


@app.command()
@told
def restore(
    place: Annotated[Path, typer.Argument(metavar="DIR", help="A backup, or where they are kept.")],
    *,
    data: Data = None,
    keys: Annotated[
        Path | None, typer.Option("--keys", metavar="DIR", help="Where the newest keys are.")
    ] = None,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Only try it, beside the mall, and tear it down.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the mall that is there.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before replacing.")] = False,
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help="Go back to this moment, by the kept WAL.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Bring a closed mall back from DIR: every survivor, and nobody who was erased."""
    from yaksok.cli import backup as backing

    root, chosen = settle(data), keys.absolute() if keys else None
    replacing = backing.Replacing(forced=force, agreed=yes)
    if rehearse:
        backing.rehearse(root, place.absolute(), chosen, as_json=as_json)
    elif until:
        backing.go_back(root, place.absolute(), chosen, until, replacing)
    else:
        backing.restore(root, place.absolute(), chosen, replacing, as_json=as_json)


@app.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as installed

    typer.echo(installed("yaksok"))


def _add_parts() -> None:
    """Import a group of subcommands only when it is called, or when help lists them all."""
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    for name, module in PARTS.items():
        if asked in (None, name):
            app.add_typer(importlib.import_module(module).app, name=name)


def main() -> None:
    """Entry of the command."""
    harden()
    _add_parts()
    app()


if __name__ == "__main__":
    main()
