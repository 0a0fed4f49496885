"""How old a person is, as they attest. There is no birth date; unknown counts as a child."""

from collections.abc import Mapping

from yaksok.kernel.errors import Refused
from yaksok.policy.vocabulary import AgeClass


class GuardianNeeded(Refused):
    """A child must ask a guardian first. Nothing about the child was stored (P9.2)."""

    def __init__(self) -> None:
        super().__init__(
            "refused to take a child's data: the person is not known to be of age to consent",
            promise="P9.2",
            advice="a guardian must act",
        )


def attested(boxes: Mapping[str, str], box: str) -> AgeClass:
    """Of age to consent, when the person ticked ``box`` themself; otherwise unknown."""
    return AgeClass.ADULT if boxes.get(box) else AgeClass.UNKNOWN


def must_be_adult(age: AgeClass) -> None:
    """Nothing, for a person who attests to be of age to consent.

    Refuses:
        GuardianNeeded: for everybody else, before anything is stored.
    """
    if age is not AgeClass.ADULT:
        raise GuardianNeeded
