"""What a lint rule is, and what it finds."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from yaksok.policy.document import Document, DocumentError
from yaksok.policy.places import Path
from yaksok.policy.vocabulary import Profile

LAWFUL = frozenset({Profile.LAWFUL_EU, Profile.LAWFUL_KR})
"""Profiles that are held against a law."""


class Severity(StrEnum):
    """An error keeps a document out; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a document must not say, where it says it, and what to write instead."""

    rule: str
    severity: Severity
    citation: str
    keys: Path
    fault: str
    cure: str

    def as_error(self, document: Document) -> DocumentError:
        """The finding as the reason why ``document`` is not taken."""
        return document.error(self.keys, f"{self.fault} ({self.rule}, {self.citation})", self.cure)


@dataclass(frozen=True, slots=True)
class Sample:
    """A change to the packaged document: the rule must find something in ``bad``, not in ``good``."""

    at: str
    bad: str
    good: str


@dataclass(frozen=True, slots=True)
class LintRule:
    """One rule: what it is called, by which law, since when, for whom, and how it looks."""

    id: str
    severity: Severity
    citation: str
    effective: datetime.date
    profiles: frozenset[Profile]
    check: Callable[[Document], Iterator[Finding]]
    sample: Sample
