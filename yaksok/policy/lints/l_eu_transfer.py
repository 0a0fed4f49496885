"""L-EU-TRANSFER: data leaves the Union for countries that protect it as well.

Found: machines, a processor or a recipient in a country that is neither of the European Economic
Area nor adequate by the table of ``eu.toml`` on that day. A transfer under standard contractual
clauses or the EU-US framework cannot be written in a document yet, so it is refused.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import in_force, tables
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu
from yaksok.policy.places import Path

_WORDING = Text(
    ko="개인정보는 유럽경제지역과, 유럽위원회가 적정하다고 인정한 나라에서만 처리합니다.",
    en="Data is processed only in the European Economic Area and in countries that the European"
    " Commission has found adequate.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each place that does not protect as well."""
    body = case.body
    places: list[tuple[Path, str]] = [(("mall", "host_country"), body.mall.host_country)]
    places += [(("processors", name, "country"), p.country) for name, p in body.processors.items()]
    places += [
        (("recipients", name, "country"), r.country)
        for name, r in body.recipients.items()
        if r.items
    ]
    safe = tables("eu").age.keys() | in_force(tables("eu").adequate, case.today).keys()
    for keys, country in places:
        if country not in safe:
            cure = "take one in the Economic Area or in a country with an adequacy decision"
            yield Fault(keys, f"sends data to {country}", cure, _WORDING)


RULE = LintRule(
    id="L-EU-TRANSFER",
    severity=Severity.ERROR,
    laws=eu("GDPR 13(1)(f), 44-46", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[mall]\nhost_country = "BR"',
        good='[mall]\nhost_country = "JP"',
    ),
)
