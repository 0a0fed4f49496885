"""L-MANDCONSENT: nobody must consent to what the contract needs anyway.

Found, as warnings: a box that must be ticked and asks a consent; a box that must be ticked and
speaks of consenting to the use of personal data; a record that rests on consent although it only
serves the contract. Such boxes are out of date: show the notice, and ask for the terms alone.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.samples import AGE_BOX
from yaksok.policy.lints.words import Said
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Basis, Purpose

_CONSENTING = re.compile(
    r"개인\s*정보.*동의|consent to .*(?:personal )?data|agree to .*personal data", re.IGNORECASE
)
_CONTRACT = frozenset(
    {Purpose.DELIVERY, Purpose.MEMBER_SERVICE, Purpose.ORDER, Purpose.PAYMENT, Purpose.RIGHTS}
)
_WORDING = Text(ko="이용약관에 동의해요.", en="I agree to the terms of service.")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each consent that is made a condition."""
    for form, entry in case.body.forms.items():
        for place, box in enumerate(entry.boxes):
            here: Path = ("forms", form.value, "boxes", place)
            asks = box.consents or Said(here, box.text).names(_CONSENTING)
            if box.required and asks and box.attests is None:
                cure = "make the box optional, or leave it out and let the notice say it"
                yield Fault((*here, "required"), "makes a consent a condition", cure, _WORDING)
    for kind, record in case.body.records.items():
        if record.basis is Basis.CONSENT and set(record.purposes) <= _CONTRACT:
            keys: Path = ("records", kind.value, "basis")
            cure = 'write basis = "contract": what the contract needs is told, not asked'
            yield Fault(keys, "asks consent for what the contract needs", cure)


RULE = LintRule(
    id="L-MANDCONSENT",
    severity=Severity.WARNING,
    laws=kr("PIPA 15(1)4, 22(1), 22(5)", "2023-09-15", "W")
    | eu("GDPR 6(1)(b), 7(4)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad=AGE_BOX
        + """
[[forms.checkout_guest.boxes]]
name = "privacy"
text = { ko = "개인정보 수집과 이용에 동의해요.", en = "I consent to the use of my personal data." }
required = true
""",
        good=AGE_BOX
        + """
[[forms.checkout_guest.boxes]]
name = "terms"
text = { ko = "이용약관에 동의해요.", en = "I agree to the terms of service." }
required = true
""",
    ),
)
