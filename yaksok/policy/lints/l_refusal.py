"""L-REFUSAL: refusing an optional consent costs nothing, and the person is told so.

Found: a consent that does not say what refusing means; one by which refusing costs the service.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.words import Said, is_blank
from yaksok.policy.places import Path

_COSTS = re.compile(
    r"(?:이용|가입|주문|구매)\S*\s*(?:할\s*수\s*없|불가|제한)|cannot (?:use|join|order|buy)"
    r"|will not be able|unable to (?:use|join|order|buy)",
    re.IGNORECASE,
)
_WORDING = Text(ko="거절해도 서비스는 같아요.", en="Refusing changes nothing.")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each consent that cannot be refused freely."""
    for name, consent in case.body.consents.items():
        keys: Path = ("consents", name, "refusing")
        if is_blank(consent.refusing):
            fault = "does not say what refusing means"
            yield Fault(keys, fault, "say it in both languages", _WORDING)
        elif found := Said(keys, consent.refusing).names(_COSTS):
            cure = "let the service stand without it"
            yield Fault(keys, f"makes refusing cost the service: “{found}”", cure, _WORDING)


RULE = LintRule(
    id="L-REFUSAL",
    severity=Severity.ERROR,
    laws=kr("PIPA 15(2)4, 16(3), 22(5)", "2011-09-30", "T") | eu("GDPR 7(4)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad="""
[consents.news]
text = { ko = "소식을 받아요.", en = "I want news." }
refusing = { ko = "거절하면 이용할 수 없어요.", en = "Without it you cannot use the shop." }
purposes = []
""",
        good="""
[consents.news]
text = { ko = "소식을 받아요.", en = "I want news." }
refusing = { ko = "거절해도 서비스는 같아요.", en = "Refusing changes nothing." }
purposes = []
""",
    ),
)
