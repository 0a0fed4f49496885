"""Hold a document against every rule of its profile."""

import datetime
import importlib
import pkgutil

from yaksok.policy import lints
from yaksok.policy.document import Document
from yaksok.policy.lints.finding import (
    COUNTRY,
    NOTHING_KNOWN,
    Case,
    Finding,
    LintRule,
    Registers,
    Severity,
)
from yaksok.policy.vocabulary import Profile


def _rules() -> tuple[LintRule, ...]:
    names = [module.name for module in pkgutil.iter_modules(lints.__path__)]
    modules = (importlib.import_module(f"{lints.__name__}.{n}") for n in names if n[:2] == "l_")
    return tuple(sorted((module.RULE for module in modules), key=lambda rule: rule.id))


RULES: tuple[LintRule, ...] = _rules()
"""Every rule, by id: the ``RULE`` of each module of this package whose name begins with ``l_``."""


def lint(
    document: Document,
    profile: Profile | None = None,
    today: datetime.date | None = None,
    *,
    before: Document | None = None,
    registers: Registers = NOTHING_KNOWN,
) -> tuple[Finding, ...]:
    """What the rules of ``profile`` find in ``document``: errors first, then by rule and place.

    A rule, or a row of the law tables, that is not in force on the day is not applied. The policy
    of the source text (``as_written``) is held against no law unless a profile is named.

    Arguments:
        profile: The law to hold it against; the document's own profile if None.
        today: The day whose law counts; the day on which the document takes effect if None, so
            that a mall which started today starts tomorrow too.
        before: The version that the document would follow, for what only a change can break.
        registers: What the running mall can prove. What is not known finds nothing.
    """
    held = profile or document.body.profile
    if held not in COUNTRY:
        return ()
    case = Case(document, held, today or document.body.effective, before, registers)
    found = [finding for rule in RULES for finding in rule.findings(case)]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))
