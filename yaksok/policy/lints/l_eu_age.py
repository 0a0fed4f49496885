"""L-EU-AGE: nobody below the age of consent of the member state decides alone.

Found: ``children.age`` below that of ``european.state`` (16 where the table knows no other); a form
on which people become known that does not ask for the age.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import age_of_consent, figure
from yaksok.policy.lints.ages import unasked
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu


def check(case: Case) -> Iterator[Fault]:
    """A fault when the age is too low, and for each way in that does not ask."""
    state = case.body.european.state if case.body.european else ""
    least = age_of_consent(state, case.today) or figure("age_of_consent", case.today, "eu").value
    age = case.body.children.age
    wording = Text(ko=f"저는 만 {least}세 이상이에요.", en=f"I am {least} or older.")
    if age < least:
        fault = f"is {age}; in {state or 'the Union'} a guardian decides until {least}"
        yield Fault(("children", "age"), fault, f"write {least}", wording)
    yield from unasked(case, wording)


RULE = LintRule(
    id="L-EU-AGE",
    severity=Severity.ERROR,
    laws=eu("GDPR 8(1)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[children]\nage = 14\n[european]\nstate = "NL"',
        good='[children]\nage = 16\n[european]\nstate = "NL"',
    ),
)
