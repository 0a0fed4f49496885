"""L-DESK: who takes complaints says how soon they are answered, and that is soon.

Found, as warnings: a document with inquiries that has no ``[desk]`` table, because "quickly" (P10.4)
then means nothing that anybody could hold the mall to; more than ten working days until an answer, the
longest that the law leaves a mall for others' goods to say what becomes of a dispute.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import RecordKind

LONGEST = 10
"""Working days."""

_WORDING = Text(
    ko="문의와 불만에는 영업일 기준 3일 안에 답합니다.",
    en="Inquiries and complaints are answered within three working days.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for a desk without a deadline, or with one that is too long."""
    desk = case.body.desk
    if desk is None:
        if RecordKind.INQUIRY in case.body.records:
            cure = 'add [desk] with first_answer = "P3D"'
            yield Fault(("desk",), "is missing: nobody is told how soon they are answered", cure)
        return
    if Period.parse(desk.first_answer).days > LONGEST:
        keys = ("desk", "first_answer")
        cure = f"write {LONGEST} working days or fewer"
        yield Fault(keys, f"{desk.first_answer} is too long to wait", cure, _WORDING)


RULE = LintRule(
    id="L-DESK",
    severity=Severity.WARNING,
    laws=kr("E-Commerce Act 20(3), Decree 25-2; PIPA 31(4)5", "2012-08-18", "M")
    | eu("GDPR 38(4), 12(3)", "2018-05-25", "M"),
    check=check,
    sample=Sample(
        bad='[desk]\nfirst_answer = "P20D"',
        good='[desk]\nfirst_answer = "P2D"',
    ),
)
