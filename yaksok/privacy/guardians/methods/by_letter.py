"""The guardian answers by the link and the code of their own letter: by e-mail, or by text message.

A link alone is not enough: it stands in a browser's history, is copied out of an address bar, and is
opened by programs that look into mail. The code stands in the letter and nowhere else. And whoever
holds both must know by what name the child called the guardian, which the letter does not say.
"""

import hashlib
import hmac

from yaksok.privacy.guardians.methods.method import Method
from yaksok.privacy.guardians.methods.port import (
    Claim,
    Evidence,
    Known,
    Lack,
    NotProven,
    evidence,
    must_be_named,
)

_TOKEN = 16


class ByLetter:
    """By ``method``: :attr:`Method.EMAIL_REPLY` or :attr:`Method.SMS`."""

    def __init__(self, method: Method) -> None:
        self.method = method

    def window(self, reference: str, back: str) -> str:  # noqa: ARG002 - the port's words
        """Nowhere: the code stands in the letter."""
        return ""

    def prove(self, claim: Claim, known: Known) -> Evidence:
        """Evidence when code and name are right; its token is a hash of the code. See the port."""
        typed, stood = normal_code(claim.code), normal_code(claim.expected)
        if not stood or not hmac.compare_digest(typed.encode(), stood.encode()):
            raise NotProven(Lack.CODE)
        must_be_named(claim, known)
        return evidence(self.method, hashlib.sha256(stood.encode()).hexdigest()[:_TOKEN])


def normal_code(typed: str) -> str:
    """A code as it was meant: any case, with or without hyphens and spaces, O for 0, I and L for 1."""
    table = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
    return typed.strip().upper().translate(table)
