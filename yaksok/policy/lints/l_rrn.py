"""L-RRN: no document asks for a resident registration number without the law that requires it.

Found: an item ``rrn`` without a ``statute``; any text of the document that names the number; any
clause that names it without saying that it is not taken. Consent is no basis for this number.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.lints.numbers import RESIDENT, taken

_NAMED = re.compile(RESIDENT, re.IGNORECASE)
_WORDING = Text(
    ko="주민등록번호는 받지 않습니다.", en="A resident registration number is never taken."
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each item, text and clause that takes the number."""
    return taken(case, _NAMED, "the resident registration number", _WORDING)


RULE = LintRule(
    id="L-RRN",
    severity=Severity.ERROR,
    laws=kr("PIPA 24-2", "2014-08-07", "T"),
    check=check,
    sample=Sample(
        bad="""
[records.membership.items.age_class]
label = { ko = "주민등록번호", en = "Resident registration number" }
""",
        good="""
[records.membership.items.age_class]
label = { ko = "만 14세 이상", en = "14 or older" }
""",
    ),
)
