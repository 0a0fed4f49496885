"""Open items, show masks, find a person by a value."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.kernel.personal import Personal
from yaksok.policy import masks
from yaksok.policy.decide import Facts, Refusal, Request, decide
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import epochs, indexing, records, store
from yaksok.privacy.vault.asking import permitted, request_for
from yaksok.privacy.vault.faults import Misplaced
from yaksok.privacy.vault.reading import content_of, gone, newest

Opened = Mapping[Item, Personal]
"""Values by item. An item that was never given is absent."""

Name = tuple[SubjectId, RecordId]

PUBLISHED = "published"
"""The reason in the log when anybody reads what somebody published."""

MOST_AT_ONCE = 200
"""How many records one call may open. A longer list is an export, and needs a door of its own."""


def open_items(
    subject: SubjectId,
    items: Collection[Item],
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
    record: RecordId | None = None,
    recipient: str | None = None,
) -> Opened:
    """Plain values of ``items`` in one record of ``subject``, for one purpose, once.

    Nothing is opened unless the policy permits *all* of ``items``. The log entry is written in
    the same transaction; if it cannot be written, nothing is returned. The values are not
    protected after that: hand them to one template or one wire call, and let them go.

    Arguments:
        record: Which record, when the subject has several of this kind; else the newest.
        recipient: The third party that will receive the values; None when they stay here.

    Refuses:
        Refused: the policy says no. ``.promise`` names the sentence.
        Shredded: the record was erased. Final.

    Raises:
        NotFound: there is no such record.
        Tampered: a stored byte is not what was sealed. Call the officer; do not retry.
        AuditUnavailable: the log did not take the entry. Safe to retry.

    Records:
        Event.VAULT_ITEMS_OPENED or Event.VAULT_ACCESS_REFUSED, with item names.

    Cost:
        One query, one key unwrap and one log entry.

    Source:
        P1.6, P4.11-P4.13, P7.14; AES-256-GCM: NIST SP 800-38D.
    """
    request = Request(
        action=Action.DISCLOSE if recipient else Action.OPEN,
        kind=kind,
        items=frozenset(items),
        purpose=purpose,
        actor=actor,
        subject=subject,
        recipient=recipient,
    )
    row = newest(subject, kind, record)
    if row is None:
        permitted(request, ledger.standing(subject), None)
        raise gone(subject, record)
    content = content_of(row.record)
    trail = content.trail
    promise = permitted(request, row.facts, trail)
    log.record(
        Event.VAULT_ITEMS_OPENED,
        actor=actor,
        trail=trail,
        kinds=[kind],
        items=[*items],
        purpose=purpose,
        promise=promise,
        recipient=recipient or "",
    )
    return _picked(content, items)


def _picked(content: records.Content, items: Iterable[Item]) -> Opened:
    held, rules = content.items, masks.RULES
    return {item: Personal(held[item], rules[item]) for item in items if item in held}


def open_many(
    names: Sequence[Name],
    items: Collection[Item],
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
    reason: str,
) -> Mapping[Name, Opened]:
    """Values of several subjects' records, at most 200, for a stated reason.

    ``reason`` is a closed word (``"pick_list"``). Names without a record are absent from the answer.
    If the policy refuses one of them, nothing is opened. Cost: one query, one log statement.
    """
    return _opened(names, items, Event.VAULT_ITEMS_OPENED, kind, purpose, actor, reason)


def open_published(
    names: Sequence[Name], items: Collection[Item], *, kind: RecordKind, purpose: Purpose
) -> Mapping[Name, Opened]:
    """Values that persons gave for everybody to read, at most 200 records, as a visitor reads them.

    It opens nothing that the policy does not let *anybody* open, and says nothing about who reads. Whoever
    stopped the use of their data, or whom the policy leaves alone otherwise, is absent from the answer
    and stops nobody else's. Names without a record are absent too.

    Records:
        Event.VAULT_ITEMS_OPENED once for all of them, with how many and by which promise, and
        Event.VAULT_ACCESS_REFUSED once for each promise that left somebody out. Neither names anybody:
        who published something is not shown a line in their trail for each reader.

    Cost:
        One query, one log statement.

    Source:
        P1.6 and P1.4: published for a service that has a name, and for nothing else.
    """
    actor, result, by, out = Actor.visitor(), dict[Name, Opened](), Counter[str](), Counter[str]()
    if len(names) > MOST_AT_ONCE:
        msg = f"{len(names)} records at once, the limit is {MOST_AT_ONCE}: ask page by page"
        raise ValueError(msg)
    wanted = set(names)
    for row in store.by_ids(epochs.root().tenant, wanted, kind):
        name = (SubjectId(row.record.place.subject), RecordId(row.record.place.record))
        request = request_for(
            Action.OPEN, kind, items, purpose=purpose, actor=actor, subject=name[0]
        )
        answer = decide(policy(), request, row.facts)
        if isinstance(answer, Refusal):
            out[answer.promise] += 1
        elif name in wanted:
            by[answer.promise] += 1
            result[name] = _picked(content_of(row.record), items)
    acts = [(Event.VAULT_ITEMS_OPENED, by), (Event.VAULT_ACCESS_REFUSED, out)]
    log.record_all(
        log.Act(event, actor, None, [kind], [*items], purpose, promise, "", PUBLISHED, count)
        for event, counts in acts
        for promise, count in counts.items()
    )
    return result


def show_masks(
    names: Sequence[Name],
    items: Collection[Item],
    *,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
) -> Mapping[Name, Mapping[Item, str]]:
    """Masks of several subjects' records, for lists. No plain value leaves the vault."""
    opened = _opened(names, items, Event.VAULT_MASKS_SHOWN, kind, purpose, actor, "list")
    return {
        name: {item: str(value) for item, value in values.items()}
        for name, values in opened.items()
    }


def _opened(
    names: Sequence[Name],
    items: Collection[Item],
    event: Event,
    kind: RecordKind,
    purpose: Purpose,
    actor: Actor,
    reason: str,
) -> dict[Name, Opened]:
    if len(names) > MOST_AT_ONCE:
        msg = f"{len(names)} records at once, the limit is {MOST_AT_ONCE}: ask page by page"
        raise ValueError(msg)
    wanted = set(names)
    result: dict[Name, Opened] = {}
    acts = []
    for row in store.by_ids(epochs.root().tenant, wanted, kind):
        place = row.record.place
        name = (SubjectId(place.subject), RecordId(place.record))
        if name not in wanted:
            continue
        content = content_of(row.record)
        trail = content.trail
        request = request_for(
            Action.OPEN, kind, items, purpose=purpose, actor=actor, subject=name[0]
        )
        promise = permitted(request, row.facts, trail)
        acts.append(log.Act(event, actor, trail, [kind], [*items], purpose, promise, reason=reason))
        result[name] = _picked(content, items)
    log.record_all(acts)
    return result


def find(
    kind: RecordKind, item: Item, value: str, *, purpose: Purpose, actor: Actor
) -> Name | None:
    """Whose record of ``kind`` holds ``value``, or None. Exact, without regard to case.

    Who has not agreed to be sought by ``item``, where that is newer than their consent, is not there;
    everybody else is, and the search itself is nobody's data (P1.9).

    Refuses:
        Refused: the policy does not let this actor seek this item.

    Raises:
        Misplaced: the index names a record that does not hold the value: somebody moved its rows.

    Records:
        Event.VAULT_VALUE_SOUGHT, without the value and without the answer.

    Cost:
        One query, one key unwrap and one log entry.
    """
    request = request_for(Action.FIND, kind, [item], purpose=purpose, actor=actor, subject=None)
    newer = policy().lineage.names()
    promise = permitted(request, Facts(AgeClass.UNKNOWN, newer, frozenset()), None)
    epoch = epochs.current()
    tenant = epochs.root().tenant
    digests = indexing.digests(epoch, tenant, kind, item, value)
    found = store.sought(tenant, indexing.label(kind, item), digests)
    if found is not None and not _holds(found, kind, item, value):
        raise Misplaced(indexing.ENTRY)
    if found is not None and not _may_be_sought(SubjectId(found.place.subject), request, item):
        found = None
    log.record(
        Event.VAULT_VALUE_SOUGHT,
        actor=actor,
        kinds=[kind],
        items=[item],
        purpose=purpose,
        promise=promise,
    )
    return (SubjectId(found.place.subject), RecordId(found.place.record)) if found else None


def _may_be_sought(subject: SubjectId, request: Request, item: Item) -> bool:
    """Whether it is no newer than what the person agreed to. They may stop every other use, and still log in."""
    rule = policy().rules[
        request.actor.role, request.action, request.kind, request.purpose, request.recipient
    ]
    point = rule.agreed.get(item)
    return point is None or ledger.standing(subject).agrees_to(point)


def _holds(record: records.Sealed, kind: RecordKind, item: Item, value: str) -> bool:
    """Whether the record really holds what the index says, under the seal."""
    held = content_of(record).items.get(item)
    same = held is not None and indexing.normal(held) == indexing.normal(value)
    return same and record.place.kind == kind
