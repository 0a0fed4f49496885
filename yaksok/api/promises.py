"""The promises as the API says them."""

from yaksok.api.shapes import PromiseOut
from yaksok.evidence.outcomes import PATIENCE, outcomes
from yaksok.policy.promises import all_promises
from yaksok.policy.vocabulary import Language


def promises_said(language: Language) -> list[PromiseOut]:
    """Every promise in ``language``, with the newest outcome of its probe."""
    found = outcomes(PATIENCE)
    said = []
    for one in all_promises():
        outcome = found.get(one.id)
        said.append(
            PromiseOut(
                id=one.id,
                text=one.text[language],
                state=one.state,
                rule=one.rule,
                proof=one.proof,
                evidence=outcome.state if outcome else None,
                mark=outcome.mark if outcome else None,
                figure=str(outcome.figure) if outcome else None,
                how=str(outcome.how) if outcome else None,
                at=outcome.at.isoformat(timespec="seconds") if outcome else None,
                where=str(outcome.where) or None if outcome and outcome.broken else None,
            )
        )
    return said
