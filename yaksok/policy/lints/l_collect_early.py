"""L-COLLECT-EARLY: joining asks for what joining needs; a purchase asks for the rest (Korea).

Found: a name, an address, a postcode or a phone number that sign-up requires; as a warning, one that
it asks for without need. The mall bears the proof that an item is the minimum.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.vocabulary import FormName, Item

_LATER = frozenset({Item.ADDRESS, Item.NAME, Item.PHONE, Item.POSTCODE})
_WORDING = Text(
    ko="이름, 주소, 전화번호는 가입할 때 묻지 않고 주문할 때 받습니다.",
    en="Name, address and phone number are not asked at sign-up but when you order.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each item that is asked before it is needed."""
    form = case.body.forms.get(FormName.SIGN_UP)
    filled = {part.record for part in form.parts} if form else set()
    for kind, record in case.body.records.items():
        for item, entry in record.items.items():
            if item in _LATER and kind in filled and FormName.SIGN_UP in entry.asked_on:
                milder = None if entry.required else Severity.WARNING
                keys = ("records", kind.value, "items", item.value, "asked_on")
                cure = "take sign_up out; ask on checkout_guest and checkout_member"
                yield Fault(keys, f"asks the {item} of whoever joins", cure, _WORDING, milder)


RULE = LintRule(
    id="L-COLLECT-EARLY",
    severity=Severity.ERROR,
    laws=kr("PIPA 16(1); FTC standard terms (2014)", "2014-08-07", "W"),
    check=check,
    sample=Sample(
        bad='[records.membership.items.phone]\nrequired = true\nasked_on = ["sign_up"]',
        good='[records.membership.items.phone]\nrequired = false\nasked_on = ["correct"]',
    ),
)
