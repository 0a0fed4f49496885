"""``yaksok policy publish`` and its kin: what a document would do, what was published, publish it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yaksok.cli.main import Data, settle
from yaksok.cli.reach import open_books
from yaksok.cli.trouble import Trouble, told
from yaksok.kernel.clock import SEOUL
from yaksok.policy.vocabulary import Language

if TYPE_CHECKING:
    from yaksok.journeys.publish import Simulation
    from yaksok.policy.wording_diff import Words

app = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A policy document.")]
Number = Annotated[int | None, typer.Argument(help="A version; the one in force if not given.")]
Lang = Annotated[Language, typer.Option("--lang", help="The language of the page.")]
Toml = Annotated[bool, typer.Option("--toml", help="The document itself, not its page.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON array.")]


@app.command()
@told
def impact(file: File, *, data: Data = None) -> None:
    """Say what would follow if FILE were published now; change nothing."""
    with _books(data):
        typer.echo(_told(_simulated(file)))


@app.command()
@told
def publish(
    file: File,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before publishing.")] = False,
    data: Data = None,
) -> None:
    """Say what would follow, then publish FILE as the version after the latest one, for good."""
    with _books(data):
        from yaksok.journeys import publish as publishing
        from yaksok.kernel.actor import Actor

        found = _simulated(file)
        if not found.base:
            problem = "the mall has not published its first version yet"
            raise Trouble(problem, cure="open it once: yaksok run")
        typer.echo(_told(found))
        if found.errors:
            problem = f"{len(found.errors)} findings keep the document out; nothing was published"
            raise Trouble(problem, cure=f"yaksok policy lint {file}")
        if not yes:
            _ask()
        done = publishing.publish(
            found.document.source,
            base=found.base,
            actor=Actor.system("policy publish"),
            file=str(file),
        )
        typer.echo(
            f"published as version {done.number} ({done.version}), in force from"
            f" {_day(done.effective_at)}; {done.asked:,} questions put to members"
        )


@app.command()
@told
def versions(*, as_json: AsJson = False, data: Data = None) -> None:
    """List every version, newest first."""
    with _books(data):
        from yaksok.journeys import policy_versions

        rows = policy_versions.versions()
    if as_json:
        listed = [
            {
                "number": row.number,
                "version": row.version,
                "state": row.state,
                "announced_at": row.announced_at.isoformat(),
                "effective_at": row.effective_at.isoformat(),
            }
            for row in rows
        ]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for row in rows:
        typer.echo(
            f"{row.number:>4}  {row.version:<16} {row.state.replace('_', ' '):<9}"
            f"  announced {_day(row.announced_at)}  in force from {_day(row.effective_at)}"
        )
    if not rows:
        typer.echo("nothing was published yet; the mall publishes its first version when it opens")


@app.command()
@told
def show(
    number: Number = None, *, lang: Lang = Language.KOREAN, toml: Toml = False, data: Data = None
) -> None:
    """Print a version as it was published: its page, or its document."""
    with _books(data):
        from yaksok.journeys import policy_versions
        from yaksok.policy.pages.plain import plain

        chosen = number if number is not None else _in_force()
        if toml:
            typer.echo(_source(chosen), nl=False)
            return
        page = policy_versions.page(chosen, lang, "policy")
    for paragraph in plain(page):
        typer.echo(f"\n{paragraph.text}" if paragraph.heading else f"  {paragraph.text}")


@app.command()
@told
def diff(
    earlier: Annotated[int, typer.Argument(help="A version.")],
    later: Annotated[int | None, typer.Argument(help="Another; the latest if not given.")] = None,
    *,
    lang: Lang = Language.KOREAN,
    toml: Toml = False,
    data: Data = None,
) -> None:
    """Print what changed between two versions, word by word: [-taken out-] {+put in+}."""
    with _books(data):
        from yaksok.journeys import policy_versions
        from yaksok.policy import text_diff

        rows = policy_versions.versions()
        last = later if later is not None else max((row.number for row in rows), default=0)
        if toml:
            for line in text_diff.lines(_source(earlier), _source(last)):
                typer.echo("…" if line.kind == "gap" else _marked(line.words))
            return
        found = policy_versions.compare(earlier, last, lang, "policy")
    for change in found.changes:
        if change.kind != "same":
            typer.echo(f"{change.key}: {_marked(change.words)}")
    if found.summary.nothing:
        typer.echo("the pages are the same")


@app.command()
@told
def drafts(*, data: Data = None) -> None:
    """List the documents that officers are working on at the console."""
    with _books(data):
        from yaksok.database.roles import keeper
        from yaksok.privacy.published import drafts as kept

        with keeper():
            found = kept.every()
    for draft in found:
        typer.echo(
            f"{draft.id}  from version {draft.base}, saved {draft.revision} times,"
            f" last {draft.edited_at:%Y-%m-%d %H:%M UTC}"
        )
    if not found:
        typer.echo("nobody is working on a new version")


@contextmanager
def _books(data: Path | None) -> Iterator[None]:
    """The open books of the mall; what a journey refuses becomes a trouble."""
    from yaksok.kernel.errors import NotFound
    from yaksok.policy.document import DocumentError
    from yaksok.policy.fields import Unfit

    try:
        with open_books(settle(data)):
            from yaksok.journeys.publish import Overtaken, Unlawful

            try:
                yield
            except (Overtaken, Unlawful) as error:
                raise Trouble(str(error), cure="yaksok policy versions, and lint FILE") from None
    except DocumentError as error:
        problem = f"{error.file}:{error.line}: {error.key}: {error.fault}"
        raise Trouble(problem, cure=error.cure) from None
    except Unfit as unfit:
        problem = f"the notice cannot hang: {unfit.text.en}"
        raise Trouble(problem, cure="shorten or mend `changes` in the document") from None
    except NotFound:
        problem = "there is no such version"
        raise Trouble(problem, cure="yaksok policy versions") from None


def _simulated(file: Path) -> "Simulation":
    from yaksok.journeys import publish as publishing
    from yaksok.policy.document import load

    return publishing.simulate(load(file).source, file=str(file))


def _told(found: "Simulation") -> str:
    """What would follow, line by line."""
    from yaksok.cli import findings
    from yaksok.journeys.gate_calls import stopped

    changes = found.impact
    lines = [f"after version {found.base}; {found.document.body.version}"]
    if changes.points:
        lines.append(f"{found.members:,} people must be asked:")
        lines += [f"  - {point.words.ko}\n    {point.words.en}" for point in changes.points]
    else:
        lines.append("nobody must be asked")
    lines += [
        f"form {one.form} changes:{_signed('+', one.added)}{_signed('-', one.removed)}"
        for one in changes.forms
    ]
    lines += [
        f"{kind} ends otherwise: {was} -> {now}" for kind, (was, now) in changes.periods.items()
    ]
    for word, names in (
        ("service begins", changes.services_started),
        ("service ends", changes.services_ended),
        ("new recipient", changes.recipients_added),
        ("no recipient any more", changes.recipients_removed),
    ):
        lines += [f"{word}: {name}" for name in names]
    for stop in stopped(found.before, found.after):
        lost = ", ".join(f"{kind} for {purpose}" for kind, purpose in stop.lost)
        acts = ", ".join(f"{stop.ask.journey}.{act}" for act in stop.ask.acts)
        jobs = f"; job {', '.join(stop.ask.jobs)}" if stop.ask.jobs else ""
        lines.append(f"{'stops' if stop.sure else 'may stop'}: {acts} ({lost}){jobs}")
    lines.append(f"tables changed: {', '.join(changes.tables) or 'none'}")
    lines.append(f"earliest date: {found.earliest}; the document says {found.after.effective}")
    if found.findings:
        body = found.document.body
        lines += ["", findings.told(found.document, body.profile, body.effective, found.findings)]
    return "\n".join(lines)


def _day(at: datetime) -> str:
    """The day in Seoul."""
    return f"{at.astimezone(SEOUL):%Y-%m-%d}"


def _ask() -> None:
    if not sys.stdin.isatty():
        problem = "nobody is here to confirm; nothing was published"
        raise Trouble(problem, cure="add --yes")
    if not typer.confirm("Publish it? It cannot be taken back"):
        problem = "nothing was published"
        raise Trouble(problem, cure="run it again when you are sure")


def _signed(sign: str, names: tuple[str, ...]) -> str:
    return "".join(f" {sign}{name}" for name in names)


def _marked(words: "tuple[Words, ...]") -> str:
    marks = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}"), "kept": ("", "")}
    return "".join(f"{marks[one.mark][0]}{one.text}{marks[one.mark][1]}" for one in words)


def _in_force() -> int:
    from yaksok.journeys import policy_versions

    return next((row.number for row in policy_versions.versions() if row.state == "in_force"), 0)


def _source(number: int) -> str:
    """The document of a version, as text. Raises NotFound."""
    from yaksok.database.roles import shop
    from yaksok.kernel.errors import NotFound
    from yaksok.privacy.published import register

    with shop():
        found = register.version(number)
    if found is None:
        raise NotFound
    return found.source
