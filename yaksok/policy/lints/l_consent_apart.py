"""L-CONSENT-APART: what is not needed is taken by a consent of its own, or for the contract (Korea).

Found: an item that a form asks as optional in a record that rests on legal duty, where no law orders
what a person may leave blank (one of two, of which either is enough, is not left blank); a consent whose words are left blank.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.lints.words import is_blank
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Basis

_WORDING = Text(
    ko="(선택) 이 항목을 주시는 데 동의해요. 비워 두어도 서비스는 같아요.",
    en="(optional) I agree to give this. Leaving it blank changes nothing.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each optional item without a consent or a contract."""
    for kind, record in case.body.records.items():
        for item, entry in record.items.items():
            optional = bool(entry.asked_on) and not entry.required and entry.consent is None
            if optional and entry.either is None and record.basis is Basis.LEGAL_DUTY:
                keys: Path = ("records", kind.value, "items", item.value, "required")
                cure = "name a consent for the item, or do not ask for it"
                yield Fault(keys, "is optional, yet rests on a legal duty", cure, _WORDING)
    for name, consent in case.body.consents.items():
        if is_blank(consent.text):
            keys = ("consents", name, "text")
            yield Fault(
                keys, "does not say what is agreed to", "say it in both languages", _WORDING
            )


RULE = LintRule(
    id="L-CONSENT-APART",
    severity=Severity.ERROR,
    laws=kr("PIPA 15(2), 22(1), 22(3)", "2011-09-30", "T"),
    check=check,
    sample=Sample(
        bad='[records.statutory.items.phone]\nrequired = false\nasked_on = ["correct"]',
        good="[records.statutory.items.phone]\nrequired = false\nasked_on = []",
    ),
)
