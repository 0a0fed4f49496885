"""What holds for one person, as the policy needs it to decide."""

import msgspec

from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import AgeClass

DISCLOSE = "disclose"
"""The refusal of every third party that needs a consent (P4.9)."""


class Facts(msgspec.Struct, frozen=True):
    """Age class, standing consents and refusals, and who may act for the person.

    ``consents`` and ``refusals`` hold names: of a consent of the document, of a recipient
    (``disclose:courier``), of a point of a change (``change:2027-01-01/purpose:order``).
    ``restricted``: the person had the use of their data stopped (PIPA 37). ``guardian`` is the
    proven guardian of a child, None of everybody else.
    """

    age: AgeClass
    consents: frozenset[str]
    refusals: frozenset[str]
    restricted: bool = False
    guardian: SubjectId | None = None


def disclosure_to(recipient: str) -> str:
    """The name under which handing over to ``recipient`` is agreed to or refused."""
    return f"{DISCLOSE}:{recipient}"
