"""L-U14: no way into the mall passes by the question of age (Korea).

Found: a form on which people become known — sign-up and both order forms — without a box that must
be ticked and attests the age; a record that such a form fills and that takes children, while
children are not met by their guardian (``minors = "refused"``).
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.ages import unasked
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.lints.samples import AGE_BOX

_WORDING = Text(ko="저는 만 14세 이상이에요.", en="I am 14 or older.")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each way in that does not ask."""
    return unasked(case, _WORDING)


RULE = LintRule(
    id="L-U14",
    severity=Severity.ERROR,
    laws=kr("PIPA 22-2(1); Decree 17-2", "2011-09-30", "T"),
    check=check,
    sample=Sample(
        bad="[forms.checkout_guest]\nboxes = []",
        good=AGE_BOX,
    ),
)
