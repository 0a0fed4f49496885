"""L-080: a call that is called free is free, and so is refusing advertising.

Found, as warnings: a telephone number for complaints, which P10.2 calls free of charge, or one to
refuse advertising, that does not begin with 080.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.places import Path

_FREE = "080"
_WORDING = Text(
    ko="080-000-0000 (무료). 무료가 아니면 무료라고 하지 않습니다.",
    en="080-000-0000 (free of charge); otherwise do not call it free.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each number that is said to be free and is not."""
    numbers: list[tuple[Path, str]] = [
        (("mall", "complaints_phone"), case.body.mall.complaints_phone)
    ]
    if case.body.advertising is not None:
        numbers.append((("advertising", "opt_out_phone"), case.body.advertising.opt_out_phone))
    for keys, number in numbers:
        if not number.strip().startswith(_FREE):
            cure = "give a number that costs the caller nothing"
            yield Fault(keys, f"{number} is not free of charge", cure, _WORDING)


RULE = LintRule(
    id="L-080",
    severity=Severity.WARNING,
    laws=kr("Network Act 50(6), Decree 62; Fair Labeling and Advertising Act 3", "2014-11-29", "T"),
    check=check,
    sample=Sample(
        bad='[mall]\ncomplaints_phone = "02-000-0000"',
        good='[mall]\ncomplaints_phone = "080-000-0001"',
    ),
)
