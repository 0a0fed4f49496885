"""L-CHILD-AGE: nobody below the age of own consent decides alone (Korea).

Found: ``children.age`` below that of the law table.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import figure
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr

_WORDING = Text(
    ko="만 14세 미만은 법정대리인의 동의가 필요합니다.", en="Under 14, a guardian must agree."
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when the age is too low."""
    least = figure("age_of_consent", case.today).value
    if case.body.children.age < least:
        fault = f"is {case.body.children.age}; until {least} a guardian decides"
        yield Fault(("children", "age"), fault, f"write {least}", _WORDING)


RULE = LintRule(
    id="L-CHILD-AGE",
    severity=Severity.ERROR,
    laws=kr("PIPA 22-2(1)", "2011-09-30", "T"),
    check=check,
    sample=Sample(bad="[children]\nage = 13", good="[children]\nage = 15"),
)
