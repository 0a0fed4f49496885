"""Give data to a named partner: announced on the board, started by an officer, agreed to one by one.

An officer sees counts, never a person. Who agrees is given to the partner from then on, for as long as
the programme runs; who takes it back is not, and the partner is asked to erase what it has.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import structlog

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import programme_notice
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, Refused, YaksokError
from yaksok.kernel.ids import SubjectId
from yaksok.mall.board import posting, reading
from yaksok.mall.board.kinds import NoticeKind
from yaksok.policy.entries import Programme, Recipient, Text
from yaksok.policy.facts import DISCLOSE
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure import handover, late, programmes, register, spreading
from yaksok.privacy.disclosure.register import Alarms, Entry

MAY_LOOK = frozenset({Role.AUDITOR, Role.OFFICER})
AT_ONCE = 200
"""Handovers that one round of the job plans for one programme."""

SHARING = f"{DISCLOSE}:"

NAMED_OTHERWISE = Text(
    ko="이 공지 이름으로는 다른 공지가 이미 걸려 있습니다. 처리방침의 프로그램에 새 공지 이름을 적어 주세요.",
    en="Another notice hangs under this name already. Name a new one in the programme of the policy.",
)

notes = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """One programme of the policy in force, as an officer sees it: words and counts, nobody.

    ``announced`` is when the notice began to hang whose words are those of today; None without one.
    ``stale``: it was started under other terms than those of today, so it does not run.
    ``agreed``: how many agreed and refused nothing; ``counts``: given, waiting, failed, recalled.
    """

    name: str
    company: str
    benefit: str
    purpose: str
    items: tuple[Item, ...]
    keeps: str
    starts: date
    ends: date
    notice: UUID | None
    announced: datetime | None
    runs: bool
    stale: bool
    agreed: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Overview:
    """Every programme, and what of corrections and erasures a person must look at."""

    programmes: tuple[Shown, ...]
    alarms: Alarms
    to_look_at: tuple[Entry, ...]


def view(actor: Actor, language: Language) -> Overview:
    """All programmes with their counts.

    Refuses:
        Refused: the role has no business with sharing (P7.13).
    """
    _must_look(actor)
    with keeper():
        body = policy().document.body
        shown = tuple(
            _shown(name, one, body.recipients[one.recipient], language)
            for name, one in body.programmes.items()
        )
        return Overview(shown, register.alarms(), register.to_look_at())


def alarms() -> Alarms:
    """What a person must look at, in two counts. For the console's frame and the doctor."""
    with keeper():
        return register.alarms()


@retrying
def announce(actor: Actor, name: str, *, language: Language) -> UUID:
    """Post the notice of the programme ``name``, with its five points; the id of the notice (P4.2).

    Announcing it again changes nothing. The notice hangs for good: other terms need another one.

    Raises:
        NotFound: the policy in force has no such programme.
        Invalid: another notice hangs under its name.

    Refuses:
        Refused: the actor is not the trained privacy officer.

    Records:
        Event.BOARD_NOTICE_POSTED.
    """
    _must_be_the_officer(actor)
    with keeper():
        programme, third = programmes.named(name)
        words = programme_notice.words(programme, third)
        found = reading.by_key(programme.notice)
        if found is not None:
            if not programme_notice.says(found, words):
                raise Invalid({"": NAMED_OTHERWISE.in_(language)})
            return found.id
        posted = posting.post(NoticeKind.SHARING, programme.notice, words.title, words.body)
        log.record(Event.BOARD_NOTICE_POSTED, actor=actor, promise="P4.2", reason=str(posted.id))
        return posted.id


@retrying
def activate(actor: Actor, name: str) -> None:
    """Start the programme ``name``: whoever agreed is given to its partner from now on.

    Raises:
        NotFound: the policy in force has no such programme.

    Refuses:
        Refused: the actor is not the trained privacy officer; no notice with today's words hangs on
            the board, or today lies outside its days (P4.2).

    Records:
        Event.DISCLOSURE_PROGRAMME_STARTED.
    """
    _must_be_the_officer(actor)
    with keeper():
        programme, third = programmes.named(name)
        found = reading.by_key(programme.notice)
        told = found is not None and programme_notice.says(
            found, programme_notice.words(programme, third)
        )
        notice = found.id if found is not None and told else None
        programmes.activate(name, notice=notice, actor=actor)


@retrying
def stop(actor: Actor, name: str) -> None:
    """Stop the programme ``name`` at once: nothing more is given, also of what was planned already.

    What the partner has, it keeps as long as each person's consent stands and the period runs;
    corrections and erasures go on.

    Refuses:
        Refused: the actor is not the trained privacy officer.

    Records:
        Event.DISCLOSURE_PROGRAMME_STOPPED.
    """
    _must_be_the_officer(actor)
    with keeper():
        programmes.stop(name, actor=actor)


@retrying
def retry(actor: Actor, subject: UUID, key: UUID) -> None:
    """Send a correction or an erasure again that was given up.

    Raises:
        NotFound: there is no such message.

    Refuses:
        Refused: the actor is not the trained privacy officer.
    """
    _must_be_the_officer(actor)
    with keeper():
        handover.retry(SubjectId(subject), key, actor=actor)


@retrying
def hear(recipient: str, body: bytes, headers: Mapping[str, str]) -> None:
    """A partner says later what it did with a message. Repetitions and strange keys change nothing.

    Refuses:
        Refused: the partner did not sign it, it is old, or it cannot be read (P4.5).
    """
    key, answer = late.read(recipient, body, headers)
    with keeper():
        handover.settle(recipient, key, answer)


def plan_due() -> int:
    """Plan what running programmes give of those who agreed before they were started. A job."""
    planned = 0
    for name in policy().document.body.programmes:
        try:
            planned += _plan(name)
        except YaksokError as error:
            notes.warning("programmes.plan.failed", exception=type(error).__name__)
    return planned


def open_to_consent(name: str) -> bool:
    """Whether the consent ``name`` may be asked now: its programme was announced and runs (P4.2)."""
    if not name.startswith(SHARING):
        return True
    found = programmes.of_recipient(policy().document.body, name.removeprefix(SHARING))
    return found is not None and programmes.runs(found)


def agreed(subject: SubjectId, name: str) -> int:
    """The person agreed to ``name``, in the caller's transaction; how many handovers that plans."""
    if not name.startswith(SHARING):
        return 0
    return spreading.plan_one(subject, name.removeprefix(SHARING))


def taken_back(subject: SubjectId, names: Collection[str], *, actor: Actor) -> int:
    """The person takes ``names`` back, in the caller's transaction; how many partners must erase.

    ``disclose`` is every partner that needed a consent.
    """
    recipients = policy().document.body.recipients
    free = {name for name, third in recipients.items() if third.without_consent is not None}
    if DISCLOSE in names:
        asked = {entry.recipient for entry in register.for_subject(subject)}
    else:
        asked = {name.removeprefix(SHARING) for name in names if name.startswith(SHARING)}
    return sum(
        handover.recall(subject, None, actor=actor, recipient=recipient)
        for recipient in sorted(asked - free)
    )


@retrying
def _plan(name: str) -> int:
    with keeper():
        return spreading.plan_all(name, AT_ONCE)


def _shown(name: str, programme: Programme, third: Recipient, language: Language) -> Shown:
    found = reading.by_key(programme.notice)
    told = found is not None and programme_notice.says(
        found, programme_notice.words(programme, third)
    )
    last = programmes.last_of(name)
    runs = programmes.runs(name)
    return Shown(
        name=name,
        company=third.company.in_(language),
        benefit=programme.benefit.in_(language),
        purpose=third.purpose.in_(language),
        items=third.items,
        keeps=third.keeps.in_(language),
        starts=programme.starts,
        ends=programme.ends,
        notice=found.id if found is not None else None,
        announced=found.visible_from if found is not None and told else None,
        runs=runs,
        stale=last is not None and last.runs and not runs,
        agreed=spreading.agreed_count(programme.recipient),
        counts=register.tally(programme.recipient),
    )


def _must_look(actor: Actor) -> None:
    if actor.role not in MAY_LOOK:
        msg = "refused to show the programmes: the role has no part in sharing"
        raise Refused(msg, promise="P7.13")


def _must_be_the_officer(actor: Actor) -> None:
    if actor.role is Role.OFFICER and actor.trained:
        return
    msg = "only the privacy officer announces, starts and stops a programme"
    raise Refused(msg, promise="P4.2", advice="ask the privacy officer")
