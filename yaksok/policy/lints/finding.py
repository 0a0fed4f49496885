"""What a lint rule is, what it looks at, and what it finds."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal

from yaksok.policy.document import Document, DocumentError
from yaksok.policy.entries import Body, Text
from yaksok.policy.law.tables import Country, Mark
from yaksok.policy.lints.words import Said, said_by
from yaksok.policy.places import Path, line_of, shown
from yaksok.policy.vocabulary import Profile

COUNTRY: Mapping[Profile, Country] = {Profile.LAWFUL_EU: "eu", Profile.LAWFUL_KR: "kr"}
"""The law tables of each lawful profile."""


class Severity(StrEnum):
    """An error keeps a document out; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Registers:
    """What a running mall can prove. None means that it is not known here, and nothing is found.

    ``oldest_training`` is the day on which the longest untrained handler was last trained;
    ``roster_gap`` says whether some hour of the coming week has nobody on duty; ``issuer`` is who
    signed the certificate that is really served. Which claims are proven is not asked: the page
    itself says of each that is not that it is not met at present.
    """

    oldest_training: datetime.date | Literal["never"] | None = None
    last_audit: datetime.date | Literal["never"] | None = None
    roster_gap: bool | None = None
    issuer: str | None = None
    host_country: str | None = None


NOTHING_KNOWN = Registers()
"""What a document alone can prove."""


@dataclass(frozen=True)
class Case:
    """A document before the rules: by which law, on which day, what came before, what is proven.

    ``before`` is the version that the document would follow; None if it is looked at alone.
    """

    document: Document
    profile: Profile
    today: datetime.date
    before: Document | None = None
    registers: Registers = NOTHING_KNOWN

    @property
    def body(self) -> Body:
        """The tables of the document."""
        return self.document.body

    @property
    def country(self) -> Country:
        """The law tables that this case is held against."""
        return COUNTRY[self.profile]

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Every text of the document, and every clause in its words."""
        return tuple(said_by(self.body))

    @property
    def texts(self) -> Iterator[Said]:
        """The texts that stand in the document itself."""
        return (one for one in self.said if one.promise is None)

    @property
    def clauses(self) -> Iterator[Said]:
        """The sentences of the clauses, in the words of the document's own profile."""
        return (one for one in self.said if one.promise is not None)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check sees: where, what is wrong, what to do, and words to put in its place.

    ``severity`` is only given where a fault is milder than its rule.
    """

    keys: Path
    fault: str
    cure: str
    wording: Text | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a document must not say, where it says it, by which law, and the cure."""

    rule: str
    severity: Severity
    citation: str
    keys: Path
    fault: str
    cure: str
    wording: Text | None = None

    @property
    def key(self) -> str:
        """The key as a person writes it; for a sentence of the policy, the id of its promise."""
        if self.keys[0] == "profile" and len(self.keys) > 1:
            return str(self.keys[1])
        return shown(self.keys)

    @property
    def advice(self) -> str:
        """The cure, with the proposed words in both languages if there are any."""
        if self.wording is None:
            return self.cure
        return f"{self.cure}: “{self.wording.ko}” / “{self.wording.en}”"

    def line(self, document: Document) -> int:
        """The line of ``document`` that the finding is about, from 1."""
        return line_of(document.source, self.keys)

    def as_error(self, document: Document) -> DocumentError:
        """The finding as the reason why ``document`` is not taken."""
        fault = f"{self.fault} ({self.rule}, {self.citation})"
        line = self.line(document)
        return DocumentError(document.file, line, self.key, fault, self.advice)


@dataclass(frozen=True, slots=True)
class Sample:
    """Two small changes of a document that has no fault: ``bad`` breaks the rule, ``good`` does not.

    Each is TOML that is laid over the document's tables: tables are joined, anything else is
    replaced. ``bad_without`` and ``good_without`` are the dotted keys that are taken out first.
    ``before`` is laid over the document to make the version that it follows. ``also`` names rules
    that cannot but find something in ``bad`` too.
    """

    bad: str = ""
    good: str = ""
    bad_without: tuple[str, ...] = ()
    good_without: tuple[str, ...] = ()
    before: str | None = None
    bad_registers: Registers = NOTHING_KNOWN
    good_registers: Registers = NOTHING_KNOWN
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Law:
    """By which article a rule holds in one profile, since when, and how far that was checked."""

    citation: str
    effective: datetime.date
    mark: Mark
    ended: datetime.date | None = None

    def holds(self, at: datetime.date) -> bool:
        """Whether the rule is law on the day ``at``."""
        return self.effective <= at and (self.ended is None or at < self.ended)


@dataclass(frozen=True, slots=True)
class LintRule:
    """One rule: what it is called, by which law in which profile, what it looks for, how it looks."""

    id: str
    severity: Severity
    laws: Mapping[Profile, Law]
    check: Callable[[Case], Iterator[Fault]]
    sample: Sample

    @property
    def profiles(self) -> frozenset[Profile]:
        """The profiles whose documents it is held against."""
        return frozenset(self.laws)

    def findings(self, case: Case) -> Iterator[Finding]:
        """What the rule finds in ``case``; nothing while it is not law there."""
        law = self.laws.get(case.profile)
        if law is None or not law.holds(case.today):
            return
        for fault in self.check(case):
            yield Finding(
                self.id,
                fault.severity or self.severity,
                law.citation,
                fault.keys,
                fault.fault,
                fault.cure,
                fault.wording,
            )


def kr(citation: str, effective: str, mark: Mark) -> dict[Profile, Law]:
    """The rule holds in the Korean profile, by ``citation``, from the day ``effective``."""
    return {Profile.LAWFUL_KR: Law(citation, datetime.date.fromisoformat(effective), mark)}


def eu(citation: str, effective: str, mark: Mark) -> dict[Profile, Law]:
    """The rule holds in the European profile, by ``citation``, from the day ``effective``."""
    return {Profile.LAWFUL_EU: Law(citation, datetime.date.fromisoformat(effective), mark)}
