"""L-CABRAND: the page names whoever really issued the certificate (P7.2).

Found: an issuer that is not the one of the certificate in use, when that is known; an issuer, or a
sentence, with a brand that no longer issues certificates.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import (
    Case,
    Fault,
    LintRule,
    Registers,
    Sample,
    Severity,
    eu,
    kr,
)
from yaksok.policy.lints.words import plain

_GONE = re.compile(
    r"very\s?sign|veri\s?sign|\bthawte\b|\bsymantec\b|\bstartcom\b|\bwosign\b", re.IGNORECASE
)
_CURE = "take the brand out; without issuer the page names whoever really signed"
_WORDING = Text(
    ko="인증서를 실제로 발급한 기관의 이름을 있는 그대로 밝힙니다.",
    en="We name the authority that really issued our certificate.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each brand that did not sign the mall's certificate."""
    named, real = case.body.transport.issuer, case.registers.issuer
    keys = ("transport", "issuer")
    if named is not None and real is not None and named.casefold() != real.casefold():
        yield Fault(keys, f"names {named}; the certificate is by {real}", _CURE, _WORDING)
    elif named is not None and (brand := _GONE.search(plain(named))):
        yield Fault(keys, f"names {brand[0]}, which issues no certificates", _CURE, _WORDING)
    for said in case.said:
        if brand_said := said.names(_GONE):
            fault = f"names {brand_said}, which issues no certificates"
            yield Fault(said.keys, fault, _CURE, _WORDING)


RULE = LintRule(
    id="L-CABRAND",
    severity=Severity.ERROR,
    laws=kr("Fair Labeling and Advertising Act 3(1)1", "1999-07-01", "M")
    | eu("Directive 2005/29/EC, 6(1)", "2007-12-12", "M"),
    check=check,
    sample=Sample(
        bad='[transport]\nissuer = "Trust Store Example CA"',
        bad_registers=Registers(issuer="Another Example CA"),
        good='[transport]\nissuer = "Trust Store Example CA"',
        good_registers=Registers(issuer="Trust Store Example CA"),
    ),
)
