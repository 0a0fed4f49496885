"""From where and to where the root keys are being moved: a file in the key directory, until it is done."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from yaksok.kernel import keyring
from yaksok.privacy.vault.roots.port import Unfit
from yaksok.privacy.vault.roots.provider import holder_of

NAME = "root.move"


@dataclass(frozen=True, slots=True)
class Way:
    """The names of two providers."""

    source: str
    to: str


def read(directory: Path) -> Way | None:
    """The move that was begun and not finished."""
    path = directory / NAME
    if not path.exists():
        return None
    kept = json.loads(keyring.read_private(path))
    return Way(kept["source"], kept["to"])


def write(directory: Path, way: Way) -> None:
    """A move begins, or goes on."""
    path = directory / NAME
    if not path.exists():
        keyring.write_private(path, json.dumps({"source": way.source, "to": way.to}).encode())


def done(directory: Path) -> None:
    """The move is finished."""
    (directory / NAME).unlink()
    keyring.sync_directory(directory)


def refuse_half_moved(directory: Path, wrapped: Iterable[bytes]) -> None:
    """Nothing, unless ``wrapped`` keys lie with a new provider while the old one still opens them.

    What was erased since would live on there, whatever the new provider destroys.

    Raises:
        Unfit: the move must be finished first.
    """
    way = read(directory)
    if way is not None and any(holder_of(one) == way.to for one in wrapped):
        msg = f'the root keys were moved to "{way.to}", and "{way.source}" was not emptied yet'
        raise Unfit(msg, cure=f"finish it: yaksok root move --to {way.to}")
