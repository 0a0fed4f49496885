"""What holds for one person, as the policy needs it to decide."""

import msgspec

from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import AgeClass

BEYOND_SCOPE = "beyond_scope"
"""The standing refusal of any use beyond what the person was told first (P4.8)."""

DISCLOSE = "disclose"
"""The refusal of every third party that needs a consent (P4.9)."""

USE = "use"
"""The standing refusal of every use but one's own rights and what a law orders (PIPA 37)."""

STANDING_REFUSALS = frozenset({BEYOND_SCOPE, DISCLOSE, USE})
"""Names that no consent and no box may have."""


class Facts(msgspec.Struct, frozen=True):
    """Age class, standing consents and refusals, and who may act for the person.

    ``consents`` and ``refusals`` hold names: of a consent of the document, of a recipient
    (``disclose:courier``), of a point of a change (``change:2027-01-01/purpose:order``).
    ``restricted``: the person had the use of their data stopped (PIPA 37). ``guardian`` is the
    proven guardian of a child, None of everybody else. ``lapsed`` are consents that stand and were not given
    again in time: until the person answers, nothing is done by them.
    """

    age: AgeClass
    consents: frozenset[str]
    refusals: frozenset[str]
    restricted: bool = False
    guardian: SubjectId | None = None
    lapsed: frozenset[str] = frozenset()

    def refuses(self, point: str) -> bool:
        """Whether the person said no to ``point`` of a change, or to any change there will be."""
        return BEYOND_SCOPE in self.refusals or point in self.refusals

    def agrees_to(self, point: str) -> bool:
        """Whether the person said yes to ``point`` of a change. Silence is no yes (P1.9)."""
        return point in self.consents and not self.refuses(point)


def disclosure_to(recipient: str) -> str:
    """The name under which handing over to ``recipient`` is agreed to or refused."""
    return f"{DISCLOSE}:{recipient}"
