"""``yaksok staff``: accounts of the people who work in the mall."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yaksok.cli.main import Data, settle
from yaksok.cli.reach import open_books
from yaksok.cli.trouble import Trouble, told
from yaksok.policy.collecting import COMMANDS

if TYPE_CHECKING:
    from yaksok.kernel.actor import Role

app = typer.Typer(no_args_is_help=True, help="People who work here: enrol, train, let go.")

ROLES = ("auditor", "clerk", "marketer", "officer")
ROLE_DAYS = 90

LoginId = Annotated[str, typer.Argument(help="The staff ID at the console's door.")]
Reason = Annotated[str, typer.Option(help="Why they may, for the register; nothing personal.")]
Days = Annotated[int, typer.Option(help="After how many days the role ends, 1 to 92.")]


@app.command()
@told
@COMMANDS["yaksok staff add"]
def add(
    login_id: LoginId,
    *,
    role: Annotated[list[str], typer.Option(help=f"One of {', '.join(ROLES)}; may be repeated.")],
    reason: Reason,
    days: Days = ROLE_DAYS,
    trained: Annotated[bool, typer.Option(help="They were trained today on this policy.")] = False,
    data: Data = None,
) -> None:
    """Enrol somebody; prints the password and the code for their authenticator, once."""
    name = _asked("Name, as colleagues see it (Enter for none)")
    with _books(data):
        from yaksok.journeys import staff_door

        enrolled = staff_door.enrol(
            login_id, _roles(role), reason=reason, name=name, days=days, trained=trained
        )
    typer.echo(f"ID        {enrolled.login_id}")
    typer.echo(f"password  {enrolled.password}")
    _show_code(enrolled.uri)
    typer.echo("These are shown once. Hand them over in person.")


@app.command()
@told
def demo(data: Data = None) -> None:
    """Print the demo clerk's log-in and the code of this moment."""
    with _books(data):
        import pyotp

        from yaksok.journeys import staff_door

        clerk = staff_door.demo()
        code = pyotp.TOTP(clerk.secret).now()
    left = 30 - int(time.time()) % 30
    typer.echo(f"ID        {clerk.login_id}")
    typer.echo(f"password  {clerk.password}")
    typer.echo(f"code      {code}  (for {left} s; each code works once)")


@app.command()
@told
def grant(
    login_id: LoginId,
    *,
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")],
    reason: Reason,
    days: Days = ROLE_DAYS,
    data: Data = None,
) -> None:
    """Give somebody a role, or give it again."""
    with _books(data):
        from yaksok.journeys import staff_door

        (chosen,) = _roles([role])
        staff_door.grant(login_id, chosen, reason=reason, days=days)
    typer.echo(f"{login_id} may act as {role} for {days} days")


@app.command()
@told
def train(login_id: LoginId, data: Data = None) -> None:
    """Note that somebody was trained today."""
    with _books(data):
        from yaksok.journeys import staff_door

        staff_door.train(login_id)
    typer.echo(f"{login_id} is trained")


@app.command()
@told
def suspend(login_id: LoginId, data: Data = None) -> None:
    """Close an account for now; its sessions end."""
    with _books(data):
        from yaksok.journeys import staff_door

        staff_door.suspend(login_id)
    typer.echo(f"{login_id} is suspended")


@app.command()
@told
def reopen(login_id: LoginId, data: Data = None) -> None:
    """Open a suspended account again."""
    with _books(data):
        from yaksok.journeys import staff_door

        staff_door.reopen(login_id)
    typer.echo(f"{login_id} is open again")


@app.command(name="let-go")
@told
def let_go(login_id: LoginId, data: Data = None) -> None:
    """Somebody stops working here: sessions, roles and their record end at once."""
    with _books(data):
        from yaksok.journeys import staff_door

        staff_door.let_go(login_id)
    typer.echo(f"{login_id} has left")


@contextmanager
def _books(data: Path | None) -> Iterator[None]:
    """The open books of the mall; what a journey refuses becomes a trouble."""
    from yaksok.kernel.errors import Invalid, NotFound, Refused

    try:
        with open_books(settle(data)):
            yield
    except Invalid as invalid:
        problem = "; ".join(str(text) for text in invalid.problems.values())
        raise Trouble(problem, cure="change it and try again") from None
    except Refused as refused:
        raise Trouble(str(refused), cure=str(refused.advice) or "see yaksok promises") from None
    except NotFound as missing:
        raise Trouble(str(missing), cure="check the spelling, or: yaksok staff add") from None


def _asked(question: str) -> str:
    """What the operator types; "" when nobody sits there. Never an option: shells remember those."""
    return typer.prompt(question, default="", show_default=False) if sys.stdin.isatty() else ""


def _roles(names: list[str]) -> "tuple[Role, ...]":
    from yaksok.kernel.actor import Role

    unknown = [name for name in names if name not in ROLES]
    if unknown:
        problem = f"{', '.join(unknown)} is no role of staff"
        raise Trouble(problem, cure=f"choose of {', '.join(ROLES)}")
    return tuple(Role(name) for name in names)


def _show_code(uri: str) -> None:
    """The authenticator's secret as a picture in the terminal, and as text below it."""
    import segno

    segno.make(uri).terminal(out=sys.stdout, compact=True)
    typer.echo(uri)
