"""L-LABEL: the page begins with the marks that the writing guideline wants, each that applies.

Found, as one warning: the marks that the document's own tables call for and ``labels`` lacks.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Body
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.vocabulary import Label

_ALWAYS = frozenset(
    {Label.CHILDREN, Label.ITEMS, Label.OFFICER, Label.PURPOSE, Label.RETENTION, Label.RIGHTS}
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when a mark that applies is missing."""
    missing = sorted(_due(case.body) - set(case.body.labels))
    if missing:
        whole = ", ".join(f'"{label}"' for label in (*case.body.labels, *missing))
        cure = f"write labels = [{whole}]"
        yield Fault(("labels",), f"lacks {', '.join(missing)}", cure)


def _due(body: Body) -> frozenset[Label]:
    """The marks that apply to ``body``."""
    third = body.recipients.values()
    home = body.mall.country
    places = [one.country for one in third] + [one.country for one in body.processors.values()]
    applying = {
        Label.PROVISION: any(not one.entrusted for one in third),
        Label.ENTRUSTMENT: any(one.entrusted for one in third) or bool(body.processors),
        Label.OVERSEAS: body.mall.host_country != home or any(place != home for place in places),
    }
    return _ALWAYS | {label for label, applies in applying.items() if applies}


RULE = LintRule(
    id="L-LABEL",
    severity=Severity.WARNING,
    laws=kr("PIPC guideline on writing a privacy policy, labelling", "2024-04-01", "W"),
    check=check,
    sample=Sample(
        bad='labels = ["purpose", "items"]',
        good='labels = ["purpose", "items", "retention", "entrustment", "children", "rights",'
        ' "officer"]',
    ),
)
