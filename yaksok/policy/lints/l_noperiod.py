"""L-NOPERIOD: whoever keeps data says for how long, and by which law if by law."""

import datetime
from collections.abc import Iterator

from yaksok.policy.document import Document
from yaksok.policy.lints.finding import LAWFUL, Finding, LintRule, Sample, Severity
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Basis, Purpose


def check(document: Document) -> Iterator[Finding]:
    """A finding for each end that is not said, and each copy for the law without a law."""
    for kind, record in document.body.records.items():
        if not (record.end.reason.ko.strip() and record.end.reason.en.strip()):
            keys: Path = ("records", kind.value, "end", "reason")
            yield _finding(keys, "does not say when the record ends", "say when, in both languages")
        for_the_law = Purpose.STATUTORY_RECORD in record.purposes
        if for_the_law and record.basis is not Basis.LEGAL_DUTY and not record.statutory:
            keys = ("records", kind.value, "statutory")
            yield _finding(keys, "is kept for a law that is not named", "name items and law")
    for name, recipient in document.body.recipients.items():
        if not (recipient.keeps.ko.strip() and recipient.keeps.en.strip()):
            keys = ("recipients", name, "keeps")
            yield _finding(
                keys, "does not say how long", "say how long the recipient keeps the data"
            )


def _finding(keys: Path, fault: str, cure: str) -> Finding:
    return Finding(RULE.id, RULE.severity, RULE.citation, keys, fault, cure)


RULE = LintRule(
    id="L-NOPERIOD",
    severity=Severity.ERROR,
    citation="PIPA 15(2), 17(2), 30(1)",
    effective=datetime.date(2011, 9, 30),
    profiles=LAWFUL,
    check=check,
    sample=Sample(
        at='keeps = { ko = "배송이 끝날 때까지", en = "until the delivery is complete" }',
        bad='keeps = { ko = "", en = "" }',
        good='keeps = { ko = "배송 완료 후 30일", en = "30 days after delivery" }',
    ),
)
