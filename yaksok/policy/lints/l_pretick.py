"""L-PRETICK: no box is ticked for a person (P2.12).

Found: a box with ``ticked = true``.
"""

from collections.abc import Iterator

from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.samples import AGE_BOX


def check(case: Case) -> Iterator[Fault]:
    """A fault for each box that is ticked beforehand."""
    for form, entry in case.body.forms.items():
        for place, box in enumerate(entry.boxes):
            if box.ticked:
                cure = "take ticked out: a tick that the person did not make is no consent"
                yield Fault(("forms", form.value, "boxes", place, "ticked"), "is ticked", cure)


RULE = LintRule(
    id="L-PRETICK",
    severity=Severity.ERROR,
    laws=kr("PIPA 22(1), 22(5); Decree 17(1)", "2011-09-30", "T")
    | eu("GDPR 4(11), Recital 32", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad=AGE_BOX + "ticked = true",
        good=AGE_BOX,
    ),
)
