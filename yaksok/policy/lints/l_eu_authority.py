"""L-EU-AUTHORITY: the page names the supervisory authority to complain to.

Found: no ``[european]``; an authority whose name is blank, or whose address is not an https one.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu
from yaksok.policy.lints.words import is_blank

_WORDING = Text(
    ko="거주하거나 일하는 나라의 감독기구에 불만을 제기할 수 있습니다.",
    en="You can complain to the supervisory authority of the country where you live or work.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when there is nobody to complain to."""
    european = case.body.european
    if european is None:
        cure = "add [european] with state, authority and authority_url"
        yield Fault(("european",), "names no supervisory authority", cure, _WORDING)
        return
    if is_blank(european.authority):
        yield Fault(("european", "authority"), "is blank", "name the authority", _WORDING)
    if not european.authority_url.startswith("https://"):
        cure = "write the https address at which it takes complaints"
        yield Fault(("european", "authority_url"), "is no address to go to", cure)


RULE = LintRule(
    id="L-EU-AUTHORITY",
    severity=Severity.ERROR,
    laws=eu("GDPR 13(2)(d), 77", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[european]\nauthority = { ko = "", en = "" }',
        good='[european]\nauthority = { ko = "감독기구", en = "Supervisory authority" }\n'
        'authority_url = "https://authority.example"',
    ),
)
