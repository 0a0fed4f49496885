"""The 104 promises, with the state of each."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType

from yaksok.policy import in_force
from yaksok.policy.clauses import (
    s01_purpose,
    s02_items,
    s03_retention,
    s04_sharing,
    s05_guests,
    s06_cookie,
    s07_safeguards,
    s08_access,
    s09_children,
    s10_contact,
    s11_officer,
)
from yaksok.policy.clauses.clause import Clause
from yaksok.policy.compile import Policy
from yaksok.policy.law.tables import tables
from yaksok.policy.vocabulary import Language, Register

SECTIONS: tuple[ModuleType, ...] = (
    s01_purpose,
    s02_items,
    s03_retention,
    s04_sharing,
    s05_guests,
    s06_cookie,
    s07_safeguards,
    s08_access,
    s09_children,
    s10_contact,
    s11_officer,
)

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


def clauses() -> tuple[Clause, ...]:
    """Every clause, in the order of the policy."""
    return tuple(clause for section in SECTIONS for clause in section.CLAUSES)


def all_promises(
    policy: Policy | None = None, proven: frozenset[Register] = frozenset()
) -> tuple[Promise, ...]:
    """Every promise, in the words of ``policy`` (the one in force if None).

    ``proven`` are the registers that prove their claim at present.
    """
    chosen = policy or in_force.policy()
    words = {language: _parameters(chosen, language) for language in Language}
    claimed = {
        promise: claim.register
        for claim in chosen.document.body.claims.values()
        for promise in claim.promises
    }
    return tuple(
        _promise(clause, clause.words(chosen.profile), words, claimed.get(clause.id), proven)
        for clause in clauses()
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
    clause: Clause,
    said: tuple[str, str],
    words: Mapping[Language, Mapping[str, str]],
    register: Register | None,
    proven: frozenset[Register],
) -> Promise:
    return Promise(
        id=clause.id,
        section=clause.section,
        text={
            Language.KOREAN: said[0].format_map(words[Language.KOREAN]),
            Language.ENGLISH: said[1].format_map(words[Language.ENGLISH]),
        },
        effective=clause.effective,
        derived=clause.derived,
        claim=clause.claim,
        register=register,
        proven=register in proven,
        rule=clause.rule,
        proof=f"{PROOFS}/{clause.proof}" if clause.proof else None,
        probe=clause.probe,
    )


def _parameters(policy: Policy, language: Language) -> dict[str, str]:
    """What the sentences of ``language`` take from the document and the law tables."""
    body = policy.document.body
    korean = language is Language.KOREAN
    services = [service.text.in_(language) for service in body.services.values()]
    courier = body.recipients.get("courier")
    bodies = [tables().remedy[name] for name in body.remedies]
    centre = bodies[0] if bodies else tables().remedy["report_centre"]
    return {
        "mall": body.mall.name.in_(language),
        "member_services": ", ".join(services) or ("없음" if korean else "none"),
        "designated_under": body.officers.designated_under.in_(language),
        "courier": courier.company.in_(language)
        if courier
        else ("택배회사" if korean else "the courier"),
        "cookie": body.cookie.name,
        "complaints_phone": body.mall.complaints_phone,
        "manager": _officer(policy, language, "manager"),
        "handler": _officer(policy, language, "handler"),
        "report_centre": centre.name.in_(language),
        "report_centre_phone": centre.phone,
    }


def _officer(policy: Policy, language: Language, which: str) -> str:
    officers = policy.document.body.officers
    officer = officers.manager if which == "manager" else officers.handler
    return officer.name.in_(language)
