"""The 104 promises, with the state of each."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from yaksok.policy import in_force
from yaksok.policy.clauses.clause import Clause
from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language, Register
from yaksok.policy.wording import SECTIONS, clauses, wording

__all__ = ["PROOFS", "SECTIONS", "Promise", "State", "all_promises", "as_rows", "clauses"]

PROOFS = "tests/promises"
"""Where the proofs lie in the source tree."""


class State(StrEnum):
    """How far a promise is backed."""

    DECLARED = "declared"
    """It is said. No test shows yet that the program keeps it."""
    PROVED = "proved"
    """A rule keeps it, and a test that fails without the rule passes."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise with its words for this mall.

    ``register`` is the book that proves a claim about people and procedures, ``proven`` whether it
    does now. ``rule`` and ``probe`` are dotted paths, ``proof`` is a file below ``tests/promises``. The
    meta-test of that folder holds the claim: what is named exists, is collected and passes.
    """

    id: str
    section: int
    text: dict[Language, str]
    effective: datetime.date
    derived: bool
    claim: bool
    register: Register | None
    proven: bool
    rule: str | None
    proof: str | None
    probe: str | None

    @property
    def state(self) -> State:
        """``proved`` when both a rule and its proof are there."""
        return State.PROVED if self.rule and self.proof else State.DECLARED

    @property
    def unmet(self) -> bool:
        """Whether the page must say that this is not met at present (people and procedures)."""
        return self.claim and not self.proven


def all_promises(
    policy: Policy | None = None, proven: frozenset[Register] = frozenset()
) -> tuple[Promise, ...]:
    """Every promise, in the words of ``policy`` (the one in force if None).

    ``proven`` are the registers that prove their claim at present.
    """
    body = (policy or in_force.policy()).document.body
    claimed = {
        promise: claim.register for claim in body.claims.values() for promise in claim.promises
    }
    return tuple(
        _promise(clause, said, claimed.get(clause.id), proven) for clause, said in wording(body)
    )


def as_rows(language: Language = Language.KOREAN) -> list[dict[str, str | int | None]]:
    """The promises as plain rows, for ``yaksok promises --json``."""
    return [
        {
            "id": promise.id,
            "state": promise.state.value,
            "rule": promise.rule,
            "proof": promise.proof,
            "probe": promise.probe,
            "section": promise.section,
            "text": promise.text[language],
        }
        for promise in all_promises()
    ]


def _promise(
    clause: Clause, said: Text, register: Register | None, proven: frozenset[Register]
) -> Promise:
    return Promise(
        id=clause.id,
        section=clause.section,
        text=said.as_dict(),
        effective=clause.effective,
        derived=clause.derived,
        claim=clause.claim or register is not None,
        register=register,
        proven=register in proven,
        rule=clause.rule,
        proof=f"{PROOFS}/{clause.proof}" if clause.proof else None,
        probe=clause.probe,
    )
