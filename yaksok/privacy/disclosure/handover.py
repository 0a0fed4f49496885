"""Hand items to a third party: plan it, decide again when it is sent, send it once, keep the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yaksok.database.roles import keeper, retrying
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused, Shredded
from yaksok.kernel.ids import RecordId, SubjectId, new_id
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import wire
from yaksok.privacy.disclosure.label import OPENED_FOR_A_LABEL, Incomplete, Label, label_of
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.register import UNREACHABLE, Entry, Message, State, entry_of
from yaksok.privacy.vault import asking, gate

COURIER = "courier"
"""The recipient's name in the policy."""

LEASE = timedelta(seconds=60)
"""How long one worker has a handover to itself; longer than the wire waits for an answer."""
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12
"""Then a person must look: some five hours after the first attempt."""

SENDER = Actor.system("deliver")
OPEN = (State.PLANNED, State.SENDING)

Name = tuple[SubjectId, UUID]
Then = Callable[[Entry, wire.Receipt | None], None]
"""Done in the transaction that writes the outcome down; no receipt when it was given up.

It must change nothing when it is done again: a recipient may have shown before that it has the items.
"""


@dataclass(frozen=True, slots=True, repr=False)
class _Claimed:
    entry: Entry
    label: Label
    trail: UUID | None


def plan(
    subject: SubjectId,
    record: RecordId,
    reference: str,
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
    items: frozenset[Item] | None = None,
    recipient: str = COURIER,
) -> UUID:
    """Put one handover into the register and the outbox, in the caller's transaction. Opens nothing.

    Arguments:
        items: What a label needs and the document has, unless they are named.
        reference: The parcel number; planning the same one again plans nothing and returns the
            first, made ready to be tried again when it was given up.

    Refuses:
        Refused: the policy does not let this actor hand these items to this recipient.

    Records:
        Event.DISCLOSURE_HANDOVER_PLANNED.

    Source:
        P4.1, P4.11-P4.13.
    """
    if items is None:
        items = frozenset(policy().having(kind, OPENED_FOR_A_LABEL))
    request = asking.request_for(
        Action.DISCLOSE,
        kind,
        items,
        purpose=purpose,
        actor=actor,
        subject=subject,
        recipient=recipient,
    )
    trail = gate.trail_of(subject)
    promise = asking.permitted(request, ledger.standing(subject), trail)
    at = clock.now()
    row, fresh = Handover.objects.get_or_create(
        subject_id=subject,
        reference=reference,
        message=Message.HANDOVER,
        defaults={
            "id": new_id(),
            "recipient": recipient,
            "kind": kind,
            "record_id": record,
            "items": sorted(items),
            "purpose": purpose,
            "promise": promise,
            "state": State.PLANNED,
            "planned_by": actor.subject,
            "planned_at": at,
            "next_try": at,
        },
    )
    if not fresh:
        _try_again(row, items, at)
    _note(Event.DISCLOSURE_HANDOVER_PLANNED, entry_of(row), actor, trail)
    return row.id


def _try_again(row: Handover, items: frozenset[Item], at: datetime) -> None:
    """Make a handover that was given up ready to be sent, with what is handed over now."""
    given_up = Handover.objects.filter(subject_id=row.subject_id, id=row.id, state=State.GIVEN_UP)
    given_up.update(
        state=State.PLANNED,
        items=sorted(items),
        reason="",
        attempts=0,
        next_try=at,
        leased_until=None,
    )


def correct(subject: SubjectId, record: RecordId, *, actor: Actor) -> int:
    """Tell everybody who received ``record`` that it changed, through the outbox (P4.5).

    To be called in the transaction that amends the record. What was not sent yet needs no
    correction: it is opened when it is sent.

    Returns:
        How many recipients will be told.
    """
    at = clock.now()
    rows = Handover.objects.filter(
        subject_id=subject,
        record_id=record,
        message=Message.HANDOVER,
        state__in=[State.SENDING, State.ACKNOWLEDGED],
    )
    trail = gate.trail_of(subject)
    for row in rows:
        row.id, row.message, row.state = new_id(), Message.CORRECTION, State.PLANNED
        row.reason, row.attempts, row.planned_by = "", 0, None
        row.planned_at = row.next_try = at
        row.leased_until = row.sent_at = row.acknowledged_at = None
        row.save(force_insert=True)
        _note(Event.DISCLOSURE_HANDOVER_PLANNED, entry_of(row), actor, trail)
    return len(rows)


def came_through(subject: SubjectId, reference: str) -> bool:
    """The recipient shows by what it does that it has the parcel, though its answer never came.

    Returns:
        Whether that was news; then it is not sent again.
    """
    row = Handover.objects.filter(
        subject_id=subject,
        reference=reference,
        message=Message.HANDOVER,
        attempts__gt=0,
    ).exclude(state=State.ACKNOWLEDGED)
    found = row.select_for_update().first()
    if found is None:
        return False
    entry = entry_of(found)
    _rows(entry).update(
        state=State.ACKNOWLEDGED, reason="", acknowledged_at=clock.now(), leased_until=None
    )
    trail = gate.trail_of(subject)
    _note(Event.DISCLOSURE_HANDOVER_ACKNOWLEDGED, entry, SENDER, trail)
    return True


def due(limit: int) -> list[Name]:
    """What may be sent now, the longest waiting first."""
    at = clock.now()
    rows = (
        Handover.objects.filter(state__in=OPEN, next_try__lte=at)
        .filter(Q(leased_until=None) | Q(leased_until__lte=at))
        .order_by("next_try")
        .values_list("subject_id", "id")[:limit]
    )
    return [(SubjectId(subject), key) for subject, key in rows]


def deliver(name: Name, *, then: Then) -> State | None:
    """Send one handover, if it is due and nobody else is sending it. Not inside a transaction.

    The policy is asked again now, not as it stood when it was planned (P4.7); the items are opened
    and the log entry is on disk before the first byte leaves. Two workers never send the same at
    once; should one die after sending, the next sends again, and the recipient knows the parcel.

    Returns:
        Where it stands afterwards; None when it was not ours to send.

    Records:
        Event.VAULT_ITEMS_OPENED with the recipient, Event.DISCLOSURE_HANDOVER_SENT, then
        _ACKNOWLEDGED or _GIVEN_UP.
    """
    claimed = _claim(name, then)
    if not isinstance(claimed, _Claimed):
        return claimed
    entry = claimed.entry
    say = wire.send if entry.message is Message.HANDOVER else wire.correct
    try:
        receipt = say(entry.reference, claimed.label)
    except wire.NotTaken:
        return _later(claimed, then)
    except wire.Rejected as error:
        return _rejected(claimed, error.reason, then)
    return _acknowledged(claimed, receipt, then)


@retrying
def _claim(name: Name, then: Then) -> _Claimed | State | None:
    """Take the lease, count the attempt, open the items: all on disk before anything is sent."""
    at = clock.now()
    with keeper():
        row = (
            Handover.objects.select_for_update(skip_locked=True)
            .filter(subject_id=name[0], id=name[1], state__in=OPEN, next_try__lte=at)
            .filter(Q(leased_until=None) | Q(leased_until__lte=at))
            .first()
        )
        if row is None:
            return None
        entry = entry_of(row)
        trail = gate.trail_of(entry.subject)
        if trail is None:  # nothing is held about them any more
            return _give_up(entry, "erased", trail, then)
        try:
            label = _opened(entry)
        except Refused as refusal:
            return _give_up(entry, f"refused:{refusal.promise}", trail, then)
        except (Shredded, NotFound):
            return _give_up(entry, "erased", trail, then)
        except Incomplete:
            return _give_up(entry, "incomplete", trail, then)
        _rows(entry).update(
            state=State.SENDING,
            attempts=F("attempts") + 1,
            sent_at=row.sent_at or at,
            leased_until=at + LEASE,
        )
        _note(Event.DISCLOSURE_HANDOVER_SENT, entry, SENDER, trail)
        return _Claimed(entry, label, trail)


def _opened(entry: Entry) -> Label:
    opened = gate.open_items(
        entry.subject,
        entry.items,
        kind=entry.kind,
        purpose=entry.purpose,
        actor=SENDER,
        record=entry.record,
        recipient=entry.recipient,
    )
    return label_of(opened)


@retrying
def _acknowledged(claimed: _Claimed, receipt: wire.Receipt, then: Then) -> State:
    entry = claimed.entry
    with keeper():
        then(entry, receipt)
        changed = (
            _rows(entry)
            .filter(state__in=OPEN)
            .update(
                state=State.ACKNOWLEDGED, acknowledged_at=clock.now(), leased_until=None, reason=""
            )
        )
        if changed:
            _note(Event.DISCLOSURE_HANDOVER_ACKNOWLEDGED, entry, SENDER, claimed.trail)
    return State.ACKNOWLEDGED


@retrying
def _later(claimed: _Claimed, then: Then) -> State:
    entry = claimed.entry
    tried = entry.attempts + 1
    with keeper():
        if tried >= MOST_ATTEMPTS:
            return _give_up(entry, UNREACHABLE, claimed.trail, then)
        _rows(entry).filter(state=State.SENDING).update(
            next_try=_next(tried), leased_until=None, reason=UNREACHABLE
        )
    return State.SENDING


@retrying
def _rejected(claimed: _Claimed, reason: str, then: Then) -> State:
    with keeper():
        return _give_up(claimed.entry, reason, claimed.trail, then)


def _next(tried: int) -> datetime:
    wait: timedelta = FIRST_WAIT * 2 ** (tried - 1)
    return clock.now() + min(wait, LONGEST_WAIT)


def _give_up(entry: Entry, reason: str, trail: UUID | None, then: Then) -> State:
    changed = (
        _rows(entry)
        .filter(state__in=OPEN)
        .update(state=State.GIVEN_UP, reason=reason, leased_until=None)
    )
    if changed:
        _note(Event.DISCLOSURE_HANDOVER_GIVEN_UP, entry, SENDER, trail, reason)
        then(entry, None)
    return State.GIVEN_UP


def _rows(entry: Entry) -> QuerySet[Handover]:
    return Handover.objects.filter(subject_id=entry.subject, id=entry.id)


def _note(event: Event, entry: Entry, actor: Actor, trail: UUID | None, reason: str = "") -> None:
    log.record(
        event,
        actor=actor,
        trail=trail,
        kinds=[entry.kind],
        items=entry.items,
        purpose=entry.purpose,
        promise=entry.promise,
        recipient=entry.recipient,
        reason=reason or entry.message,
    )
