"""Hand a label over in a file: claimed at the moment it leaves, answered by hand, followed by telephone.

The register is that of :mod:`.handover`, and so is the rule: three items, asked again when they leave.
What goes by file is never sent by wire as well, and whatever follows it, a correction or an erasure,
waits for a person who tells the courier.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import RecordId, SubjectId, new_id
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure.handover import COURIER, Name
from yaksok.privacy.disclosure.label import OPENED_FOR_A_LABEL, Label, label_of, postcode_of
from yaksok.privacy.disclosure.layouts import Consigned
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.noting import note
from yaksok.privacy.disclosure.register import (
    ERASED,
    FOLLOWING,
    OPEN,
    Answer,
    Entry,
    Message,
    State,
    Way,
    entry_of,
)
from yaksok.privacy.vault import gate

ANSWER_WITHIN = timedelta(days=1)
"""How long the courier's numbers may take to be brought back; then a person must look."""
FILE = "file"
"""The reason in the log of what left in a file."""
NOT_TAKEN = "not_taken"
"""A person says that the courier did not take it; it may be handed over again."""
PROMISE = "P4.11"


def give(
    subject: SubjectId,
    record: RecordId,
    reference: str,
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
    items: frozenset[Item] | None = None,
) -> Consigned:
    """The label of one parcel, for a file, with its line in the register. In the caller's transaction.

    The policy is asked now, as when it is sent by wire. What is under way by wire is not given; what
    was given by file before and not answered is given again, and the register counts it.

    Arguments:
        items: What a label needs and the document has, unless they are named.

    Refuses:
        Refused: the policy does not let this actor hand these items to the courier; or it is under way.
        Shredded: the recipient's record was erased.

    Raises:
        NotFound: there is no such record.
        Incomplete: name, address or phone is missing.

    Records:
        Event.VAULT_ITEMS_OPENED with the recipient, and Event.DISCLOSURE_HANDOVER_SENT, ``file``.

    Source:
        P4.11-P4.13.
    """
    name = (subject, record)
    if items is None:
        items = frozenset(policy().having(kind, OPENED_FOR_A_LABEL))
    held = gate.given([name], kind=kind).get(name, frozenset())
    opened = gate.open_items(
        subject,
        items & held or items,
        kind=kind,
        purpose=purpose,
        actor=actor,
        record=record,
        recipient=COURIER,
    )
    label = label_of(opened)
    postcode = postcode_of(opened)
    trail = gate.trail_of(subject)
    entry = _filed(name, reference, kind, purpose, sorted(items), actor)
    note(Event.DISCLOSURE_HANDOVER_SENT, entry, actor, trail, FILE)
    return Consigned(reference, label, postcode)


def _filed(
    name: tuple[SubjectId, RecordId],
    reference: str,
    kind: RecordKind,
    purpose: Purpose,
    items: list[Item],
    actor: Actor,
) -> Entry:
    """The line in the register: new, or that of an earlier try which may be made again."""
    at = clock.now()
    row, fresh = Handover.objects.get_or_create(
        subject_id=name[0],
        reference=reference,
        message=Message.HANDOVER,
        defaults={
            "id": new_id(),
            "recipient": COURIER,
            "kind": kind,
            "record_id": name[1],
            "items": items,
            "purpose": purpose,
            "promise": "P4.13",
            "state": State.FILED,
            "attempts": 1,
            "planned_by": actor.subject,
            "planned_at": at,
            "sent_at": at,
            "next_try": at + ANSWER_WITHIN,
            "way": Way.FILE,
        },
    )
    return entry_of(row) if fresh else _filed_again(row, items)


def _filed_again(row: Handover, items: list[Item]) -> Entry:
    """The line of an earlier try, in a file once more."""
    at = clock.now()
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    again = Handover.objects.filter(
        free,
        subject_id=row.subject_id,
        id=row.id,
        state__in=(State.FILED, State.GIVEN_UP),
        recalled_at=None,
    )
    changed = again.update(
        state=State.FILED,
        way=Way.FILE,
        items=items,
        attempts=F("attempts") + 1,
        sent_at=row.sent_at or at,
        next_try=at + ANSWER_WITHIN,
        leased_until=None,
        reason="",
    )
    if not changed:
        msg = "refused to put a parcel into a file: it is under way by wire, or was taken back"
        raise Refused(msg, promise=PROMISE)
    return entry_of(Handover.objects.get(subject_id=row.subject_id, id=row.id))


def not_taken(subject: SubjectId, reference: str, *, actor: Actor) -> None:
    """A person says that the courier has no such parcel, so that it can be handed over again.

    What left in the file is still followed by corrections and erasures.

    Raises:
        NotFound: no file with it waits for an answer.

    Records:
        Event.DISCLOSURE_HANDOVER_GIVEN_UP, ``not_taken``.
    """
    row = _waiting().filter(subject_id=subject, reference=reference).select_for_update().first()
    if row is None:
        msg = "no file with this parcel waits for an answer"
        raise NotFound(msg)
    Handover.objects.filter(subject_id=subject, id=row.id).update(
        state=State.GIVEN_UP, reason=NOT_TAKEN
    )
    note(
        Event.DISCLOSURE_HANDOVER_GIVEN_UP,
        entry_of(row),
        actor,
        gate.trail_of(subject),
        NOT_TAKEN,
    )


def unanswered(limit: int = 100) -> tuple[Entry, ...]:
    """What is in a file since more than a day and was not confirmed, the longest waiting first."""
    rows = _waiting().filter(next_try__lte=clock.now(), recalled_at=None)
    return tuple(entry_of(row) for row in rows.order_by("next_try")[:limit])


def by_file(subjects: Collection[SubjectId]) -> frozenset[str]:
    """Parcel numbers of ``subjects`` that were handed over in a file and can be answered."""
    rows = Handover.objects.filter(
        subject_id__in=list(subjects), message=Message.HANDOVER, way=Way.FILE, attempts__gt=0
    )
    return frozenset(rows.values_list("reference", flat=True))


def to_tell(limit: int = 100) -> tuple[Entry, ...]:
    """Corrections and erasures that a person must tell the courier of, the longest waiting first."""
    rows = Handover.objects.filter(way=Way.FILE, state=State.PLANNED, message__in=FOLLOWING)
    return tuple(entry_of(row) for row in rows.order_by("next_try")[:limit])


def read_out(name: Name, *, actor: Actor) -> Label | None:
    """The corrected label, to be read to the courier; None of an erasure, which has nothing to read.

    What was destroyed meanwhile needs no correction any more, and is closed.

    Refuses:
        Refused: the policy does not let this actor hand it over.

    Raises:
        NotFound: nothing waits under this name.

    Records:
        Event.VAULT_ITEMS_OPENED with the recipient, and Event.DISCLOSURE_HANDOVER_SENT, ``file``.
    """
    row = _to_tell(name)
    entry, at, trail = entry_of(row), clock.now(), gate.trail_of(name[0])
    if entry.message is Message.ERASURE:
        return None
    record = (entry.subject, entry.record)
    held = gate.given([record], kind=entry.kind).get(record)
    if held is None:
        _rows(name).update(state=State.GIVEN_UP, reason=ERASED)
        note(Event.DISCLOSURE_HANDOVER_GIVEN_UP, entry, actor, trail, ERASED)
        return None
    opened = gate.open_items(
        entry.subject,
        frozenset(entry.items) & held,
        kind=entry.kind,
        purpose=entry.purpose,
        actor=actor,
        record=entry.record,
        recipient=COURIER,
    )
    _rows(name).update(attempts=F("attempts") + 1, sent_at=row.sent_at or at)
    note(Event.DISCLOSURE_HANDOVER_SENT, entry, actor, trail, FILE)
    return label_of(opened)


def told(name: Name, answer: Answer, *, actor: Actor) -> None:
    """A person told the courier, and this is what it answered. Erasures are told without opening anything.

    Refuses:
        Refused: a correction was not read yet, so it cannot have been told (P4.5).

    Raises:
        NotFound: nothing waits under this name.

    Records:
        Event.DISCLOSURE_HANDOVER_ACKNOWLEDGED under the person's id.
    """
    row = _to_tell(name)
    entry, at = entry_of(row), clock.now()
    if entry.message is Message.CORRECTION and not row.attempts and answer is Answer.DONE:
        msg = "refused to note that a correction was told: nobody has read it yet"
        raise Refused(msg, promise="P4.5")
    _rows(name).update(
        state=State.ACKNOWLEDGED,
        answer=answer,
        attempts=row.attempts or 1,
        sent_at=row.sent_at or at,
        acknowledged_at=at,
        reason="",
    )
    note(Event.DISCLOSURE_HANDOVER_ACKNOWLEDGED, entry, actor, gate.trail_of(name[0]))


def _waiting() -> QuerySet[Handover]:
    return Handover.objects.filter(way=Way.FILE, state=State.FILED, message=Message.HANDOVER)


def _to_tell(name: Name) -> Handover:
    found = (
        _rows(name)
        .filter(way=Way.FILE, state__in=OPEN, message__in=FOLLOWING)
        .select_for_update()
        .first()
    )
    if found is None:
        msg = "there is nothing here that the courier must be told of"
        raise NotFound(msg)
    return found


def _rows(name: tuple[SubjectId, UUID]) -> QuerySet[Handover]:
    return Handover.objects.filter(subject_id=name[0], id=name[1])
