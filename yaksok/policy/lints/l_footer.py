"""L-FOOTER: a shop says who runs it, on every page.

Found: a blank or a placeholder in what the law wants to be shown of the operator.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.words import is_blank
from yaksok.policy.vocabulary import Profile

_EVERYWHERE = ("name", "company", "representative", "address", "phone", "email", "business_number")
_KOREA = (*_EVERYWHERE, "mail_order_number", "hosting", "complaints_phone")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each blank detail of the operator."""
    for name in _KOREA if case.profile is Profile.LAWFUL_KR else _EVERYWHERE:
        value: str | Text | None = getattr(case.body.mall, name)
        if value is None or is_blank(value):
            yield Fault(("mall", name), "is blank", f"write the {name.replace('_', ' ')}")


RULE = LintRule(
    id="L-FOOTER",
    severity=Severity.ERROR,
    laws=kr("E-Commerce Act 10(1), 13(1)", "2002-07-01", "W")
    | eu("Directive 2000/31/EC, 5(1)", "2002-01-17", "M"),
    check=check,
    sample=Sample(
        bad='[mall]\nbusiness_number = "-"', good='[mall]\nbusiness_number = "000-00-00001"'
    ),
)
