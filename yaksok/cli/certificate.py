"""``yaksok certificate``: whether a certificate of erasure is genuine."""

from pathlib import Path
from typing import Annotated

import typer

from yaksok.cli.main import Data, settle
from yaksok.cli.trouble import Trouble, told

app = typer.Typer(no_args_is_help=True, help="Certificates of erasure.")


@app.callback()
def group() -> None:
    """Certificates of erasure."""


@app.command()
@told
def verify(
    file: Annotated[Path, typer.Argument(help="The certificate, as the mall handed it over.")],
    data: Data = None,
) -> None:
    """Say whether this mall signed the certificate and nobody changed it since."""
    settle(data)
    import django

    django.setup()
    from yaksok.journeys import leave

    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = f"{file} cannot be read: {type(error).__name__}"
        raise Trouble(problem, cure="name the file that the mall handed over") from None
    verified = leave.verify(text)
    if not verified:
        problem = f"{file} proves nothing: {verified.why}"
        raise Trouble(problem, cure="ask the person for the original; check --data")
    typer.echo(f"genuine: {verified.why}")
    typer.echo(f"  erased here on       {verified.erased_at:%Y-%m-%d %H:%M UTC}")
    typer.echo(f"  unreadable by        {verified.unreadable_by:%Y-%m-%d %H:%M UTC}")
