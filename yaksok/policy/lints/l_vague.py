"""L-VAGUE: a purpose and a recipient have names; nothing hides behind "and so on"."""

import datetime
import re
from collections.abc import Iterator

from yaksok.policy.document import Document
from yaksok.policy.lints.finding import LAWFUL, Finding, LintRule, Sample, Severity
from yaksok.policy.lints.words import sentences

_VAGUE = re.compile(
    r"(?:(?<=[가-힣])|\s)등(?=\s|[.,)]|의|을|에|이|$)(?!록)|필요\s?시|기타|제휴사|계열사"
    r"|\betc\b|\band so on\b|\bwhere necessary\b|\baffiliates?\b|\bpartners?\b",
    re.IGNORECASE,
)
_NAMES = frozenset({"purposes", "recipients"})


def check(document: Document) -> Iterator[Finding]:
    """A finding for each vague word: an error in a purpose or a recipient, else a warning."""
    for keys, text in sentences(document):
        if found := _VAGUE.search(text):
            severity = Severity.ERROR if keys[0] in _NAMES else Severity.WARNING
            fault = f"says “{found[0].strip()}”"
            cure = "name each thing: every purpose, every company"
            yield Finding(RULE.id, severity, RULE.citation, keys, fault, cure)


RULE = LintRule(
    id="L-VAGUE",
    severity=Severity.ERROR,
    citation="PIPA 3(1), 17(2)1; PIPC guideline on writing a privacy policy",
    effective=datetime.date(2011, 9, 30),
    profiles=LAWFUL,
    check=check,
    sample=Sample(
        at='text = { ko = "로그인, 주문 내역 보기, 주소록",',
        bad='text = { ko = "로그인, 주문 내역 보기 등",',
        good='text = { ko = "로그인, 주문 내역 보기, 주소록, 찜 목록",',
    ),
)
