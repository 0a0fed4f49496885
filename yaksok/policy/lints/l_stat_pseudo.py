"""L-STAT-PSEUDO: figures that leave the mall without consent show nobody.

Found: rows of single persons (``row_level``); cells smaller than the law table's least number; a
recipient of statistics that is given items; a clause that gives data for market research while the
document does not say in which form. Market research is not among the purposes for which the law
lets pseudonymised data go without consent, so only anonymous figures may.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import figure
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import NoConsentCase

_RESEARCH = re.compile(r"시장\s*조사|market research", re.IGNORECASE)
_WORDING = Text(
    ko="통계는 열 사람보다 적은 칸을 싣지 않고, 누구인지 알아볼 수 없는 합계로만 내보냅니다.",
    en="Figures leave us as totals only, with no cell of fewer than ten persons.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each way in which figures could show somebody."""
    least = figure("smallest_cell", case.today, case.country).value
    statistics = case.body.statistics
    if statistics is None:
        for said in case.clauses:
            if said.names(_RESEARCH):
                fault = "gives data for market research without consent, in a form that is not said"
                cure = f"add [statistics] with smallest_cell = {least}, or ask for consent"
                yield Fault(said.keys, fault, cure, _WORDING)
        return
    if statistics.row_level:
        cure = "write row_level = false: a row of one person is not anonymous"
        yield Fault(("statistics", "row_level"), "lets rows of single persons out", cure, _WORDING)
    if statistics.smallest_cell < least:
        cure = f"write at least {least}"
        keys: Path = ("statistics", "smallest_cell")
        yield Fault(keys, f"is {statistics.smallest_cell} persons", cure, _WORDING)
    for name, recipient in case.body.recipients.items():
        if recipient.without_consent is NoConsentCase.STATISTICS and recipient.items:
            cure = "write items = []: figures hold no item of anybody"
            yield Fault(("recipients", name, "items"), "gives items for statistics", cure)


RULE = LintRule(
    id="L-STAT-PSEUDO",
    severity=Severity.ERROR,
    laws=kr("PIPA 28-2, 58-2", "2020-08-05", "T") | eu("GDPR 89(1), Recital 26", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad="[statistics]\nsmallest_cell = 1\nrow_level = true",
        good="[statistics]\nsmallest_cell = 20",
    ),
)
