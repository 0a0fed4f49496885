"""L-REMEDY: whoever is not satisfied is told where else to turn (P11.4, Korea).

Found: a document without any remedy; as a warning, one without the body that receives complaints
of infringement and the one that mediates.
"""

from collections.abc import Iterator

from yaksok.policy.law.tables import in_force, tables
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr

_FIRST = ("report_centre", "mediation")


def check(case: Case) -> Iterator[Fault]:
    """A fault when somebody would not know where to turn."""
    named = set(case.body.remedies)
    missing = [name for name in _FIRST if name not in named]
    open_today = in_force(tables("kr").remedy, case.today)
    if not named:
        cure = f"write remedies = [{', '.join(f'{chr(34)}{name}{chr(34)}' for name in open_today)}]"
        yield Fault(("remedies",), "names no outside body", cure)
    elif missing:
        cure = "add them, so that everybody finds the nearest one"
        fault = f"does not name {', '.join(missing)}"
        yield Fault(("remedies",), fault, cure, severity=Severity.WARNING)


RULE = LintRule(
    id="L-REMEDY",
    severity=Severity.ERROR,
    laws=kr("PIPA 30(1), Decree 31(1)", "2011-09-30", "W"),
    check=check,
    sample=Sample(bad="remedies = []", good='remedies = ["report_centre", "mediation"]'),
)
