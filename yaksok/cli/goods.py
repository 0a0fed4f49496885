"""``yaksok import``: the operator's own goods, from a spreadsheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from yaksok.cli.main import Data, settle
from yaksok.cli.reach import open_books
from yaksok.cli.trouble import Trouble, told

if TYPE_CHECKING:
    from yaksok.mall.catalogue.intake import Tally
    from yaksok.mall.catalogue.sheet import Sheet

app = typer.Typer(no_args_is_help=True, help="Bring the shop's own goods in.")

File = Annotated[
    Path | None, typer.Argument(help="A CSV file; see docs/import.md.", show_default=False)
]
Pictures = Annotated[
    Path | None, typer.Option(help="Folder of the picture files.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, change nothing.")]
Template = Annotated[bool, typer.Option("--template", help="Print an empty file's header.")]


@app.callback()
def group() -> None:
    """Keep ``goods`` a word of its own, even while it is the only one."""


@app.command()
@told
def goods(
    file: File = None,
    *,
    pictures: Pictures = None,
    dry_run: DryRun = False,
    template: Template = False,
    data: Data = None,
) -> None:
    """Bring goods in from FILE, all rows or none; a row whose sku is known changes that article."""
    if template:
        from yaksok.mall.catalogue.columns import TEMPLATE

        typer.echo(TEMPLATE, nl=False)
        return
    if file is None or not file.is_file():
        problem = f"there is no file {file}" if file else "no file was named"
        raise Trouble(problem, cure="yaksok import goods FILE.csv, or --template for an empty one")
    if pictures and not pictures.is_dir():
        problem = f"{pictures} is no folder"
        raise Trouble(problem, cure="name the folder that holds the picture files")
    root = settle(data)
    with open_books(root):
        tally = bring_in(file, pictures, keep=not dry_run)
    would = "would be " if dry_run else ""
    typer.echo(
        f"{tally.products_new} products {would}new, {tally.products_changed} {would}changed,"
        f" {tally.variants} articles; the mall in {root}"
    )


def bring_in(file: Path, folder: Path | None, *, keep: bool) -> "Tally":
    """Check ``file``, then bring it in as one transaction; with ``keep`` false, undo it at the end.

    Raises:
        Trouble: the file is no table, or some cell cannot be taken; each is told with its row.
    """
    from yaksok.journeys.questions import declared
    from yaksok.mall.catalogue.intake import Clashes, intake
    from yaksok.mall.catalogue.sheet import Sheet
    from yaksok.mall.catalogue.table import UnreadableTable

    try:
        with intake(keep=keep) as into, _bar() as bar:
            sheet = Sheet(file, frozenset(into.known_shelves()), folder, declared())
            reading = bar.add_task("checking", total=None)
            if not sheet.check(lambda: bar.advance(reading)):
                raise _refusal(sheet)
            bar.update(reading, total=sheet.number)
            taking = bar.add_task("bringing in", total=sheet.number)
            into.shelves(sheet.shelves.values())
            into.items(bar.track(sheet.items(), task_id=taking))
            if sheet.faults:
                raise _refusal(sheet)
            tally = into.finish()
            _tell_of_unasked(into.questions(), declared())
            return tally
    except UnreadableTable as error:
        raise Trouble(f"{file.name}: {error.problem}", cure=error.cure) from None
    except Clashes as clashes:
        from yaksok.mall.catalogue.sheet import Fault

        sheet.faults.extend(
            Fault(
                one.line, "sku", f"belongs to the product {one.other}; use that code or another sku"
            )
            for one in clashes.found
        )
        raise _refusal(sheet) from None


def _tell_of_unasked(named: dict[str, int], declared: frozenset[str]) -> None:
    """Warn of questions that goods name and the policy in force does not have: nobody is asked."""
    for name, products in named.items():
        if name not in declared:
            line = f"warning: the policy declares no question {name} any more; {products} products ask nothing"
            typer.echo(_plain(line), err=True)


def _refusal(sheet: "Sheet") -> Trouble:
    """Write every fault to standard error; the trouble that sums them up."""
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    for fault in sheet.faults:
        column = f", column {fault.column}" if fault.column else ""
        console.print(_plain(f"row {fault.row}{column}: {fault.text}"))
    number = len(sheet.faults)
    return Trouble(
        f"{sheet.path.name}: {number} cell{'' if number == 1 else 's'} cannot be taken; nothing was imported",
        cure="correct the rows above and import the file again",
    )


def _plain(line: str) -> str:
    """``line`` without signs that a terminal would obey: parts of it come from the file."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)


@contextmanager
def _bar() -> Iterator[Progress]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield bar
