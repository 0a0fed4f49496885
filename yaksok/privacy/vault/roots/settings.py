"""What the environment says about a provider. Secrets come from private files or the environment."""

import os
from collections.abc import Mapping
from pathlib import Path

from yaksok.kernel import keyring
from yaksok.privacy.vault.roots.port import Unfit

SHOWN = 40


class Settings:
    """Settings whose names begin with ``YAKSOK_ROOT_``. Never shows a value that may be secret."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = os.environ if environ is None else environ

    def text(self, name: str, default: str = "") -> str:
        """A setting that is no secret."""
        return self._environ.get(f"YAKSOK_ROOT_{name}", default).strip()

    def needed(self, name: str, example: str) -> str:
        """A setting without which the provider cannot work.

        Raises:
            Unfit: it is not set.
        """
        value = self.text(name)
        if not value:
            raise Unfit(f"YAKSOK_ROOT_{name} is not set", cure=f"set it, for example to {example}")
        return value

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number between two bounds.

        Raises:
            Unfit: it is none, or out of bounds.
        """
        value = self.text(name, str(default))
        if not value.isdecimal() or not least <= int(value) <= most:
            msg = f"YAKSOK_ROOT_{name} is {value[:SHOWN]!r}"
            raise Unfit(msg, cure=f"write a whole number from {least} to {most}")
        return int(value)

    def secret(self, name: str) -> str:
        """A secret: the content of the private file that ``…_FILE`` names, else the variable itself.

        Raises:
            Unfit: neither is set, or it is empty.
            UnsafeKey: others can read the file, or it is not there.
        """
        place = self.text(f"{name}_FILE")
        value = keyring.read_private(Path(place)).decode().strip() if place else self.text(name)
        if not value:
            msg = f"the secret YAKSOK_ROOT_{name} is not set"
            cure = f"write it into a file with mode 600 and name that in YAKSOK_ROOT_{name}_FILE"
            raise Unfit(msg, cure=cure)
        return value
