"""``yaksok bench``: what this version costs on this machine, beside its floor and its peers."""

import importlib
from typing import Annotated

import typer

from yaksok.cli.trouble import Trouble, told

app = typer.Typer(no_args_is_help=True, help="Measure, each act beside its floor.")


@app.callback()
def group() -> None:
    """Measure, each act beside its floor."""


@app.command()
@told
def vault(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Seal, open, find and erase in a mall made for it; no mall of yours is touched."""
    try:
        measuring = importlib.import_module("benchmarks.vault")
    except ModuleNotFoundError:
        problem = "the benchmarks are not installed with the mall"
        raise Trouble(problem, cure="run it in the source tree: make bench") from None
    if not measuring.main(as_json=as_json):
        problem = "a budget was not kept"
        raise Trouble(problem, cure="measure again on an idle machine; then look at what changed")
