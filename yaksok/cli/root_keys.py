"""``yaksok root``: who keeps the root keys, and moving them elsewhere."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yaksok.cli.main import Data, settle
from yaksok.cli.reach import open_books
from yaksok.cli.trouble import ALREADY_RUNNING, FAILED, Trouble, told
from yaksok.database.private_files import open_lock

if TYPE_CHECKING:
    from yaksok.journeys.root_keys import Standing

app = typer.Typer(no_args_is_help=True, help="Root keys: who keeps them, and moving them.")

WHEN = "%Y-%m-%d %H:%M UTC"


@app.command()
@told
def status(
    *,
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say which provider keeps the root keys, whether it answers, and how slowly it destroys."""
    with open_books(settle(data)):
        from yaksok.journeys import root_keys

        standing = root_keys.standing()
    typer.echo(_as_json(standing) if as_json else _as_text(standing))
    fine = standing.tried.ok and standing.held_by == standing.tried.provider
    raise typer.Exit(0 if fine else FAILED)


@app.command()
@told
def move(
    *,
    to: Annotated[
        str, typer.Option(help="file, kms, pkcs11 or transit; set up as in docs/roots.md.")
    ],
    data: Data = None,
    untried: Annotated[
        bool,
        typer.Option(
            "--untried", help="Destroy the old keys though no backup of the new could be tried."
        ),
    ] = False,
) -> None:
    """Move the root keys of a closed mall to another provider; goes on where it was cut short."""
    root = settle(data)
    with _closed(root), open_books(root):
        from yaksok.journeys import root_keys

        try:
            source, epochs, receipts = root_keys.move(to, untried=untried)
        except root_keys.Trouble as trouble:
            raise Trouble(trouble.problem, cure=trouble.cure) from None
    typer.echo(f'the keys of {epochs} epochs lie with "{to}" now, none with "{source}"')
    for one in receipts:
        typer.echo(f"  version {one.version} of {one.provider}: {one.evidence}")
        typer.echo(f"    since {one.at:{WHEN}}, final on {one.effective_at:{WHEN}}")
    typer.echo(f"start the mall with YAKSOK_ROOT={to}, and make a new backup: yaksok backup")


@contextmanager
def _closed(root: Path) -> Iterator[None]:
    """The mall closed, and kept from opening until the block ends."""
    if not root.is_dir():
        yield  # a mall that never was: the books say so
        return
    with open_lock(root / "mall.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            problem = f"the mall in {root} is open: its processes would keep the old provider"
            raise Trouble(problem, cure="close it first (Ctrl-C)", status=ALREADY_RUNNING) from None
        yield


def _as_text(standing: "Standing") -> str:
    tried = standing.tried
    lines = [f"provider     {tried.provider}: {tried.seen}"]
    if not tried.ok:
        lines.append(f"  cure: {tried.cure}")
    if standing.held_by != tried.provider:
        lines.append(f"keys lie     with {standing.held_by}, not with {tried.provider}")
        lines.append(f"  cure: set YAKSOK_ROOT={standing.held_by}")
    lines += [f"epoch {epoch:<6} root version {version}" for epoch, version in standing.in_use]
    if standing.delay is not None and standing.erased_now_unreadable_by is not None:
        lines.append(f"versions     {', '.join(map(str, standing.versions)) or 'none'}")
        lines.append(f"destroys     finally after {standing.delay.days} days")
        lines.append(
            f"erased now   unreadable everywhere by {standing.erased_now_unreadable_by:{WHEN}}"
        )
    lines += [
        f"destroyed    version {one.version} on {one.at:{WHEN}}, final on {one.effective_at:{WHEN}}"
        for one in standing.receipts[-5:]
    ]
    if standing.unfinished:
        source, to = standing.unfinished
        lines.append(f"a move from {source} to {to} is unfinished")
        lines.append(f"  cure: yaksok root move --to {to}")
    return "\n".join(lines)


def _as_json(standing: "Standing") -> str:
    by = standing.erased_now_unreadable_by
    told: dict[str, Any] = {
        "provider": standing.tried.provider,
        "ok": standing.tried.ok,
        "seen": standing.tried.seen,
        "cure": standing.tried.cure,
        "held_by": standing.held_by,
        "delay_days": standing.delay.days if standing.delay is not None else None,
        "erased_now_unreadable_by": by.isoformat() if by else None,
        "epochs": [{"epoch": epoch, "version": version} for epoch, version in standing.in_use],
        "versions": list(standing.versions),
        "receipts": [
            {
                "version": one.version,
                "at": one.at.isoformat(),
                "provider": one.provider,
                "evidence": one.evidence,
                "effective_at": one.effective_at.isoformat(),
            }
            for one in standing.receipts
        ],
        "unfinished": list(standing.unfinished) if standing.unfinished else None,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
