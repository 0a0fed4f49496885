"""L-ADMARK: an advertisement says that it is one, who sends it, and how to refuse it.

Found: a mark other than "(광고)"; a sender or a number to refuse that is left blank.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.advertiser import advertising
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.lints.words import is_blank

_MARK = "(광고)"
_WORDING = Text(ko=_MARK, en="(advertisement)")


def check(case: Case) -> Iterator[Fault]:
    """A fault for each thing that the advertisement must carry."""
    table = case.body.advertising
    if table is None:
        return
    if table.mark.ko.strip() != _MARK:
        yield Fault(
            ("advertising", "mark"), "is not the mark of the law", "write instead", _WORDING
        )
    for name, value in (("sender", table.sender), ("opt_out_phone", table.opt_out_phone)):
        if is_blank(value):
            cure = "say who sends it, and where it is refused free of charge"
            yield Fault(("advertising", name), "is blank", cure)


RULE = LintRule(
    id="L-ADMARK",
    severity=Severity.ERROR,
    laws=kr("Network Act 50(4), Decree 62 and annex 6", "2014-11-29", "T"),
    check=check,
    sample=Sample(
        bad=advertising(mark='{ ko = "[AD]", en = "[AD]" }'),
        good=advertising(mark='{ ko = "(광고)", en = "(ad)" }'),
    ),
)
