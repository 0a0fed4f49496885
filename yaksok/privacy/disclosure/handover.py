"""Hand items to a third party: plan it, decide again when it is sent, send it once, keep the answer."""

from collections.abc import Callable, Collection
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
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import numbers, programmes, wire
from yaksok.privacy.disclosure.following import (
    SENDER,
    came_through,
    correct,
    recall,
    retry,
    settle,
)
from yaksok.privacy.disclosure.label import OPENED_FOR_A_LABEL, Incomplete, Label, label_of
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.noting import note
from yaksok.privacy.disclosure.numbers import COURIER
from yaksok.privacy.disclosure.portion import Portion, portion_of
from yaksok.privacy.disclosure.register import (
    ERASED,
    OPEN,
    RECALLED,
    UNREACHABLE,
    Answer,
    Entry,
    Message,
    State,
    Way,
    entry_of,
)
from yaksok.privacy.disclosure.saying import say
from yaksok.privacy.vault import asking, gate

__all__ = [
    "COURIER",
    "Name",
    "came_through",
    "correct",
    "deliver",
    "due",
    "plan",
    "recall",
    "retry",
    "settle",
]

LEASE = timedelta(seconds=60)
"""How long one worker has a handover to itself; longer than the wire waits for an answer."""
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 60
"""Then a person must look: more than two days after the first attempt."""
MOST_AFTERWARDS = 175
"""The same of a correction or an erasure: after a week, while there is still time to telephone."""

Name = tuple[SubjectId, UUID]
Then = Callable[[Entry, wire.Receipt | None], None]
"""Done in the transaction that writes the outcome down; no receipt when it was given up.

It must change nothing when it is done again: a recipient may have shown before that it has the items.
"""


@dataclass(frozen=True, slots=True, repr=False)
class _Claimed:
    entry: Entry
    content: Label | Portion | None
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
        reference: The parcel number, or a random one by which a partner knows the person; planning
            the same one again plans nothing and returns the first, made ready to be tried again
            when it was given up.

    Refuses:
        Refused: the policy does not let this actor hand these items to this recipient, or the
            recipient's programme does not run (P4.2).

    Records:
        Event.DISCLOSURE_HANDOVER_PLANNED.

    Source:
        P4.1, P4.2, P4.11-P4.13.
    """
    if items is None:
        items = frozenset(policy().having(kind, OPENED_FOR_A_LABEL))
    programmes.must_run(recipient)
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
    if numbers.awaits(entry_of(row)):
        numbers.hold(entry_of(row), at + LONGEST_WAIT)
    note(Event.DISCLOSURE_HANDOVER_PLANNED, entry_of(row), actor, trail)
    return row.id


def _try_again(row: Handover, items: frozenset[Item], at: datetime) -> None:
    """Make a handover that was given up ready to be sent, with what is handed over now."""
    given_up = Handover.objects.filter(
        subject_id=row.subject_id, id=row.id, state=State.GIVEN_UP, recalled_at=None
    )
    given_up.update(
        state=State.PLANNED,
        items=sorted(items),
        reason="",
        attempts=0,
        next_try=at,
        leased_until=None,
        way=Way.WIRE,
    )


def due(limit: int, *, without: Collection[str] = ()) -> list[tuple[str, Name]]:
    """What may be sent now, the longest waiting first: to whom, and its name.

    Arguments:
        without: Recipients who do not answer at present.
    """
    at = clock.now()
    rows = (
        Handover.objects.filter(state__in=OPEN, way=Way.WIRE, next_try__lte=at)
        .filter(Q(leased_until=None) | Q(leased_until__lte=at))
        .exclude(recipient__in=list(without))
        .order_by("next_try")
        .values_list("recipient", "subject_id", "id")[:limit]
    )
    return [(recipient, (SubjectId(subject), key)) for recipient, subject, key in rows]


def deliver(name: Name, *, then: Then) -> State | None:
    """Send one message, if it is due and nobody else is sending to the same end. Not inside a transaction.

    The policy and the notice are asked again now, not as they stood when it was planned (P4.7); the
    items are opened and the log entry is on disk before the first byte leaves. An erasure opens
    nothing. Two workers never send about the same reference at once, so that what is older never
    comes after what is newer; should one die after sending, the next sends again, and the recipient
    knows the parcel or the key. A label that wants a safe number waits until one is lent, and never
    leaves with the telephone instead.

    Returns:
        Where it stands afterwards; None when it was not ours to send.

    Records:
        Event.VAULT_ITEMS_OPENED with the recipient, Event.DISCLOSURE_HANDOVER_SENT, then
        _ACKNOWLEDGED or _GIVEN_UP.
    """
    claimed = _claim(name, then)
    if not isinstance(claimed, _Claimed):
        return claimed
    try:
        receipt = say(claimed.entry, claimed.content)
    except wire.NotTaken:
        return _later(claimed, then)
    except wire.Rejected as error:
        return _rejected(claimed, error.reason, then)
    if receipt.result is wire.Result.LATER:
        return _taken(claimed, then)
    return _acknowledged(claimed, receipt, then)


@retrying
def _claim(name: Name, then: Then) -> _Claimed | State | None:
    """Take the lease, count the attempt, open the items: all on disk before anything is sent."""
    at = clock.now()
    with keeper():
        row = _locked(name, at)
        if row is None:
            return None
        entry = entry_of(row)
        if numbers.awaits(entry):
            numbers.hold(entry, at + LONGEST_WAIT)
            return None
        trail = gate.trail_of(entry.subject)
        content: Label | Portion | None = None
        if entry.message is not Message.ERASURE:
            try:
                content = _opened(entry, trail)
            except _NothingToSend as why:
                return _give_up(entry, why.reason, trail, then)
        _rows(entry).update(
            state=State.SENDING,
            attempts=F("attempts") + 1,
            sent_at=row.sent_at or at,
            leased_until=at + LEASE,
        )
        note(Event.DISCLOSURE_HANDOVER_SENT, entry, SENDER, trail)
        return _Claimed(entry, content, trail)


def _locked(name: Name, at: datetime) -> Handover | None:
    """The row, with every message about the same reference locked and none of them under way."""
    found = Handover.objects.filter(subject_id=name[0], id=name[1]).values_list("reference").first()
    if found is None:
        return None
    related = Handover.objects.filter(subject_id=name[0], reference=found[0])
    together = list(related.order_by("id").select_for_update(skip_locked=True))
    if len(together) != related.count():
        return None  # another worker has one of them
    if any(one.leased_until is not None and one.leased_until > at for one in together):
        return None
    mine = (one for one in together if one.id == name[1] and one.way == Way.WIRE)
    return next((one for one in mine if one.state in OPEN and one.next_try <= at), None)


class _NothingToSend(Exception):
    """It must not leave, or there is nothing left of it. ``reason`` is what the register keeps."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _opened(entry: Entry, trail: UUID | None) -> Label | Portion:
    """What leaves, if it still may: asked at this moment, whatever was true when it was planned."""
    if entry.recalled_at is not None:
        raise _NothingToSend(RECALLED)
    if trail is None:  # nothing is held about them any more
        raise _NothingToSend(ERASED)
    try:
        if entry.message is Message.HANDOVER:
            programmes.must_run(entry.recipient)
        given = _given(entry)
        if not given and entry.recipient != COURIER and entry.message is Message.CORRECTION:
            return Portion({})  # all of it was taken back: that is what has to be corrected
        opened = gate.open_items(
            entry.subject,
            given,
            kind=entry.kind,
            purpose=entry.purpose,
            actor=SENDER,
            record=entry.record,
            recipient=entry.recipient,
        )
        if entry.recipient == COURIER:
            return label_of(opened)
    except Refused as refusal:
        raise _NothingToSend(f"refused:{refusal.promise}") from None
    except (Shredded, NotFound):
        raise _NothingToSend(ERASED) from None
    except Incomplete:
        word = "incomplete"
        raise _NothingToSend(word) from None
    portion = portion_of(opened, policy().document.body.recipients[entry.recipient].items)
    if not portion.values and entry.message is Message.HANDOVER:
        word = "incomplete"
        raise _NothingToSend(word)
    return portion


def _given(entry: Entry) -> frozenset[Item]:
    """Those of the entry's items that the record holds now: what was taken back is not asked for."""
    name = (entry.subject, entry.record)
    held = gate.given([name], kind=entry.kind)
    if name not in held:
        raise _NothingToSend(ERASED)
    return frozenset(entry.items) & held[name]


@retrying
def _acknowledged(claimed: _Claimed, receipt: wire.Receipt, then: Then) -> State:
    entry = claimed.entry
    with keeper():
        then(entry, receipt)
        changed = (
            _rows(entry)
            .filter(state__in=OPEN)
            .update(
                state=State.ACKNOWLEDGED,
                answer=Answer(receipt.result),
                acknowledged_at=clock.now(),
                leased_until=None,
                reason="",
            )
        )
        if changed:
            note(Event.DISCLOSURE_HANDOVER_ACKNOWLEDGED, entry, SENDER, claimed.trail)
        else:  # settled meanwhile, by a call-back or by what came after; it is not under way any more
            _rows(entry).update(leased_until=None)
    return State.ACKNOWLEDGED


def _taken(claimed: _Claimed, then: Then) -> State:
    """The recipient will say later what it did; it is asked again by and by."""
    return _waits(claimed, State.TAKEN, "", LONGEST_WAIT, then)


def _later(claimed: _Claimed, then: Then) -> State:
    wait: timedelta = FIRST_WAIT * 2 ** min(claimed.entry.attempts, 20)
    return _waits(claimed, State.SENDING, UNREACHABLE, min(wait, LONGEST_WAIT), then)


@retrying
def _waits(claimed: _Claimed, state: State, reason: str, wait: timedelta, then: Then) -> State:
    entry = claimed.entry
    most = MOST_ATTEMPTS if entry.message is Message.HANDOVER else MOST_AFTERWARDS
    with keeper():
        if entry.attempts + 1 >= most:
            return _give_up(entry, UNREACHABLE, claimed.trail, then)
        _rows(entry).filter(state=State.SENDING).update(
            state=state, next_try=clock.now() + wait, reason=reason
        )
        _rows(entry).update(leased_until=None)
    return state


@retrying
def _rejected(claimed: _Claimed, reason: str, then: Then) -> State:
    with keeper():
        return _give_up(claimed.entry, reason, claimed.trail, then)


def _give_up(entry: Entry, reason: str, trail: UUID | None, then: Then) -> State:
    _rows(entry).update(leased_until=None)
    changed = _rows(entry).filter(state__in=OPEN).update(state=State.GIVEN_UP, reason=reason)
    if changed:
        note(Event.DISCLOSURE_HANDOVER_GIVEN_UP, entry, SENDER, trail, reason)
        then(entry, None)
    return State.GIVEN_UP


def _rows(entry: Entry) -> QuerySet[Handover]:
    return Handover.objects.filter(subject_id=entry.subject, id=entry.id)
