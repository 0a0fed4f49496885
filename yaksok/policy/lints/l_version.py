"""L-VERSION: whoever changes the text says so: a new version, a later day, what has changed.

Only looked at when the version before is known. Found: other words under the same version; a day
on which it takes effect that lies before that of the version before; no ``changes``.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.words import is_blank

_WORDING = Text(
    ko="바뀐 곳: (무엇이 왜 달라졌는지 한두 문장)",
    en="Changed: (what, and why, in a sentence or two)",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each thing that a successor must say and this one does not."""
    if case.before is None or case.before.hash == case.document.hash:
        return
    before, body = case.before.body, case.body
    if body.version == before.version:
        cure = "give it a version of its own, such as the day on which it takes effect"
        yield Fault(("version",), f"{body.version} was published with other words", cure)
    if body.effective < before.effective:
        cure = f"write a day from {before.effective} on"
        yield Fault(("effective",), "lies before that of the version in force", cure)
    if body.changes is None or is_blank(body.changes):
        cure = "say what has changed since the version before"
        yield Fault(("changes",), "does not say what has changed", cure, _WORDING)


RULE = LintRule(
    id="L-VERSION",
    severity=Severity.ERROR,
    laws=kr("PIPA 30(2), Decree 31(2); guideline, earlier versions", "2011-09-30", "W")
    | eu("GDPR 12(1), 13(3); WP260, 29-31", "2018-05-25", "W"),
    check=check,
    sample=Sample(
        bad='version = "2099-01-01"',
        good='version = "2099-01-01"\n'
        'changes = { ko = "전화번호를 고쳤습니다.", en = "A phone number was corrected." }',
        before='[officers.manager]\nphone = "02-000-0003"',
    ),
)
