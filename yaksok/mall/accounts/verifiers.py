"""Passwords and secrets as Argon2id verifiers: they can be checked, never read."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

PASSES = 3
MEMORY_KIB = 32 * 1024
LANES = 1

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)
"""RFC 9106: Argon2id. 32 MiB and three passes (80 ms on the machine of the budgets), so that four
threads of log-ins fit into a small machine's memory."""


def verifier_of(password: str) -> str:
    """What checks ``password`` later. Salted: two people with one password have two verifiers."""
    return _hasher.hash(_normal(password))


def matches(verifier: str | None, password: str) -> bool:
    """Whether ``password`` is the one that ``verifier`` was made of.

    None (nobody is known) takes as long as a wrong password, and is never a match.
    """
    try:
        _hasher.verify(verifier or _nobodys(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return verifier is not None


def is_outdated(verifier: str) -> bool:
    """Whether ``verifier`` was made with other parameters than today's."""
    return _hasher.check_needs_rehash(verifier)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of nobody")
