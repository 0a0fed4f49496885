"""L-RRN: no lawful document asks for a resident registration number."""

import datetime
import re
from collections.abc import Iterator

from yaksok.policy.document import Document
from yaksok.policy.lints.finding import LAWFUL, Finding, LintRule, Sample, Severity
from yaksok.policy.lints.words import sentences

_NAMED = re.compile(r"주민\s*(?:등록)?\s*번호|resident registration|\bRRN\b", re.IGNORECASE)
_CURE = "remove it: consent is no basis for this number; to identify a person use phone or e-mail"
_CITATION = "PIPA 24-2"


def check(document: Document) -> Iterator[Finding]:
    """A finding for each text that names the number."""
    for keys, text in sentences(document):
        if _NAMED.search(text):
            fault = "names the resident registration number"
            yield Finding(RULE.id, RULE.severity, RULE.citation, keys, fault, _CURE)


RULE = LintRule(
    id="L-RRN",
    severity=Severity.ERROR,
    citation=_CITATION,
    effective=datetime.date(2014, 8, 7),
    profiles=LAWFUL,
    check=check,
    sample=Sample(
        at='label = { ko = "나이 확인", en = "Age" }',
        bad='label = { ko = "주민등록번호", en = "Resident registration number" }',
        good='label = { ko = "만 14세 이상", en = "14 or older" }',
    ),
)
