"""L-PROCESSOR: whoever works for the mall does so by a written contract that still runs.

Found: a processor with a blank company or work; one whose contract has run out by the day that the
document is held against. As a warning: one that names no day at all.
"""

from collections.abc import Iterator

from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.words import is_blank
from yaksok.policy.places import Path


def check(case: Case) -> Iterator[Fault]:
    """A fault for each processor without a contract that runs."""
    for name, processor in case.body.processors.items():
        here: Path = ("processors", name)
        if is_blank(processor.company) or is_blank(processor.work):
            yield Fault(here, "does not say who does what", "name the company and its work")
        until = processor.contract_until
        keys = (*here, "contract_until")
        if until is None:
            cure = "write the last day of the contract"
            yield Fault(keys, "names no contract", cure, severity=Severity.WARNING)
        elif until < case.today:
            cure = "renew the contract, or take the processor out"
            yield Fault(keys, f"the contract ended on {until}", cure)


_HOST = """
[processors.host]
company = { ko = "예시 호스팅", en = "Example Hosting" }
work = { ko = "서버 운영", en = "running the machines" }
items = []
"""

RULE = LintRule(
    id="L-PROCESSOR",
    severity=Severity.ERROR,
    laws=kr("PIPA 26(1)-(2); Decree 28", "2011-09-30", "T") | eu("GDPR 28(3)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad=_HOST + "contract_until = 2020-12-31", good=_HOST + "contract_until = 2099-12-31"
    ),
)
