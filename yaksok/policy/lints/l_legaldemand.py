"""L-LEGALDEMAND: the document says how a court's or the police's demand is met.

Found, as warnings: no ``[legal_demands]``; fewer than two persons who must approve one.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr

_WORDING = Text(
    ko="법원의 영장이나 법률의 특별한 규정에 따른 요구는 문서로만 받고, 두 사람이 확인하며, 법이"
    " 허락하는 대로 본인에게 알립니다.",
    en="A demand by court warrant or by a special provision of law is taken in writing only,"
    " checked by two persons, and told to the person as soon as the law allows.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when the document says nothing of demands, or lets one person decide."""
    demands = case.body.legal_demands
    if demands is None:
        fault = "says nothing of demands by courts and police, which do come"
        cure = "add [legal_demands] with text and persons"
        yield Fault(("legal_demands",), fault, cure, _WORDING)
    elif demands.persons < 2:  # noqa: PLR2004 - two pairs of eyes
        cure = "write persons = 2: one checks what the other gives out"
        yield Fault(("legal_demands", "persons"), "lets one person give data out", cure)


RULE = LintRule(
    id="L-LEGALDEMAND",
    severity=Severity.WARNING,
    laws=kr("PIPA 15(1)2, 18(2), 30(1)3", "2011-09-30", "T")
    | eu("GDPR 6(1)(c), 13(1)(e)", "2018-05-25", "T"),
    check=check,
    sample=Sample(bad_without=("legal_demands",), good="[legal_demands]\npersons = 2"),
)
