"""L-OLDLAW: no sentence leans on a law, an office or a title that is gone.

Found, as warnings: the words of the tables ``outdated`` of either law, in the document or a clause.
"""

from collections.abc import Iterator

from yaksok.policy.law.tables import in_force, tables
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr


def check(case: Case) -> Iterator[Fault]:
    """A fault for each text with words of the past."""
    rows = {
        **in_force(tables("kr").outdated, case.today),
        **in_force(tables("eu").outdated, case.today),
    }
    for said in case.said:
        gone = [(word, row) for row in rows.values() for word in row.words if said.has(word)]
        if gone:
            words = ", ".join(f"“{word}”" for word, _ in gone)
            yield Fault(said.keys, f"says {words}: that is gone", "say instead", gone[0][1].today)


RULE = LintRule(
    id="L-OLDLAW",
    severity=Severity.WARNING,
    laws=kr("PIPA 30, 31; Act 16930 (2020)", "2011-09-30", "T")
    | eu("GDPR 12(1), 94", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[officers]\ndesignated_under = { ko = "정보통신부 지침", en = "a guideline" }',
        good='[officers]\ndesignated_under = { ko = "개인정보 보호법 제31조", en = "PIPA 31" }',
    ),
)
