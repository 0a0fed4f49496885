"""Puts a policy document in force: checked, announced, and asked of every member, in one transaction."""

import datetime
from dataclasses import dataclass

from msgspec import structs

from yaksok.database.roles import keeper
from yaksok.journeys import registers
from yaksok.journeys.policy_notice import notice
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.errors import Refused, YaksokError
from yaksok.mall.board import posting
from yaksok.mall.board.kinds import NoticeKind
from yaksok.policy import in_force
from yaksok.policy.compile import Policy, compile_document
from yaksok.policy.document import Document, parse
from yaksok.policy.impact import Impact, impact
from yaksok.policy.lineage import descend
from yaksok.policy.lints.finding import Finding, Severity
from yaksok.policy.lints.run import lint
from yaksok.policy.pages import whole
from yaksok.policy.vocabulary import Profile, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import campaigns
from yaksok.privacy.published import obeying, register
from yaksok.privacy.vault import gate

FILE = "policy.toml"
"""How errors name a document that came from a person and not from a file."""


LONGEST_LEAD_DAYS = 366
"""How long a version may hang before its day. Whoever mistypes the year can still publish another."""

MEMBERS = RecordKind.MEMBERSHIP
"""Whoever has such a record is a member, and is asked."""


class Overtaken(YaksokError):
    """Somebody else published meanwhile. Look at their version ``number``, then begin from it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"version {number} was published meanwhile; look at it and begin from it")
        self.number = number


class Unlawful(YaksokError):
    """The linter found errors in the document; see ``findings``. The one in force stays."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        rules = ", ".join(sorted({finding.rule for finding in findings}))
        super().__init__(f"the document is not lawful: {rules}; yaksok policy lint says more")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Simulation:
    """What publishing would do now. ``members`` is how many people would be asked."""

    base: int
    findings: tuple[Finding, ...]
    impact: Impact
    members: int
    earliest: datetime.date
    before: Policy
    after: Policy

    @property
    def document(self) -> Document:
        """The document that would be published."""
        return self.after.document

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that keep the document out."""
        lawful = self.document.body.profile is not Profile.AS_WRITTEN
        return tuple(f for f in self.findings if lawful and f.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did. ``asked`` is the number of questions put: members times points."""

    number: int
    version: str
    effective_at: datetime.datetime
    points: tuple[str, ...]
    asked: int


def found(actor: Actor) -> int:
    """The number of the version in force, publishing the mall's first one if there is none.

    The first version is the document that the process was started with. Nobody is asked: nobody
    has given anything yet, or they gave it under these very words.
    """
    with keeper():
        register.lock()
        latest = register.latest()
        if latest is not None:
            return latest.number
        first = in_force.policy()
        register.keep(
            first,
            number=register.FOUNDING,
            adverse=False,
            effective_at=clock.now(),
            published_by=None,
            pages=whole.pages(first),
        )
        _tell(actor, first.version)
    return register.FOUNDING


def simulate(source: str, *, file: str = FILE) -> Simulation:
    """What would follow if ``source`` were published now. Changes nothing.

    Raises:
        DocumentError: it is no document, or refers to what it does not declare.
    """
    with keeper():
        return _simulate(source, file)


def publish(source: str, *, base: int, actor: Actor, file: str = FILE) -> Published:
    """Publish ``source`` as the version after ``base``; it takes effect on its own date.

    All of it is one transaction: the version with its rendered pages, the notice on the board, a
    question to every member for each thing that is new (P1.8), the log entry. Whoever does not
    answer, or says no, keeps the scope they agreed to (P1.9).

    Raises:
        DocumentError: the document cannot be taken, or its date or version do not fit.
        Unlawful: the linter of its profile finds errors.
        Overtaken: a version was published after ``base``.

    Refuses:
        Refused: the actor is neither the trained privacy officer nor the mall itself.

    Records:
        Event.POLICY_VERSION_PUBLISHED.

    Cost:
        One row per member and point, written inside the database; memory does not grow.
    """
    _must_be_the_officer(actor)
    with keeper():
        register.lock()
        found = _simulate(source, file)
        if found.base != base:
            raise Overtaken(found.base)
        if found.errors:
            raise Unlawful(found.errors)
        after = found.after
        effective_at = _effective(found, after)
        number = base + 1
        register.keep(
            after,
            number=number,
            adverse=found.impact.adverse,
            effective_at=effective_at,
            published_by=actor.subject,
            pages=whole.pages(after),
        )
        _announce(number, after, found.impact)
        points = frozenset(point.name for point in found.impact.points)
        asked = campaigns.open_for_all(number, points, gate.holders(MEMBERS)) if points else 0
        _tell(actor, after.version)
    return Published(number, after.version, effective_at, tuple(sorted(points)), asked)


def _must_be_the_officer(actor: Actor) -> None:
    if actor.role is Role.SYSTEM or (actor.role is Role.OFFICER and actor.trained):
        return
    msg = "only the privacy officer publishes a policy"
    raise Refused(msg, promise="P11.1", advice="ask the privacy officer")


def _simulate(source: str, file: str) -> Simulation:
    latest = register.latest()
    before = obeying.compiled(latest.number) if latest else in_force.policy()
    since = latest.effective_at.astimezone(SEOUL).date() if latest else clock.today()
    document = parse(source, file)
    succeeded = before.document.body
    after = compile_document(document, descend(before.lineage, succeeded, document.body))
    _must_follow(document, before)
    changes = impact(before, after)
    told = structs.replace(before.document, body=structs.replace(succeeded, effective=since))
    return Simulation(
        base=latest.number if latest else 0,
        findings=lint(document, before=told, registers=registers.known()),
        impact=changes,
        members=gate.count(MEMBERS),
        # Nothing takes effect before the latest version does, or that would not hang long enough.
        earliest=max(clock.today() + datetime.timedelta(days=changes.lead_days), since),
        before=before,
        after=after,
    )


def _must_follow(document: Document, before: Policy) -> None:
    body = document.body
    if register.is_published(body.version) or body.version == before.version:
        cure = "give this version a name of its own, such as the date on which it takes effect"
        raise document.error(("version",), f"{body.version} was published already", cure)
    if body.profile is not before.profile:
        cure = f'write profile = "{before.profile}"; a mall begins another profile with new data'
        raise document.error(("profile",), "is not the profile of this mall", cure)


def _effective(found: Simulation, after: Policy) -> datetime.datetime:
    """The moment from which the document holds: the first of its day in Seoul, or now."""
    if after.effective < found.earliest:
        cure = f"write {found.earliest} or later: it hangs on the board for that long first"
        raise found.document.error(("effective",), f"is {after.effective}", cure)
    latest = clock.today() + datetime.timedelta(days=LONGEST_LEAD_DAYS)
    if after.effective > latest:
        cure = f"write {latest} or sooner: no version after it could take effect before it does"
        raise found.document.error(("effective",), f"is {after.effective}", cure)
    start = clock.midnight(after.effective)
    return max(start.astimezone(datetime.UTC), clock.now())


def _announce(number: int, after: Policy, changes: Impact) -> None:
    told = notice(after, changes)
    posting.post(NoticeKind.POLICY, f"policy:{after.version}", told.title, told.body, number=number)


def _tell(actor: Actor, version: str) -> None:
    log.record(Event.POLICY_VERSION_PUBLISHED, actor=actor, promise="P1.8", reason=version)
