"""L-EU-NATIONAL-ID: no national identification number is taken where no law of the state orders it.

Found: an item ``rrn`` without a ``statute``; a text or a clause that names such a number without
saying that it is not taken.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu
from yaksok.policy.lints.numbers import RESIDENT, taken

_NAMED = re.compile(
    rf"{RESIDENT}|national[\W_]+(?:id|identi\w+|insurance)[\W_]+number|social[\W_]+security[\W_]+number",
    re.IGNORECASE,
)
_WORDING = Text(
    ko="국가가 부여한 식별번호는 받지 않습니다.",
    en="No national identification number is taken.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each item, text and clause that takes such a number."""
    return taken(case, _NAMED, "a national identification number", _WORDING)


RULE = LintRule(
    id="L-EU-NATIONAL-ID",
    severity=Severity.ERROR,
    laws=eu("GDPR 5(1)(c), 87", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad="""
[records.membership.items.age_class]
label = { ko = "사회보장번호", en = "Social security number" }
""",
        good="""
[records.membership.items.age_class]
label = { ko = "나이 확인", en = "Age" }
""",
    ),
)
