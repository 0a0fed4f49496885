"""``yaksok backup`` and ``yaksok restore``, as a person sees them."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from yaksok.cli.reach import closed_mall, open_books
from yaksok.cli.trouble import Trouble
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.manifest import Damaged

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from yaksok.journeys.restoring import Chosen, Restored

APART = (
    "the root keys are in no backup: keep {keys} apart, on another device that forgets as they do"
)


@dataclass(frozen=True, slots=True)
class Replacing:
    """Whether a mall that is there may be replaced, and whether that was agreed to already."""

    forced: bool
    agreed: bool


class Bars:
    """One bar a step, on a terminal; nothing where nobody looks."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def step(self, label: str, total: int) -> Callable[[int], None]:
        """A new bar; the former one is full."""
        self.finish()
        task = self._task = self._progress.add_task(label, total=max(total, 1))
        return lambda amount: self._progress.advance(task, amount)

    def finish(self) -> None:
        """Fill the bar: what was expected was an estimate."""
        if self._task is not None:
            total = next(one.total for one in self._progress.tasks if one.id == self._task)
            self._progress.update(self._task, completed=total)


@contextmanager
def _bars() -> Iterator[Bars]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<28}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as progress:
        bars = Bars(progress)
        yield bars
        bars.finish()


@contextmanager
def _troubles() -> Iterator[None]:
    """What goes wrong below, as a sentence and a cure."""
    from yaksok.kernel.errors import YaksokError

    try:
        yield
    except (Damaged, DatabaseUnusable) as error:
        raise Trouble(error.problem, cure=error.cure) from None
    except YaksokError as error:
        cure = (
            getattr(error, "cure", "") or "call the officer; nothing is served until it is restored"
        )
        raise Trouble(str(error), cure=cure) from None


def write(root: Path, place: Path, *, keys_only: bool) -> None:
    """Write a backup of the mall in ``root`` into ``place``."""
    began = time.monotonic()
    with _troubles(), open_books(root) as data, _bars() as bars:
        from yaksok.journeys import backups

        folders = backups.write(data, place, keys_only=keys_only, shown=bars)
    for folder in folders:
        typer.echo(f"{folder.path}  {folder.size / 1e6:.1f} MB")
    typer.echo(f"done in {time.monotonic() - began:.1f} s")
    typer.echo(APART.format(keys=data.keys))


def write_base(root: Path, place: Path) -> None:
    """Write a copy of the server's files, for going back to a moment."""
    with _troubles(), open_books(root) as data, _bars() as bars:
        from yaksok.journeys import going_back

        folder = going_back.write_base(data, place, shown=bars)
    typer.echo(f"{folder.path}  {folder.size / 1e6:.1f} MB")


def go_back(root: Path, place: Path, keys: Path | None, until: str, replacing: Replacing) -> None:
    """Bring the mall in ``root`` to where it stood at ``until``."""
    began = time.monotonic()
    with _troubles(), closed_mall(root), _bars() as bars:
        data = _ready(root)
        from yaksok.journeys import going_back, restoring

        moment = _moment(until)
        base = going_back.choose(place, moment)
        if not restoring.is_empty(data):
            _agree(root, f"where it stood at {moment:%Y-%m-%d %H:%M:%S %Z}", replacing)
        restored = going_back.go_back(data, base, moment, keys or place, shown=bars)
    _tell(restored, time.monotonic() - began, as_json=False)


def _moment(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        problem = "--until needs a time with its zone"
        raise Trouble(problem, cure="write it like 2026-11-24T15:30:00+09:00")
    return moment


def restore(
    root: Path, place: Path, keys: Path | None, replacing: Replacing, *, as_json: bool
) -> None:
    """Bring the mall in ``root`` back from ``place``."""
    began = time.monotonic()
    with _troubles(), closed_mall(root), _bars() as bars:
        data = _ready(root)
        from yaksok.journeys import restoring

        chosen = restoring.choose(place, keys)
        restoring.check(chosen, bars)
        if not restoring.is_empty(data):
            _agree(root, _by(chosen), replacing)
        restored = restoring.restore(data, chosen, shown=bars)
    _tell(restored, time.monotonic() - began, as_json=as_json)


def rehearse(root: Path, place: Path, keys: Path | None, *, as_json: bool) -> None:
    """Restore ``place`` beside the mall in ``root``, and tear it down again."""
    began = time.monotonic()
    with _troubles():
        data = _ready(root)
        from yaksok.journeys import rehearsing

        restored = rehearsing.rehearse(data, place, keys)
    _tell(restored, time.monotonic() - began, as_json=as_json)
    if not as_json:
        typer.echo("the rehearsal passed; nothing of it is left")


def _ready(root: Path) -> DataDirectory:
    """Django, with the secrets by which it will enter a database that may not be there yet."""
    from yaksok.database.address import make_passwords

    data = DataDirectory(root)
    data.create()
    make_passwords(data)
    import django

    django.setup()
    return data


def _by(chosen: "Chosen") -> str:
    from yaksok.journeys.backups import age

    return (
        f"{chosen.data.path.name}, {age(chosen.data)} old, with keys that are"
        f" {age(chosen.keys)} old"
    )


def _agree(root: Path, by: str, replacing: Replacing) -> None:
    where = "the database of DATABASE_URL" if os.environ.get("DATABASE_URL") else str(root)
    if not replacing.forced:
        problem = f"there is a mall in {where} already"
        raise Trouble(problem, cure="restore into an empty --data DIR, or replace it: --force")
    if not replacing.agreed and not typer.confirm(f"Replace the mall in {where} by {by}?"):
        problem = "nothing was changed"
        raise Trouble(problem, cure="call again when you are sure")


def _tell(restored: "Restored", seconds: float, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(restored)))
        return
    typer.echo(f"{restored.data} with {restored.keys} (epoch {restored.epoch})")
    typer.echo(f"  {restored.records} records live, every one was opened")
    typer.echo(f"  {restored.dropped} records and {restored.people} persons of the copy are gone")
    typer.echo(f"  {restored.replayed} erasures came from the ledger")
    typer.echo(f"  {restored.newer} records are newer than the copy and did not come back")
    typer.echo(f"done in {seconds:.1f} s")
