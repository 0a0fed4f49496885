"""Where the database is and as whom to enter: the embedded server, or the one of DATABASE_URL."""

import os
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from yaksok.database.embedded import ADMIN, ADMIN_CREDENTIAL, PORT
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory

OWNER = "yaksok_owner"
APP = "yaksok_app"
STOREFRONT = "yaksok_storefront"
KEEPER = "yaksok_keeper"

KEEPER_ALIAS = "keeper"
"""Django's name for the connection of the login that may be both roles."""
DATABASE = "yaksok"
DJANGO_CREDENTIAL = "django-key"
CONNECT_SECONDS = "5"


@dataclass(frozen=True, slots=True)
class Address:
    """One database on one server (or several hosts of one cluster), and its administrator."""

    place: dict[str, Any]
    """``host``, ``port`` and what else libpq needs to get there."""
    database: str
    admin: str
    admin_password: str = field(repr=False)

    def entry(self, user: str, password: str, database: str | None = None) -> dict[str, Any]:
        """Keyword arguments for :func:`psycopg.connect`."""
        return {
            "connect_timeout": CONNECT_SECONDS,
            "application_name": "yaksok",
            **self.place,
            "dbname": database or self.database,
            "user": user,
            "password": password,
        }

    def connect_as_admin(self, database: str | None = None) -> psycopg.Connection:
        """A connection as the administrator, each statement its own transaction."""
        return psycopg.connect(
            **self.entry(self.admin, self.admin_password, database), autocommit=True
        )


def address_of(data: DataDirectory) -> Address:
    """The database of the mall in ``data``.

    Raises:
        DatabaseUnusable: ``DATABASE_URL`` is set and cannot be read.
    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        return Address(
            {"host": str(data.socket), "port": str(PORT)},
            DATABASE,
            ADMIN,
            data.known_credential(ADMIN_CREDENTIAL),
        )
    cure = "write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        reason = "DATABASE_URL cannot be read"
        raise DatabaseUnusable(reason, cure=cure) from None
    user, password = str(parts.pop("user", "") or ""), str(parts.pop("password", "") or "")
    database = str(parts.pop("dbname", "") or "")
    if not user or not database:
        reason = "DATABASE_URL names no user or no database"
        raise DatabaseUnusable(reason, cure=cure)
    return Address(dict(parts), database, user, password)


def password_of(data: DataDirectory, role: str) -> str:
    """The password with which ``role`` enters, kept below ``secrets/``; "" before it is made."""
    return data.known_credential(role.replace("_", "-"))


def make_passwords(data: DataDirectory) -> None:
    """Make what is missing of the secrets that the mall and its database share."""
    for role in (OWNER, APP, STOREFRONT):
        data.credential(role.replace("_", "-"))
    data.credential(ADMIN_CREDENTIAL)
    data.credential(DJANGO_CREDENTIAL)


def process_name() -> str:
    """What the sessions of this process are called, so that those of one can be ended together."""
    return f"yaksok {os.uname().nodename[:40]} {os.getpid()}"


def django_databases(data: DataDirectory) -> dict[str, dict[str, Any]]:
    """Django's ``DATABASES``, by what may be done there.

    ``default`` is for pages; its login is no member of the role that opens the vault. ``keeper`` is for
    journeys with personal data (:func:`yaksok.database.roles.keeper`), ``owner`` for migrations alone.
    """
    address = address_of(data)
    place = dict(address.place)
    shared = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.database,
        "HOST": place.pop("host", ""),
        "PORT": place.pop("port", ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
    }
    options = {
        "connect_timeout": int(CONNECT_SECONDS),
        **place,
        "application_name": process_name(),
    }
    # Four threads of a worker need at most four, a mall at rest none: each is a process of 17 MB.
    # In seconds: a page waits `timeout` for one, and every `max_idle` one that was not needed ends.
    pool = {"min_size": 0, "max_size": 5, "timeout": 5, "max_idle": 4, "reconnect_timeout": 30}
    return {
        "default": {
            **shared,
            "USER": STOREFRONT,
            "PASSWORD": password_of(data, STOREFRONT),
            "OPTIONS": {**options, "pool": dict(pool)},
        },
        KEEPER_ALIAS: {
            **shared,
            "USER": APP,
            "PASSWORD": password_of(data, APP),
            "OPTIONS": {**options, "pool": dict(pool)},
        },
        "owner": {
            **shared,
            "USER": OWNER,
            "PASSWORD": password_of(data, OWNER),
            "OPTIONS": dict(options),
            "TEST": {"MIRROR": None},
        },
    }


def one_login(databases: dict[str, Any]) -> None:
    """Have ``default`` enter as the login that may be both roles, for a process that serves no page."""
    databases["default"] = databases.pop(KEEPER_ALIAS)
