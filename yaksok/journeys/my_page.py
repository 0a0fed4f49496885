"""회원가입/변경: everything the mall holds about the member, record by record (P8.1).

What is shown is generated: from the records that the vault holds, from the items that the policy
declares for them, and from the tables that the apps declare. Nothing can be left out by forgetting.
"""

from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper
from yaksok.journeys import legal_demands
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.orders import finding
from yaksok.policy import masks, never_opened
from yaksok.policy.in_force import policy
from yaksok.policy.text import kind_name
from yaksok.policy.vocabulary import Action, AgeClass, Held, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit.log import Entry
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import register as handovers
from yaksok.privacy.retention import holdings
from yaksok.privacy.rights import register as requests
from yaksok.privacy.vault import gate

NOTHING: frozenset[Item] = frozenset()
RECENT = 20
"""Entries of the trail on the page; the others are a page of their own."""


@dataclass(frozen=True, slots=True)
class HeldItem:
    """One item of a record. ``value`` is a mask, or plain when the password was just repeated.

    ``given`` is false for an item that the policy declares and the person never gave; then
    ``value`` is empty. ``readable`` is false when nobody can read it, the person included.
    """

    item: Item
    label: str
    value: str
    given: bool
    readable: bool = True


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """One record: what it is, why it is kept, and until when.

    ``kept_until`` is a date when one is set already; ``kept_while`` says it in words.
    """

    record: RecordId
    kind: RecordKind
    label: str
    reason: str
    items: tuple[HeldItem, ...]
    policy_version: str
    kept_while: str
    kept_until: datetime | None


@dataclass(frozen=True, slots=True)
class HeldRows:
    """Rows that are not in the vault: ids, verifiers, money and times."""

    table: str
    label: str
    rows: int


@dataclass(frozen=True, slots=True)
class MyPage:
    """All of it."""

    records: tuple[HeldRecord, ...]
    rows: tuple[HeldRows, ...]
    handovers: tuple[handovers.Entry, ...]
    receipts: tuple[ledger.Receipt, ...]
    requests: tuple[requests.Request, ...]
    trail: tuple[Entry, ...]
    revealed: bool


def view(actor: Actor, *, stepped_up: bool, language: Language) -> MyPage:
    """What the mall holds about the member who asks.

    Values are masked unless ``stepped_up``: a session that somebody else took over shows nothing
    (P8.5). With it come what the person was told and allowed, who received what, what they asked
    for, and who looked.

    Arguments:
        stepped_up: What the session's facts say; never anything else.

    Refuses:
        Refused: the policy does not let this actor see a record.

    Records:
        Event.VAULT_ITEMS_OPENED or Event.VAULT_MASKS_SHOWN for each record.
    """
    subject = _who(actor)
    with keeper():
        return MyPage(
            records=_records(subject, actor, language, stepped_up=stepped_up),
            rows=tuple(
                HeldRows(one.table, one.ko if language is Language.KOREAN else one.en, count)
                for one, count in holdings.rows_of(subject)
            ),
            handovers=_handovers(subject),
            receipts=ledger.receipts(subject),
            requests=requests.of(subject),
            trail=legal_demands.may_be_shown(
                subject, gate.history(subject, actor=actor, limit=RECENT)
            ),
            revealed=stepped_up,
        )


def records(
    subject: SubjectId, actor: Actor, language: Language, *, plain: bool
) -> tuple[HeldRecord, ...]:
    """What the vault holds about ``subject``, as ``actor`` may read it by a person's rights.

    ``plain``: the values themselves, else their masks. Part of the caller's transaction.
    """
    return _records(subject, actor, language, stepped_up=plain)


def trail(actor: Actor, *, limit: int = 200) -> tuple[Entry, ...]:
    """The member's own trail: every act on their data, newest first, without any value."""
    subject = _who(actor)
    with keeper():
        entries = gate.history(subject, actor=actor, limit=limit)
        return legal_demands.may_be_shown(subject, entries)


def _who(actor: Actor) -> SubjectId:
    if actor.subject is None:
        msg = "there is no page for somebody who is not known"
        raise NotFound(msg)
    return actor.subject


def _records(
    subject: SubjectId, actor: Actor, language: Language, *, stepped_up: bool
) -> tuple[HeldRecord, ...]:
    held = gate.holdings(subject)
    values: dict[RecordId, dict[Item, str]] = {}
    given: dict[RecordId, frozenset[Item]] = {}
    for kind in sorted({one.kind for one in held}):
        names = [(subject, one.record) for one in held if one.kind is kind]
        given |= {name[1]: items for name, items in gate.given(names, kind=kind).items()}
        values |= _values(names, kind, actor, stepped_up=stepped_up)
    return tuple(
        _record(one, values.get(one.record), given.get(one.record, NOTHING), language)
        for one in held
    )


def _values(
    names: list[gate.Name], kind: RecordKind, actor: Actor, *, stepped_up: bool
) -> dict[RecordId, dict[Item, str]]:
    items = _readable(kind, actor)
    if not items:
        return {}
    shown: dict[RecordId, dict[Item, str]] = {}
    for start in range(0, len(names), 200):
        some = names[start : start + 200]
        if stepped_up:
            opened = gate.open_many(
                some, items, kind=kind, purpose=Purpose.RIGHTS, actor=actor, reason="own_page"
            )
            shown |= {
                name[1]: {item: value.reveal() for item, value in found.items()}
                for name, found in opened.items()
            }
        else:
            masks = gate.show_masks(some, items, kind=kind, purpose=Purpose.RIGHTS, actor=actor)
            shown |= {name[1]: dict(found) for name, found in masks.items()}
    return shown


def _readable(kind: RecordKind, actor: Actor) -> frozenset[Item]:
    """The items of ``kind`` that a person may read of themself; none of what only a law keeps."""
    rule = policy().rules.get((actor.role, Action.OPEN, kind, Purpose.RIGHTS, None))
    return rule.items if rule else frozenset()


def _shown(item: Item, value: str) -> str:
    """``value`` as its owner reads it: of an age its figure, of what nobody opens the mask."""
    if item is Item.AGE_CLASS and value in {AgeClass.ADULT, AgeClass.CHILD}:
        age = policy().document.body.children.age
        return f"{age}+" if value == AgeClass.ADULT else f"< {age}"
    return masks.mask(item, value) if item in never_opened.ITEMS else value


def _record(
    one: gate.Held, shown: dict[Item, str] | None, given: frozenset[Item], language: Language
) -> HeldRecord:
    body = policy().document.body
    declared = body.records.get(one.kind)
    items = []
    for item, entry in declared.items.items() if declared else ():
        label = entry.label.in_(language)
        if entry.held is Held.VERIFIER:
            if one.kind is RecordKind.MEMBERSHIP:
                items.append(HeldItem(item, label, "", given=True, readable=False))
        elif shown is None:
            items.append(HeldItem(item, label, "", given=True, readable=False))
        else:
            value = _shown(item, shown.get(item, "")) if item in given else ""
            items.append(HeldItem(item, label, value, given=item in given))
    return HeldRecord(
        record=one.record,
        kind=one.kind,
        label=kind_name(policy(), one.kind, language),
        reason=", ".join(
            body.purposes[purpose].text.in_(language)
            for purpose in (declared.purposes if declared else ())
        ),
        items=tuple(items),
        policy_version=one.policy_version,
        kept_while=declared.end.reason.in_(language) if declared else "",
        kept_until=one.destroy_after,
    )


def _handovers(subject: SubjectId) -> tuple[handovers.Entry, ...]:
    """Of the member, and of the recipients that their orders name; newest first."""
    about = {subject} | {order.recipient for order in finding.of_subject(subject)}
    entries = [
        entry
        for one in about
        for entry in handovers.for_subject(one)
        if entry.message is handovers.Message.HANDOVER
    ]
    return tuple(sorted(entries, key=lambda entry: entry.planned_at, reverse=True))
