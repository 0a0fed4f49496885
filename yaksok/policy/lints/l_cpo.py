"""L-CPO: all six things about each officer are filled in."""

import datetime
from collections.abc import Iterator

from yaksok.policy.document import Document
from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import LAWFUL, Finding, LintRule, Sample, Severity
from yaksok.policy.places import Path

_PLACEHOLDERS = frozenset({"", "-", "0", "000", "☎", "?", "tbd", "n/a", "미정", "없음"})


def check(document: Document) -> Iterator[Finding]:
    """A finding for each blank field of the manager and the handler."""
    officers = document.body.officers
    for role, officer in (("manager", officers.manager), ("handler", officers.handler)):
        for name in officer.__struct_fields__:
            value = getattr(officer, name)
            words = (value.ko, value.en) if isinstance(value, Text) else (value,)
            if any(word.strip().casefold() in _PLACEHOLDERS for word in words):
                keys: Path = ("officers", role, name)
                cure = f"write the {name} at which people reach the officer"
                yield Finding(RULE.id, RULE.severity, RULE.citation, keys, "is blank", cure)


RULE = LintRule(
    id="L-CPO",
    severity=Severity.ERROR,
    citation="PIPA 30(1)6, 31",
    effective=datetime.date(2011, 9, 30),
    profiles=LAWFUL,
    check=check,
    sample=Sample(at='fax = "02-000-0009"', bad='fax = "☎"', good='fax = "02-000-0010"'),
)
