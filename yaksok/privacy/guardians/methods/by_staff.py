"""A member of staff holds the signed paper, or speaks with the guardian on the phone."""

from yaksok.privacy.guardians.methods.by_letter import ByLetter
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


class Signed:
    """The paper came, by hand, by post or by fax, with the guardian's name and signature on it."""

    method = Method.SIGNED

    def window(self, reference: str, back: str) -> str:  # noqa: ARG002 - the port's words
        """Nowhere: the paper travels."""
        return ""

    def prove(self, claim: Claim, known: Known) -> Evidence:
        """Evidence with the paper's number, for the member of staff who holds it. See the port."""
        if not claim.by_staff or not claim.reference:
            raise NotProven(Lack.UNSIGNED)
        must_be_named(claim, known)
        return evidence(self.method, claim.reference)


class CallBack:
    """The guardian read the words at the address of their letter, and is called afterwards.

    They read the letter's code out, so that the second call reaches whoever got the first word.
    """

    method = Method.CALL_BACK

    def window(self, reference: str, back: str) -> str:  # noqa: ARG002 - the port's words
        """Nowhere: they are called."""
        return ""

    def prove(self, claim: Claim, known: Known) -> Evidence:
        """Evidence with the paper's number, for the member of staff who called. See the port."""
        if not claim.by_staff or not claim.reference:
            raise NotProven(Lack.UNSIGNED)
        ByLetter(self.method).prove(claim, known)
        return evidence(self.method, claim.reference)
