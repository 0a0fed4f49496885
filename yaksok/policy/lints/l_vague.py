"""L-VAGUE: a purpose, a service and a recipient have names; nothing hides behind "and so on".

Found: in the document "등", "기타", "필요시", "제휴사" and their like, an error where a purpose, a
service or somebody who receives data is named, else a warning; in the sentences of the policy the
first three and "각종", as warnings.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr

_OPEN = (
    r"(?:(?<=[가-힣])|\s)등(?=\s|[.,)]|의|을|에|이|$)(?!록)|필요\s?시|기타|각종"
    r"|\be\.? ?t\.? ?c\b|\bet cetera\b|\band so (?:on|forth)\b|\bwhere necessary\b|\bvarious\b"
)
_GROUPS = r"|제휴사|계열사|\baffiliates?\b|\bpartners?\b"
_IN_CLAUSES = re.compile(_OPEN, re.IGNORECASE)
_IN_DOCUMENT = re.compile(_OPEN + _GROUPS, re.IGNORECASE)
_NAMES = frozenset({"processors", "programmes", "purposes", "recipients", "services"})
_WORDING = Text(
    ko="(하나하나 이름을 적습니다: 로그인, 주문 내역 보기, 주소록)",
    en="(name each one: log-in, list of own orders, address book)",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each vague word."""
    for said in case.said:
        if found := said.names(_IN_CLAUSES if said.promise else _IN_DOCUMENT):
            milder = None if said.keys[0] in _NAMES else Severity.WARNING
            cure = "name each thing: every purpose, every company"
            yield Fault(said.keys, f"says “{found}”", cure, _WORDING, milder)


RULE = LintRule(
    id="L-VAGUE",
    severity=Severity.ERROR,
    laws=kr("PIPA 3(1), 17(2)1; PIPC guideline on writing a privacy policy", "2011-09-30", "T")
    | eu("GDPR 5(1)(a)-(b), 12(1)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad="""
[services.order_list]
text = { ko = "주문 내역 보기 등", en = "list of own orders and so on" }
""",
        good="""
[services.order_list]
text = { ko = "주문 내역 보기", en = "list of own orders" }
""",
    ),
)
