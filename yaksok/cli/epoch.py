"""``yaksok epoch``: where the periods of keys stand, and closing one while the mall goes on."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yaksok.cli.main import Data, settle
from yaksok.cli.reach import open_books
from yaksok.cli.trouble import Trouble, told
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.errors import Busy, Tampered

if TYPE_CHECKING:
    from yaksok.journeys.forget import Closed, Progress, Status, Watch

app = typer.Typer(no_args_is_help=True, help="The vault's epochs: how they stand, and closing one.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


@app.command()
@told
def status(*, data: Data = None, as_json: AsJson = False) -> None:
    """Say which epoch is open, until when, which processes hold its keys, and the last receipt."""
    with _books(data):
        from yaksok.journeys import forget

        found = forget.epoch_status()
    typer.echo(
        json.dumps(asdict(found), default=_plain, indent=2) if as_json else "\n".join(_lines(found))
    )


@app.command()
@told
def close(
    *,
    data: Data = None,
    now: Annotated[
        bool, typer.Option("--now", help="Even if the epoch's day is not over.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Destroy the epoch's keys: what was erased in it is unreadable in every backup then.

    Without --now only when its day is over. A close that was cut off is finished first.
    """
    with _books(data):
        from yaksok.journeys import forget

        with _bar() as watch:
            try:
                if not now and forget.close_epoch_if_due(watch) is None:
                    typer.echo("the epoch's day is not over; --now closes it all the same")
                    return
                receipt = forget.close_epoch(watch) if now else None
            except Busy as busy:
                raise Trouble(str(busy), cure="try again in a minute") from None
            except Tampered as wrong:
                problem = f"the epoch stays open: {wrong}"
                raise Trouble(problem, cure="call the officer; nothing was destroyed") from None
        last = forget.epoch_status().last
    if as_json:
        said = asdict(receipt) if receipt else asdict(last) if last else {}
        typer.echo(json.dumps(said, default=_plain, indent=2))
    elif receipt and not receipt.epoch:
        typer.echo("nothing was ever sealed; there is no epoch to close")
    elif last:
        typer.echo("\n".join(_receipt(last)))


@contextmanager
def _books(data: Path | None) -> Iterator[None]:
    with open_books(settle(data)):
        yield


@contextmanager
def _bar() -> "Iterator[Watch]":
    """What shows a close's progress on a terminal; a pipe hears nothing of it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Bar(
        *columns, TimeElapsedColumn(), console=console, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task("…", total=None)

        def watch(progress: "Progress") -> None:
            said = f"epoch {progress.epoch}: {progress.point}"
            if progress.total:
                bar.update(task, description=said, completed=progress.copied, total=progress.total)
            else:
                bar.update(task, description=said)

        yield watch


def _lines(found: "Status") -> Iterator[str]:
    if not found.number:
        yield "nothing was ever sealed; the first record opens epoch 1"
        return
    yield f"epoch {found.number}, since {_day(found.since)}, ends {_day(found.due)}"
    yield f"{found.records:,} records, {found.entries:,} index entries"
    if found.step:
        yield f"epoch {found.number - 1} is being closed: {found.step}, {found.copied:,} copied"
    yield f"erased now: unreadable in every backup by {_day(found.unreadable_by)}"
    for worker in found.workers:
        held = ", ".join(map(str, worker.holds)) or "none"
        yield f"  {worker.name} holds keys of {held}, heard {worker.silent:.1f} s ago"
    if not found.workers:
        yield "  no process holds keys"
    yield from _receipt(found.last) if found.last else ("no epoch was closed yet",)


def _receipt(last: "Closed") -> Iterator[str]:
    yield (
        f"epoch {last.epoch} was destroyed {_day(last.at)} by {last.provider}: {last.evidence};"
        f" final {_day(last.final_at)}"
    )
    yield (
        f"  {last.survivors:,} records live on, {last.late:,} were erased or amended after they had"
        f" moved, {last.fenced} processes were cut off"
    )


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(SEOUL):%Y-%m-%d %H:%M} (KST)" if at else "never"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
