"""L-BUNDLE: one box asks one thing.

Found: a box with more than one consent; a box whose words take the terms together with personal
data or advertising; a consent that covers advertising together with something else.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.samples import AGE_BOX
from yaksok.policy.lints.words import Said
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Purpose

_TERMS = re.compile(r"약관|\bterms\b", re.IGNORECASE)
_DATA = re.compile(
    r"개인\s*정보|처리방침|\bprivacy\b|\bpersonal data\b|\bdata protection\b", re.IGNORECASE
)
_MARKETING = re.compile(
    r"광고|마케팅|혜택\s*알림|수신|\bmarketing\b|\badverti|\bnewsletter", re.IGNORECASE
)
_WORDING = Text(
    ko="이용약관에 동의해요. / 상품 소식을 받아요. (칸을 나누어 따로 여쭙니다)",
    en="I agree to the terms. / I want news of goods. (two boxes, each asked apart)",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each box or consent that asks two things at once."""
    for form, entry in case.body.forms.items():
        for place, box in enumerate(entry.boxes):
            here: Path = ("forms", form.value, "boxes", place)
            said = Said(here, box.text)
            topics = [p for p in (_TERMS, _DATA, _MARKETING) if said.names(p)]
            if len(box.consents) > 1 or len(topics) > 1:
                cure = "give each its own box, so that one can be refused without the other"
                yield Fault((*here, "text"), "asks two things in one box", cure, _WORDING)
    for name, consent in case.body.consents.items():
        if Purpose.ADVERTISING in consent.purposes and len(consent.purposes) > 1:
            keys: Path = ("consents", name, "purposes")
            cure = "make advertising a consent of its own"
            yield Fault(keys, "takes advertising together with something else", cure, _WORDING)


RULE = LintRule(
    id="L-BUNDLE",
    severity=Severity.ERROR,
    laws=kr("PIPA 22(1), 22(5); Decree 17(1)", "2011-09-30", "T")
    | eu("GDPR 7(2), Recital 43", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad=AGE_BOX
        + """
[[forms.checkout_guest.boxes]]
name = "all"
text = { ko = "이용약관과 광고 수신에 모두 동의해요.", en = "I agree to the terms and to marketing." }
required = false
""",
        good=AGE_BOX
        + """
[[forms.checkout_guest.boxes]]
name = "terms"
text = { ko = "이용약관에 동의해요.", en = "I agree to the terms." }
required = false
""",
    ),
)
