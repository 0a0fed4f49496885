"""L-TRAINING: those who handle personal data are trained, and again before it is forgotten.

Found, as warnings: a cycle longer than the law table's; a handler whose training, as far as the
register knows, is older than the document's own cycle.
"""

import datetime
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
    ko="개인정보를 다루는 직원은 여섯 달마다 교육을 받습니다.",
    en="Staff who handle personal data are trained every six months.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when training is rare, or late."""
    every = case.body.upkeep.training_every
    least = row_of(tables(case.country).upkeep, "training", case.today).period
    keys = ("upkeep", "training_every")
    if too_seldom(every, least):
        yield Fault(keys, f"{every} is too seldom", f"write {least} or less", _WORDING)
    if overdue(case.registers.oldest_training, every, case.today):
        cure = "train them: until then nobody of them opens personal data (P7.14)"
        yield Fault(keys, "a handler's training has expired", cure)


RULE = LintRule(
    id="L-TRAINING",
    severity=Severity.WARNING,
    laws=kr("PIPA 28(2); Standard of safeguards 4", "2011-09-30", "M")
    | eu("GDPR 32(4), 39(1)(b)", "2018-05-25", "M"),
    check=check,
    sample=Sample(
        bad='[upkeep]\ntraining_every = "P3Y"',
        bad_registers=Registers(oldest_training=datetime.date(2000, 1, 1)),
        good='[upkeep]\ntraining_every = "P1Y"',
    ),
)
