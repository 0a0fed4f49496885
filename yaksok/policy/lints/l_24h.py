"""L-24H: who says "24 hours" has somebody on duty in every one of them.

A clause that says so may stand: as long as the roster does not prove it, the page puts "not met at
present" before it. So this is found: a claim of 24 hours that no register is to prove, because the
page would then state it flatly; ``around_the_clock = true`` without a claim of the roster; and
``around_the_clock = true`` while the roster is known to have a gap. As a warning: the same while
nothing is known of the roster, because a document alone cannot prove it.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
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
from yaksok.policy.vocabulary import Register

_ALWAYS = re.compile(r"24\s*시간|around the clock|at any hour|24 ?/ ?7|24 hours", re.IGNORECASE)
_ON_DUTY = frozenset({Register.ROSTER, Register.WATCH})
_WORDING = Text(
    ko="평일 09시부터 18시까지 상담합니다. 그 밖의 시간에는 1:1 상담메일로 받습니다.",
    en="We answer on weekdays from 09:00 to 18:00, and by 1:1 mail at other times.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each claim of 24 hours that nothing proves."""
    proved = {
        promise
        for claim in case.body.claims.values()
        if claim.register in _ON_DUTY
        for promise in claim.promises
    }
    if case.body.mall.around_the_clock:
        keys = ("mall", "around_the_clock")
        if not proved:
            cure = "add a [claims] table with register = roster, or write false"
            yield Fault(keys, "is claimed, and no register proves it", cure, _WORDING)
        elif case.registers.roster_gap:
            cure = "fill the roster, or write false"
            yield Fault(keys, "is claimed, and the roster has a gap", cure, _WORDING)
        elif case.registers.roster_gap is None:
            cure = "have somebody on duty in every hour, or write false"
            fault = "is claimed; this document alone cannot prove it"
            yield Fault(keys, fault, cure, _WORDING, Severity.WARNING)
    for said in case.said:
        if said.names(_ALWAYS) and said.promise not in proved:
            cure = "let a [claims] table with register = roster prove it, or say the real hours"
            yield Fault(said.keys, "says 24 hours, and no register proves it", cure, _WORDING)


RULE = LintRule(
    id="L-24H",
    severity=Severity.ERROR,
    laws=kr("Fair Labeling and Advertising Act 3(1)1", "1999-07-01", "M")
    | eu("Directive 2005/29/EC, 6(1)", "2007-12-12", "M"),
    check=check,
    sample=Sample(
        bad="[mall]\naround_the_clock = true",
        bad_registers=Registers(roster_gap=True),
        good="[mall]\naround_the_clock = true",
        good_registers=Registers(roster_gap=False),
    ),
)
