"""L-NOPERIOD: whoever keeps data says for how long, and by which law if by law.

Found: a record whose end is not put in words; a record kept for a law without naming the law; a
recipient that does not say how long it keeps, or says "as long as it likes".
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.words import plain
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Basis, Purpose

_ENDLESS = re.compile(
    r"영구|무기한|필요한\s*(?:동안|기간)|계속\s*보(?:관|유)"
    r"|indefinite|permanently|as long as (?:is )?necessary",
    re.IGNORECASE,
)
_WORDING = Text(ko="배송이 끝난 날부터 30일", en="30 days from the delivery")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each end that is not said, and each copy for the law without a law."""
    for kind, record in case.body.records.items():
        here: Path = ("records", kind.value)
        if not _says_when(record.end.reason):
            cure = "say when, in both languages"
            yield Fault((*here, "end", "reason"), "does not say when the record ends", cure)
        for_the_law = Purpose.STATUTORY_RECORD in record.purposes
        if for_the_law and record.basis is not Basis.LEGAL_DUTY and not record.statutory:
            cure = "name items and law"
            yield Fault((*here, "statutory"), "is kept for a law that is not named", cure)
    for name, recipient in case.body.recipients.items():
        if not _says_when(recipient.keeps):
            cure = "say how long the recipient keeps the data"
            keys: Path = ("recipients", name, "keeps")
            yield Fault(keys, "does not say how long", cure, _WORDING)


def _says_when(text: Text) -> bool:
    both = (text.ko, text.en)
    return all(words.strip() for words in both) and not any(_ENDLESS.search(plain(w)) for w in both)


RULE = LintRule(
    id="L-NOPERIOD",
    severity=Severity.ERROR,
    laws=kr("PIPA 15(2), 17(2), 30(1)", "2011-09-30", "T")
    | eu("GDPR 5(1)(e), 13(2)(a)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad="""
[recipients.courier]
keeps = { ko = "필요한 동안", en = "as long as necessary" }
""",
        good="""
[recipients.courier]
keeps = { ko = "배송 완료 후 30일", en = "30 days after delivery" }
""",
    ),
)
