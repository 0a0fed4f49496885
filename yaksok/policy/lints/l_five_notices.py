"""L-FIVE-NOTICES: before data goes to a company, people are told five things (P4.2, Korea).

Found: a sentence of P4.2 that does not promise to say who receives, why, which items, for how long,
and that one may refuse.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr

_FIVE = ("받는", "목적", "항목", "기간", "거절")
_WORDING = Text(
    ko="특정 회사에 제공하려면 받는 곳과 목적, 항목, 기간, 거절할 권리를 먼저 공지합니다.",
    en="Before giving data to a company we announce who, why, what, how long, and the right to"
    " refuse.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when one of the five is not promised."""
    for said in case.clauses:
        if said.promise == "P4.2" and not all(word in said.text.ko for word in _FIVE):
            fault = (
                "does not promise the five notices: who, why, what, how long, that one may refuse"
            )
            yield Fault(said.keys, fault, "name all five", _WORDING)


RULE = LintRule(
    id="L-FIVE-NOTICES",
    severity=Severity.ERROR,
    laws=kr("PIPA 17(2)", "2011-09-30", "T"),
    check=check,
    sample=Sample(
        bad='profile = "as_written"',
        good='profile = "lawful_kr"',
        also=frozenset({"L-CLAIM", "L-DEAD", "L-OLDLAW", "L-RRN", "L-SSLONLYPAY", "L-VAGUE"}),
    ),
)
