"""L-DESTROY-DELAY: what has served its purpose is destroyed without delay.

Found: a record that outlives the end of membership, of employment, of a guardian's say, or of the period that a law set,
by more than the law table allows for "without delay". What ends with the delivery is not looked at:
goods can still be returned then (L-WITHDRAWAL).
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import deadline
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.upkeep import too_seldom
from yaksok.policy.vocabulary import EndEvent

_OVER = frozenset(
    {
        EndEvent.CAME_OF_AGE,
        EndEvent.EMPLOYMENT_ENDED,
        EndEvent.GUARDIANSHIP_ENDED,
        EndEvent.LAW_PERIOD_ENDED,
        EndEvent.MEMBERSHIP_ENDED,
    }
)
_WORDING = Text(
    ko="탈퇴하거나 회원 자격을 잃은 때 바로 파기합니다.",
    en="Destroyed at once when the person leaves or loses membership.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each record that lives on without a purpose."""
    longest = deadline("destruction", case.today, case.country).period
    for kind, record in case.body.records.items():
        if record.end.event in _OVER and too_seldom(record.end.period, longest):
            keys = ("records", kind.value, "end", "period")
            fault = f"keeps it for {record.end.period} after its purpose has ended"
            yield Fault(keys, fault, f"write {longest} or less, best P0D", _WORDING)


RULE = LintRule(
    id="L-DESTROY-DELAY",
    severity=Severity.ERROR,
    laws=kr("PIPA 21(1); Standard Guideline 10", "2011-09-30", "M")
    | eu("GDPR 5(1)(e), 17(1)(a)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[records.membership.end]\nperiod = "P1Y"',
        good='[records.membership.end]\nperiod = "P1D"',
    ),
)
