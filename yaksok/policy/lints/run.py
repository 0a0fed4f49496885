"""Hold a document against every rule of its profile."""

from yaksok.policy.document import Document
from yaksok.policy.lints import l_cpo, l_noperiod, l_rrn, l_vague
from yaksok.policy.lints.finding import Finding, LintRule

RULES: tuple[LintRule, ...] = (l_cpo.RULE, l_noperiod.RULE, l_rrn.RULE, l_vague.RULE)
"""Every rule, by id."""


def lint(document: Document) -> tuple[Finding, ...]:
    """What the rules of the document's profile find in it, in the order of the rules."""
    profile = document.body.profile
    return tuple(
        finding
        for rule in RULES
        if profile in rule.profiles and rule.effective <= document.body.effective
        for finding in rule.check(document)
    )
