"""L-WITHDRAWAL: an order can still be found while it can still be taken back.

Found, as warnings: the record of who ordered or of where the goods went is destroyed sooner after
the delivery than a buyer may withdraw. A copy that a law has kept is locked away, and is no help.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import row_of, tables
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.upkeep import too_seldom
from yaksok.policy.vocabulary import EndEvent, RecordKind

_WORDING = Text(
    ko="받은 상품이 광고와 다를 때 물릴 수 있는 기간이 지나면 파기합니다.",
    en="Destroyed when the time in which the goods can be returned has passed.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each order that is forgotten too soon."""
    least = row_of(tables(case.country).withdrawal, "goods_differ", case.today).period
    for kind in (RecordKind.ORDER_PAYER, RecordKind.ORDER_RECIPIENT):
        record = case.body.records.get(kind)
        if record is None or record.end.event is not EndEvent.DELIVERED:
            continue
        if too_seldom(least, record.end.period):
            keys = ("records", kind.value, "end", "period")
            fault = f"{record.end.period} is over before the time to withdraw is"
            yield Fault(keys, fault, f"write {least} or more", _WORDING)


RULE = LintRule(
    id="L-WITHDRAWAL",
    severity=Severity.WARNING,
    laws=kr("E-Commerce Act 17(1), 17(3)", "2002-07-01", "M")
    | eu("Directive 2011/83/EU, 9", "2014-06-13", "M"),
    check=check,
    sample=Sample(
        bad='[records.order_payer.end]\nperiod = "P3D"',
        good='[records.order_payer.end]\nperiod = "P4M"',
    ),
)
