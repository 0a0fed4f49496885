"""Which provider keeps the root keys: ``YAKSOK_ROOT`` names it, the file is the default."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from yaksok.kernel import keyring
from yaksok.privacy.vault.roots.key_file import KeyFile
from yaksok.privacy.vault.roots.port import Root, Unfit
from yaksok.privacy.vault.roots.provider import FILE
from yaksok.privacy.vault.roots.settings import Settings

NAMES = (FILE, "kms", "pkcs11", "transit")
MOST_DAYS = 400


def chosen_name(environ: Mapping[str, str] | None = None) -> str:
    """What ``YAKSOK_ROOT`` says, else ``file``."""
    environ = os.environ if environ is None else environ
    return environ.get("YAKSOK_ROOT", "").strip() or FILE


def chosen(directory: Path | None = None, environ: Mapping[str, str] | None = None) -> Root:
    """The provider that the environment chooses. Nothing is asked of it yet.

    Raises:
        Unfit: there is no such provider, or a setting it needs is missing.
    """
    return named(chosen_name(environ), directory, environ)


def named(
    name: str, directory: Path | None = None, environ: Mapping[str, str] | None = None
) -> Root:
    """A provider by its name, set up by the environment.

    Raises:
        Unfit: as :func:`chosen`.
    """
    directory = directory or keyring.directory()
    settings = Settings(environ)
    kept = timedelta(days=settings.number("KEPT_DAYS", 0, least=0, most=MOST_DAYS))
    if name == FILE:
        return KeyFile(directory, kept)
    if name == "kms":
        from yaksok.privacy.vault.roots.kms import Kms

        return Kms(directory, settings, kept)
    if name == "pkcs11":
        from yaksok.privacy.vault.roots.pkcs11 import Token

        return Token(directory, settings, kept)
    if name == "transit":
        from yaksok.privacy.vault.roots.transit import Transit

        return Transit(directory, settings, kept)
    msg = f'YAKSOK_ROOT is "{name}", and there is no such provider'
    raise Unfit(msg, cure=f"choose one of {', '.join(NAMES)}")
