"""L-COURIER: whoever carries parcels for the mall is entrusted by it, not merely "given" data.

Found, as a warning: a recipient for delivery that does not stand in the register of entrusted
processors (``entrusted = false``). Entrusting needs a written contract, supervision and a public
list; it needs no consent.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.vocabulary import NoConsentCase

_WORDING = Text(
    ko="상품의 배송을 위탁합니다. 위탁받는 자와 위탁하는 업무를 공개합니다.",
    en="Delivery is entrusted. Who is entrusted, and with what, is made public.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each carrier that is not entrusted."""
    for name, recipient in case.body.recipients.items():
        if recipient.without_consent is NoConsentCase.DELIVERY and not recipient.entrusted:
            cure = "write entrusted = true and keep the contract: a courier works for the mall"
            keys = ("recipients", name, "entrusted")
            yield Fault(keys, "gives data to a courier without entrusting it", cure, _WORDING)


RULE = LintRule(
    id="L-COURIER",
    severity=Severity.WARNING,
    laws=kr("PIPA 17, 26; Decree 28", "2011-09-30", "T"),
    check=check,
    sample=Sample(
        bad="[recipients.courier]\nentrusted = false",
        good="[recipients.courier]\nentrusted = true",
    ),
)
