"""L-AUDIT: whether the promise is kept is looked at every year at least (P7.16).

Found, as warnings: a cycle longer than the law table's; a last audit that, as far as the register
knows, is older than the document's own cycle, or none at all.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import row_of, tables
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
from yaksok.policy.lints.upkeep import overdue, too_seldom

_WORDING = Text(
    ko="감사위원회가 해마다 이 정책이 이행되는지 감사합니다.",
    en="An audit committee audits every year that this policy is carried out.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when audits are rare, or late."""
    every = case.body.upkeep.audit_every
    least = row_of(tables(case.country).upkeep, "audit", case.today).period
    keys = ("upkeep", "audit_every")
    if too_seldom(every, least):
        yield Fault(keys, f"{every} is too seldom", f"write {least} or less", _WORDING)
    if overdue(case.registers.last_audit, every, case.today):
        yield Fault(keys, "the last audit is too long ago", "have it audited, and enter the report")


RULE = LintRule(
    id="L-AUDIT",
    severity=Severity.WARNING,
    laws=kr("PIPA 31(3); Standard of safeguards 4", "2011-09-30", "W")
    | eu("GDPR 24(1), 32(1)(d)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[upkeep]\naudit_every = "P1Y"',
        bad_registers=Registers(last_audit="never"),
        good='[upkeep]\naudit_every = "P6M"',
    ),
)
