"""L-EU-BASIS: every use has a basis of article 6, and a legal obligation is one of the Union's.

Found: what L-NOBASIS finds, under article 6; and, as a warning, a copy that is kept for a law of
another country than those of the European Economic Area, when the mall has no seat there.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import retention_laws
from yaksok.policy.lints.bases import unfounded
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu
from yaksok.policy.places import Path

_WORDING = Text(
    ko="새 상품 소식을 이메일로 받는 데 동의해요. 언제든 거둘 수 있어요.",
    en="I agree to news of goods by e-mail. I can withdraw at any time.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each use without a basis, a milder one for each law from elsewhere."""
    yield from unfounded(case, _WORDING)
    for kind, record in case.body.records.items():
        for copy in record.statutory:
            row = retention_laws().get(copy.law)
            if row is not None and row.state == "KR" and case.body.mall.country != "KR":
                keys: Path = ("records", kind.value, "statutory")
                cure = "name the law of the member state, such as de_vouchers (see eu.toml)"
                fault = f"{copy.law} is a law of {row.state}, no legal obligation of the Union"
                yield Fault(keys, fault, cure, severity=Severity.WARNING)


RULE = LintRule(
    id="L-EU-BASIS",
    severity=Severity.ERROR,
    laws=eu("GDPR 6(1), 6(3); Directive 2002/58/EC, 13(1)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[records.membership]\nbasis = "legal_duty"',
        good='[records.membership]\nbasis = "contract"',
    ),
)
