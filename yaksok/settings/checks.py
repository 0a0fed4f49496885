"""Unsafe settings do not boot: each is an error with an id, a reason and a cure."""

import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from yaksok.kernel.loopback import is_here
from yaksok.policy import in_force
from yaksok.policy.document import DocumentError
from yaksok.policy.reproduction import is_reproduction
from yaksok.privacy.vault import cipher

OTHERS = stat.S_IRWXG | stat.S_IRWXO
PROVIDER = re.compile(r"[a-z][a-z0-9_]{1,30}")
Apps = Sequence[AppConfig] | None


@register("yaksok")
def debug_with_a_real_vault(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E001: tracebacks show what a page held, so they are for loopback only."""
    if settings.DEBUG and not is_here(urlsplit(settings.YAKSOK_ORIGIN).hostname):
        return [
            Error(
                f"YAKSOK_DEBUG=1 on {settings.YAKSOK_ORIGIN}: error pages would show what shoppers typed",
                hint="unset YAKSOK_DEBUG, or set YAKSOK_ORIGIN to an address of this machine",
                id="yaksok.E001",
            )
        ]
    return []


@register("yaksok")
def open_key_files(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E002: a key that others can read, or that is theirs, keeps nothing secret."""
    return [
        Error(
            f"{path} can be read by other users of this machine",
            hint=f"chown {os.geteuid()} {path}; chmod {'700' if path.is_dir() else '600'} {path}",
            id="yaksok.E002",
        )
        for folder in (settings.YAKSOK_KEYS, settings.YAKSOK_DATA.secrets)
        for path in _readable_by_others(folder)
    ]


@register("yaksok")
def cookie_that_outlives(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E003: the only cookie is ours, and it ends with the browser (P6.3)."""
    foreign = [
        part
        for part in (*settings.INSTALLED_APPS, *settings.MIDDLEWARE)
        if part.startswith(
            ("django.contrib.sessions", "django.contrib.messages", "django.contrib.auth")
        )
        or part == "django.middleware.csrf.CsrfViewMiddleware"
    ]
    return [
        Error(
            f"{part} sets a cookie that the policy does not declare (P6.3)",
            hint="remove it; the mall has a session of its own",
            id="yaksok.E003",
        )
        for part in foreign
    ]


@register("yaksok")
def plain_origin(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E004: beyond this machine, personal data travels encrypted (P7.1)."""
    origin = urlsplit(settings.YAKSOK_ORIGIN)
    if origin.scheme == "https" or (origin.scheme == "http" and is_here(origin.hostname)):
        return []
    return [
        Error(
            f"YAKSOK_ORIGIN is {settings.YAKSOK_ORIGIN}: forms would travel in plain text (P7.1)",
            hint="serve the mall by TLS and write https://…",
            id="yaksok.E004",
        )
    ]


@register("yaksok")
def overpowered_database_role(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E005: the running mall must not be able to do what its roles forbid."""
    logins = {"default": {"yaksok_storefront", "yaksok_app"}, "keeper": {"yaksok_app"}}
    users = {
        name: str(settings.DATABASES[name]["USER"])
        for name in logins.keys() & settings.DATABASES.keys()
    }
    return [
        Error(
            f'the mall enters the database as "{user}", whose rights are not those of the layers',
            hint="leave DATABASES as django_databases() makes it",
            id="yaksok.E005",
        )
        for name, user in users.items()
        if user not in logins[name]
    ]


@register("yaksok")
def policy_cannot_be_taken(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E006: a mall without a policy permits nothing; the error names file, line, key and cure."""
    try:
        in_force.policy()
    except DocumentError as error:
        return [
            Error(
                f"{error.file}:{error.line}: {error.key}: {error.fault}",
                hint=error.cure,
                id="yaksok.E006",
            )
        ]
    return []


@register("yaksok")
def reproduction_beyond_this_machine(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E007: the policy of 2002 is reproduced on this machine alone, where nobody's data comes in."""
    try:
        reproducing = is_reproduction(in_force.policy())
    except DocumentError:
        return []  # E006 says so
    asked = [urlsplit(settings.YAKSOK_ORIGIN).hostname, *settings.ALLOWED_HOSTS]
    beyond = [host for host in dict.fromkeys(asked) if not is_here(host)]
    if not reproducing or not beyond:
        return []
    return [
        Error(
            f"the profile as_written would answer as {', '.join(map(str, beyond))}: it asks for resident"
            " registration numbers and keeps no law's record (PIPA 24-2)",
            hint="set YAKSOK_ORIGIN to http://127.0.0.1:8080 and unset YAKSOK_HOSTS, or obey a lawful"
            " profile: YAKSOK_POLICY=lawful_kr",
            id="yaksok.E007",
        )
    ]


@register("yaksok")
def root_that_cannot_be_used(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E010: no key, no start. Files are looked at by E002; other providers are tried."""
    if os.environ.get("YAKSOK_ROOT", "file") == "file":
        return []
    from yaksok.journeys import root_keys

    found = root_keys.tried(settings.YAKSOK_DATA)
    if found.ok:
        return []
    return [
        Error(
            f"the root keys' provider {found.provider} cannot be used: {found.seen}",
            hint=found.cure,
            id="yaksok.E010",
        )
    ]


@register("yaksok")
def mail_that_cannot_leave(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E011: a provider of mail that is named must be one that letters can be handed to."""
    if settings.YAKSOK_MAIL == "smtp":
        return []
    from importlib.util import find_spec

    if find_spec("anymail") is None:
        problem, cure = "django-anymail is not installed", "pip install 'yaksok[mail]'"
    elif not PROVIDER.fullmatch(settings.YAKSOK_MAIL) or not find_spec(
        f"anymail.backends.{settings.YAKSOK_MAIL}"
    ):
        problem, cure = (
            "django-anymail knows no such provider",
            "YAKSOK_MAIL=smtp, postmark, mailgun …",
        )
    else:
        return []
    return [Error(f"YAKSOK_MAIL={settings.YAKSOK_MAIL}: {problem}", hint=cure, id="yaksok.E011")]


@register("yaksok")
def cipher_that_does_not_exist(app_configs: Apps, **_: Any) -> list[CheckMessage]:  # noqa: ANN401, ARG001 - Django's signature
    """E020: a mall that cannot seal takes no orders."""
    if cipher.CHOOSES not in os.environ:
        return []  # AES-256-GCM is everywhere; it is not brought in before it is needed
    try:
        cipher.chosen()
    except cipher.CipherUnavailable as error:
        problem, cure = str(error).split("; cure: ")
        return [Error(problem, hint=cure, id="yaksok.E020")]
    return []


def _readable_by_others(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = [folder, *sorted(folder.rglob("*"))]
    return [path for path in found if _open(path)]


def _open(path: Path) -> bool:
    try:
        facts = path.stat()
    except FileNotFoundError:
        return False
    return bool(facts.st_mode & OTHERS) or facts.st_uid not in {os.geteuid(), 0}
