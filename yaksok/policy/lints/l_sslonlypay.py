"""L-SSLONLYPAY: all personal data travels encrypted, not the payment alone.

Found, as warnings: ``encrypted = "payment"``; a clause that speaks of payment data only, or of SSL,
which TLS has replaced.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.vocabulary import Encrypted

_SSL = re.compile(r"\bSSL\b|Secure Socket", re.IGNORECASE)
_PAYMENT = re.compile(
    r"결제\s*정보.{0,60}암호화|payment (?:data|information).{0,60}encrypt", re.IGNORECASE
)
_WORDING = Text(
    ko="쇼핑몰과 고객의 컴퓨터 사이를 오가는 정보는 모두 암호화(TLS)하여 주고받습니다.",
    en="Everything that travels between the mall and your computer is encrypted (TLS).",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when less than everything is encrypted, or said to be."""
    if case.body.transport.encrypted is not Encrypted.ALL:
        fault = "encrypts the payment only; names, addresses and passwords travel too"
        yield Fault(("transport", "encrypted"), fault, 'write encrypted = "all"', _WORDING)
    for said in case.said:
        if said.names(_PAYMENT) or said.names(_SSL):
            fault = "speaks of SSL, or of the payment alone"
            yield Fault(said.keys, fault, "say what is done today", _WORDING)


RULE = LintRule(
    id="L-SSLONLYPAY",
    severity=Severity.WARNING,
    laws=kr("PIPA 29; Standard of safeguards 7", "2011-09-30", "W")
    | eu("GDPR 32(1)(a)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[transport]\nencrypted = "payment"',
        good='[transport]\nencrypted = "all"',
    ),
)
