"""L-PROGRAMME: data is given to a company for as long as was announced, and no longer (P4.2).

Found: a programme that has ended by the day the document is held against; one for a recipient that
needs no consent, whose programme would ask people for what happens anyway.
"""

from collections.abc import Iterator

from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.places import Path


def check(case: Case) -> Iterator[Fault]:
    """A fault for each programme that is over, or asks for nothing."""
    for name, programme in case.body.programmes.items():
        here: Path = ("programmes", name)
        if programme.ends < case.today:
            cure = "announce it again with a later end, or take it out with its grants"
            yield Fault((*here, "ends"), f"ended on {programme.ends}", cure)
        third = case.body.recipients.get(programme.recipient)
        if third is not None and third.without_consent is not None:
            cure = "take the programme out, or the recipient's without_consent"
            yield Fault((*here, "recipient"), "asks for what happens without consent", cure)


_NEWS = """
[recipients.advertiser]
company = { ko = "가나다광고 주식회사", en = "Ganada Advertising Inc." }
purpose = { ko = "신상품 안내", en = "news of goods" }
items = ["email"]
keeps = { ko = "동의를 철회할 때까지", en = "until consent is withdrawn" }
entrusted = false

[programmes.news]
recipient = "advertiser"
benefit = { ko = "새 상품을 먼저 알 수 있음", en = "word of new goods first" }
notice = "programme:news"
"""

RULE = LintRule(
    id="L-PROGRAMME",
    severity=Severity.ERROR,
    laws=kr("PIPA 17(2)", "2011-09-30", "T") | eu("GDPR 5(1)(b), 13(1)(e)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad=_NEWS + "starts = 2020-01-01\nends = 2020-12-31",
        good=_NEWS + "starts = 2020-01-01\nends = 2099-12-31",
    ),
)
