"""L-14D: whoever agrees to advertising, refuses it or withdraws is told what became of that.

Found: ``result`` longer than the law table's period.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import row_of, tables
from yaksok.policy.lints.advertiser import advertising
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.lints.upkeep import too_seldom

_WORDING = Text(
    ko="수신 동의, 거부, 철회의 처리 결과를 14일 안에 알려 드립니다.",
    en="Within 14 days you are told what became of your consent, refusal or withdrawal.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when the answer comes too late."""
    table = case.body.advertising
    least = row_of(tables(case.country).marketing, "result", case.today).period
    if table is not None and too_seldom(table.result, least):
        keys = ("advertising", "result")
        yield Fault(keys, f"{table.result} is too late", f"write {least} or less", _WORDING)


RULE = LintRule(
    id="L-14D",
    severity=Severity.ERROR,
    laws=kr("Network Act 50(7), Decree 62-2", "2014-11-29", "T"),
    check=check,
    sample=Sample(bad=advertising(result='"P1M"'), good=advertising(result='"P7D"')),
)
