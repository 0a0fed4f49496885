"""Demands by court and police: registered from paper, agreed to by several, met once, told later."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import RecordId, SubjectId, new_id, new_subject_id
from yaksok.policy.entries import LegalDemands
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure import sealed_file
from yaksok.privacy.disclosure.models import Demand
from yaksok.privacy.vault import gate

PROMISE = "P4.10"
KIND, PURPOSE = RecordKind.LEGAL_DEMAND, Purpose.LEGAL_DEMAND


class Office(StrEnum):
    """What kind of office demands. Its name stands in the sealed record."""

    COURT = "court"
    OTHER = "other"
    """Another office to which a law gives the right."""
    POLICE = "police"
    PROSECUTION = "prosecution"
    TAX = "tax"


class State(StrEnum):
    """Where a demand stands."""

    APPROVED = "approved"
    """Enough people checked it; it can be met."""
    DECLINED = "declined"
    MET = "met"
    """Exactly its items went out."""
    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class About:
    """Whom a demand asks about: a record of theirs."""

    subject: SubjectId
    kind: RecordKind
    record: RecordId


@dataclass(frozen=True, slots=True)
class Paper:
    """What the document says: who sends it and its number, by which statute, and which items it names."""

    document: str
    office: Office
    statute: str
    items: frozenset[Item]
    tell_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One demand without the name of its document. ``agreed`` are the persons who checked it, by id."""

    case: SubjectId
    id: UUID
    record: RecordId
    office: Office
    statute: str
    about: About
    items: tuple[Item, ...]
    state: State
    agreed: tuple[SubjectId, ...]
    registered_at: datetime
    closed_at: datetime | None
    tell_on: date | None
    told_at: datetime | None
    fingerprint: str


Name = tuple[SubjectId, UUID]


def terms() -> LegalDemands:
    """What the document says of demands.

    Refuses:
        Refused: it says nothing of them, so none is met (P4.10).
    """
    found = policy().document.body.legal_demands
    if found is None:
        msg = "refused to take a demand: the policy in force says nothing of demands by law"
        raise Refused(msg, promise=PROMISE, advice="ask the privacy officer")
    return found


def register(about: About, paper: Paper, *, actor: Actor) -> Name:
    """Enter a demand; whoever enters it is the first who checked it. Opens nothing of the person.

    Refuses:
        Refused: no item, or one that no demand reaches (P4.10); the actor is no trained officer.

    Records:
        Event.DISCLOSURE_DEMAND_REGISTERED and Event.VAULT_RECORD_SEALED, under the demand's own trail.
    """
    reached = terms().reach.get(about.kind, ())
    if actor.subject is None:
        msg = "refused: somebody must answer for the entry"
        raise Refused(msg, promise=PROMISE)
    if not paper.items or not paper.items <= set(reached):
        msg = f"refused to take a demand for items of {about.kind} that it cannot reach"
        raise Refused(msg, promise=PROMISE)
    case = new_subject_id()
    record = gate.seal(case, KIND, {Item.DOCUMENT: paper.document}, purpose=PURPOSE, actor=actor)
    row = Demand.objects.create(
        subject_id=case,
        id=new_id(),
        document_record=record,
        office=paper.office,
        statute=paper.statute,
        about_id=about.subject,
        about_kind=about.kind,
        about_record=about.record,
        items=sorted(paper.items),
        state=State.REGISTERED,
        registered_by=actor.subject,
        registered_at=clock.now(),
        tell_on=paper.tell_on,
    )
    _note(Event.DISCLOSURE_DEMAND_REGISTERED, _line(row), actor)
    return case, row.id


def approve(name: Name, *, actor: Actor) -> Line:
    """Agree to a demand, as another person than those who did before.

    Refuses:
        Refused: this person checked it already (P4.10).

    Raises:
        NotFound: there is none that waits.

    Records:
        Event.DISCLOSURE_DEMAND_APPROVED.
    """
    row = _locked(name, State.REGISTERED)
    agreed = [row.registered_by, *row.approved_by]
    if actor.subject is None or actor.subject in agreed:
        msg = "refused: another person than those who checked it before must agree"
        raise Refused(msg, promise=PROMISE, advice="ask the privacy officer")
    row.approved_by = [*row.approved_by, actor.subject]
    if len(agreed) + 1 >= max(terms().persons, 2):
        row.state = State.APPROVED
    _rows(name).update(approved_by=row.approved_by, state=row.state)
    line = _line(row)
    _note(Event.DISCLOSURE_DEMAND_APPROVED, line, actor)
    return line


def decline(name: Name, *, actor: Actor) -> Line:
    """Turn a demand down that does not hold. Raises NotFound when none waits.

    Records:
        Event.DISCLOSURE_DEMAND_CLOSED.
    """
    row = _locked(name, State.REGISTERED, State.APPROVED)
    return _close(row, State.DECLINED, actor)


def meet(name: Name, password: str, *, actor: Actor) -> tuple[Line, bytes]:
    """Exactly the items of an approved demand, as a file sealed under ``password``. Once.

    The fingerprint of the file stays in the register; the file does not.

    Refuses:
        Refused: the policy does not let this actor open them for it.
        Shredded: the person's record was erased meanwhile; the demand cannot be met any more.

    Raises:
        NotFound: there is none that was approved and not met.
        ValueError: the password is too short.

    Records:
        Event.VAULT_ITEMS_OPENED under the person's trail, Event.DISCLOSURE_DEMAND_CLOSED.
    """
    row = _locked(name, State.APPROVED)
    line = _line(row)
    opened = gate.open_items(
        line.about.subject,
        line.items,
        kind=line.about.kind,
        purpose=PURPOSE,
        actor=actor,
        record=line.about.record,
    )
    content = {
        "document": document(line, actor=actor),
        "statute": line.statute,
        "items": {item.value: opened[item].reveal() for item in line.items if item in opened},
    }
    text = json.dumps(content, ensure_ascii=False, indent=1).encode()
    file = sealed_file.sealed(text, password)
    _rows(name).update(fingerprint=sealed_file.fingerprint(file))
    return _close(row, State.MET, actor), file


def document(line: Line, *, actor: Actor) -> str:
    """Number and sender of the document, for who checks or meets the demand.

    Refuses:
        Refused: the actor is no trained officer.
    """
    opened = gate.open_items(
        line.case, [Item.DOCUMENT], kind=KIND, purpose=PURPOSE, actor=actor, record=line.record
    )
    return opened[Item.DOCUMENT].reveal()


def tell_from(name: Name, day: date | None, *, actor: Actor) -> None:
    """From which day the law allows to tell the person; None while it does not.

    Nobody puts it off unseen: who said so, and until when, stands in the log.

    Raises:
        NotFound: there is none whose person was not told yet.

    Records:
        Event.DISCLOSURE_DEMAND_DATED with the day.
    """
    if not _rows(name).filter(told_at=None).update(tell_on=day):
        msg = "there is no such demand, or the person was told of it"
        raise NotFound(msg)
    _note(Event.DISCLOSURE_DEMAND_DATED, one(name), actor, day.isoformat() if day else "")


def to_tell(today: date, limit: int) -> tuple[Line, ...]:
    """Demands that were met, whose person may be told by now and was not."""
    rows = Demand.objects.filter(state=State.MET, told_at=None, tell_on__lte=today)
    return tuple(_line(row) for row in rows.order_by("tell_on")[:limit])


def told(line: Line) -> bool:
    """The person is told in the caller's transaction; False when somebody else did so meanwhile.

    Records:
        Event.DISCLOSURE_DEMAND_TOLD.
    """
    if not _rows((line.case, line.id)).filter(told_at=None).update(told_at=clock.now()):
        return False
    _note(Event.DISCLOSURE_DEMAND_TOLD, line, Actor.system("demands"))
    return True


def untold_about(subject: SubjectId) -> bool:
    """Whether a demand about ``subject`` is known here of which they may not know yet."""
    known = Demand.objects.filter(about_id=subject, told_at=None)
    return known.filter(~Q(state=State.DECLINED)).exists()


def every(limit: int = 200) -> tuple[Line, ...]:
    """All demands, newest first."""
    return tuple(_line(row) for row in Demand.objects.order_by("-registered_at")[:limit])


def one(name: Name) -> Line:
    """One demand. Raises NotFound when there is none."""
    row = _rows(name).first()
    if row is None:
        raise NotFound
    return _line(row)


def _close(row: Demand, state: State, actor: Actor) -> Line:
    row.state, row.closed_by, row.closed_at = state, actor.subject, clock.now()
    _rows((SubjectId(row.subject_id), row.id)).update(
        state=row.state, closed_by=row.closed_by, closed_at=row.closed_at
    )
    line = _line(row)
    _note(Event.DISCLOSURE_DEMAND_CLOSED, line, actor, state.value)
    return line


def _locked(name: Name, *states: State) -> Demand:
    row = _rows(name).filter(state__in=states).select_for_update().first()
    if row is None:
        msg = "there is no such demand, or it does not stand so any more"
        raise NotFound(msg)
    return row


def _rows(name: Name) -> QuerySet[Demand]:
    return Demand.objects.filter(subject_id=name[0], id=name[1])


def _line(row: Demand) -> Line:
    return Line(
        case=SubjectId(row.subject_id),
        id=row.id,
        record=RecordId(row.document_record),
        office=Office(row.office),
        statute=row.statute,
        about=About(
            SubjectId(row.about_id), RecordKind(row.about_kind), RecordId(row.about_record)
        ),
        items=tuple(Item(name) for name in row.items),
        state=State(row.state),
        agreed=tuple(SubjectId(who) for who in (row.registered_by, *row.approved_by)),
        registered_at=row.registered_at,
        closed_at=row.closed_at,
        tell_on=row.tell_on,
        told_at=row.told_at,
        fingerprint=row.fingerprint,
    )


def _note(event: Event, line: Line, actor: Actor, reason: str = "") -> None:
    log.record(
        event,
        actor=actor,
        trail=gate.trail_of(line.case),
        kinds=[line.about.kind],
        items=line.items,
        purpose=PURPOSE,
        promise=PROMISE,
        recipient=line.office.value,
        reason=reason,
    )
