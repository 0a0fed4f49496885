"""L-2Y: whoever agreed to advertising is asked again, two years later to the day at the latest.

Found: ``reconfirm`` longer than the law table's period.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import row_of, tables
from yaksok.policy.lints.advertiser import advertising
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.lints.upkeep import too_seldom

_WORDING = Text(
    ko="광고를 받겠다고 하신 날부터 두 해마다 계속 받으실지 다시 여쭙니다.",
    en="Every two years from the day you agreed, we ask whether you still want advertising.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when the question comes too late."""
    table = case.body.advertising
    least = row_of(tables(case.country).marketing, "reconfirm", case.today).period
    if table is not None and too_seldom(table.reconfirm, least):
        keys = ("advertising", "reconfirm")
        yield Fault(keys, f"{table.reconfirm} is too late", f"write {least} or less", _WORDING)


RULE = LintRule(
    id="L-2Y",
    severity=Severity.ERROR,
    laws=kr("Network Act 50(8), Decree 62-3", "2014-11-29", "T"),
    check=check,
    sample=Sample(bad=advertising(reconfirm='"P3Y"'), good=advertising(reconfirm='"P1Y"')),
)
