"""L-EU-REPRESENTATIVE: a mall without a seat in the Union has somebody there to speak for it.

Found: a ``mall.country`` outside the European Economic Area and no representative, or a blank one.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import age_of_consent
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu
from yaksok.policy.lints.words import is_blank

_WORDING = Text(
    ko="(대리인의 이름과 유럽연합 안의 주소)",
    en="(name of the representative, and an address in the Union)",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when nobody in the Union can be written to."""
    country, european = case.body.mall.country, case.body.european
    if european is None or age_of_consent(country, case.today) is not None:
        return
    if european.representative is None or is_blank(european.representative):
        fault = f"names nobody in the Union, and the seat is in {country}"
        cure = "designate a representative in writing and name them"
        yield Fault(("european", "representative"), fault, cure, _WORDING)


RULE = LintRule(
    id="L-EU-REPRESENTATIVE",
    severity=Severity.ERROR,
    laws=eu("GDPR 13(1)(a), 27", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[mall]\ncountry = "JP"\nhost_country = "JP"',
        good='[mall]\ncountry = "JP"\nhost_country = "JP"\n[european]\n'
        'representative = { ko = "대리인", en = "Example Representative GmbH" }',
    ),
)
