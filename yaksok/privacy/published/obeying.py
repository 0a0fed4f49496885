"""Makes this process obey the version that is in force, from the moment it is.

Every transaction of :mod:`yaksok.database.roles` asks for the number in force in the round trip that
sets its role, so no journey decides by a version that was followed by another before it began.
"""

import threading
import time
from functools import lru_cache

from django.db import connection

from yaksok.database import roles
from yaksok.kernel.errors import YaksokError
from yaksok.policy import in_force
from yaksok.policy.compile import Policy, compile_document
from yaksok.policy.document import parse
from yaksok.policy.lineage import from_json
from yaksok.privacy.published import register

SECONDS = 1.0
"""How often a page that needs no transaction asks."""

KEPT = 4
"""How many versions a process keeps compiled."""

_taking = threading.Lock()
_asked = 0.0


class VersionLost(YaksokError):
    """The register names a version and does not hold it. Restore the database from a backup."""


def begin() -> None:
    """Ask at the start of every transaction from now on. Called once, when Django is set up."""
    roles.at_start(register.in_force_query, take)


def take(number: int) -> None:
    """Obey version ``number``; 0 is the document that the mall was started with.

    Raises:
        DocumentError: this version of the software cannot read it; nothing changes.
        VersionLost: it is not in the register.
    """
    if number == in_force.number():
        return
    with _taking:
        if number < in_force.number():  # the answer is older than another thread's: ask anew
            number = register.number_in_force()
        if number == in_force.number():
            return
        if number == 0:
            in_force.configure_from(None)
            return
        in_force.take(compiled(number), number)


@lru_cache(maxsize=KEPT)
def compiled(number: int) -> Policy:
    """Version ``number`` as it decides. A version never changes, so the last few are kept.

    Raises:
        VersionLost: it is not in the register.
    """
    version = register.version(number)
    if version is None:
        raise VersionLost(number)
    document = parse(version.source, f"version {number}")
    return compile_document(document, from_json(version.lineage))


def ask() -> None:
    """Obey the version in force, for a page that opens no transaction. At most once a second."""
    global _asked  # noqa: PLW0603 - one clock for all threads of the process
    if time.monotonic() - _asked < SECONDS:
        return
    with connection.cursor() as cursor:
        cursor.execute(register.in_force_query())
        number = int(cursor.fetchone()[0])
    _asked = time.monotonic()
    take(number)
