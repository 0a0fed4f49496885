"""L-CPO: all six things about each officer are filled in (P11.2, P11.3).

Found: a blank, a dash or another placeholder in any detail of the manager or the handler.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.words import is_blank


def check(case: Case) -> Iterator[Fault]:
    """A fault for each blank field of the manager and the handler."""
    officers = case.body.officers
    for role, officer in (("manager", officers.manager), ("handler", officers.handler)):
        for name in officer.__struct_fields__:
            value: str | Text = getattr(officer, name)
            if is_blank(value):
                cure = f"write the {name} at which people reach the officer"
                yield Fault(("officers", role, name), "is blank", cure)


RULE = LintRule(
    id="L-CPO",
    severity=Severity.ERROR,
    laws=kr("PIPA 30(1)6, 31", "2011-09-30", "T")
    | eu("GDPR 13(1)(a)-(b), 38(4)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[officers.manager]\nfax = "☎"',
        good='[officers.manager]\nfax = "02-000-0010"',
    ),
)
