"""From the document that people wrote to the tables that decide."""

import datetime
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

from yaksok.kernel.actor import Role
from yaksok.policy.document import Document
from yaksok.policy.entries import Grant, Record
from yaksok.policy.facts import BEYOND_SCOPE, DISCLOSE, Facts, disclosure_to
from yaksok.policy.forms import Form, build
from yaksok.policy.lineage import FOUNDING, NEVER_ASKED, Lineage, arrivals, way
from yaksok.policy.retention import RetentionRule, retention_rule
from yaksok.policy.vocabulary import (
    Action,
    FormName,
    Held,
    Item,
    Minors,
    NoConsentCase,
    Profile,
    Purpose,
    RecordKind,
)

STAFF_ROLES = frozenset({Role.AUDITOR, Role.CLERK, Role.MARKETER, Role.OFFICER})
"""Roles that reach personal data only with a current training record (P7.14)."""

PART_OF: Mapping[Item, Item] = MappingProxyType(
    {Item.POSTCODE: Item.ADDRESS, Item.SAFE_NUMBER: Item.PHONE}
)
"""Items that travel inside another one, or stand for it, when they are handed to a third party."""

GUEST_PROMISE: Mapping[RecordKind, str] = MappingProxyType(
    {
        RecordKind.ORDER_EXTRA: "P2.14",
        RecordKind.ORDER_PAYER: "P5.3",
        RecordKind.ORDER_RECIPIENT: "P5.4",
        RecordKind.STATUTORY: "P3.9",
    }
)
"""The promise that keeps a record to its purposes, where it is not the general one (P1.6)."""

_PURPOSE_PROMISE: Mapping[Purpose, str] = MappingProxyType(
    {
        Purpose.ADVERTISING: "P1.9",
        Purpose.COMPLAINT: "P10.1",
        Purpose.DELIVERY: "P1.3",
        Purpose.GUARDIAN_CONSENT: "P9.2",
        Purpose.LEGAL_DEMAND: "P4.10",
        Purpose.MEMBER_SERVICE: "P1.4",
        Purpose.ORDER: "P1.1",
        Purpose.PAYMENT: "P1.2",
        Purpose.PROGRAMME: "P4.4",
        Purpose.RESTOCK_NOTICE: "P1.4",
        Purpose.SECURITY: "P3.10",
        Purpose.STAFF_AUTHENTICATION: "P7.13",
        Purpose.STATISTICS: "P4.15",
        Purpose.STATUTORY_RECORD: "P3.10",
    }
)

_RIGHT_PROMISE: Mapping[Action, str] = MappingProxyType(
    {Action.AMEND: "P8.2", Action.ERASE: "P8.3"}
)

_WARD_PROMISE: Mapping[Action, str] = MappingProxyType(
    {Action.AMEND: "P9.4", Action.ERASE: "P9.5", Action.OPEN: "P9.3"}
)

_CASE_PROMISE: Mapping[NoConsentCase, str] = MappingProxyType(
    {NoConsentCase.DELIVERY: "P4.13", NoConsentCase.STATISTICS: "P4.14"}
)

Key = tuple[Role, Action, RecordKind, Purpose, str | None]
"""Who, does what, with which record, why, and to whom it goes."""


class Permit(msgspec.Struct, frozen=True):
    """The policy says yes, and by which promise."""

    promise: str


class Rule(msgspec.Struct, frozen=True):
    """One row of the decision table.

    ``agreed`` names, for each item that is newer than some people's consent, the points to which
    a person must have agreed. ``guarded``: of a child too, when a proven guardian allowed it. ``needs`` names the consent of an item that is asked apart.
    ``stoppable``: it ends while the person has the use of their data stopped.
    """

    items: frozenset[Item]
    whole: bool
    own: bool
    ward: bool
    trained: bool
    stoppable: bool
    child_promise: str | None
    guarded: bool
    consent: str | None
    needs: Mapping[Item, str]
    agreed: Mapping[Item, str]
    refusals: frozenset[str]
    permit: Permit


class Policy(msgspec.Struct, frozen=True):
    """A document, ready to decide. Nothing in it changes any more."""

    document: Document
    version: str
    effective: datetime.date
    profile: Profile
    hash: str
    items: Mapping[RecordKind, frozenset[Item]]
    required: Mapping[RecordKind, frozenset[Item]]
    purposes: Mapping[RecordKind, frozenset[Purpose]]
    recipients: Mapping[str, frozenset[Item]]
    rules: Mapping[Key, Rule]
    retention: Mapping[RecordKind, RetentionRule]
    forms: Mapping[FormName, Form]
    lineage: Lineage
    arrivals: Mapping[tuple[RecordKind, Item], frozenset[str]]

    def having(self, kind: RecordKind, items: Iterable[Item]) -> tuple[Item, ...]:
        """Those of ``items`` that the document has in ``kind``: what a page or a parcel can name."""
        declared = self.items.get(kind, frozenset())
        return tuple(item for item in items if item in declared)

    def due(self, kind: RecordKind, at: datetime.datetime, facts: Facts) -> datetime.datetime:
        """When a record is destroyed whose event came at ``at``, for the person of ``facts``.

        Who has not agreed to a longer life keeps the end that they were told (P1.9).
        """
        ends = [
            earlier.due(at)
            for earlier in self.lineage.periods.get(kind, ())
            if not facts.agrees_to(earlier.point)
        ]
        return min([self.retention[kind].due(at), *ends])


def compile_document(document: Document, lineage: Lineage = FOUNDING) -> Policy:
    """The tables of ``document``, whose references all hold, with what is newer than consent.

    Raises:
        DocumentError: a table refers to something that the document does not declare.
    """
    from yaksok.policy.references import check

    check(document)
    body = document.body
    statutory = body.records.get(RecordKind.STATUTORY)
    keepable = sealed_items(statutory) if statutory else frozenset()
    recipients = {name: with_parts(r.items) for name, r in body.recipients.items()}
    return Policy(
        document=document,
        version=body.version,
        effective=body.effective,
        profile=body.profile,
        hash=document.hash,
        items=MappingProxyType({k: sealed_items(r) for k, r in body.records.items()}),
        required=MappingProxyType({k: _required(r) for k, r in body.records.items()}),
        purposes=MappingProxyType(_purposes(document)),
        recipients=MappingProxyType(recipients),
        rules=MappingProxyType(_rules(document, lineage)),
        retention=MappingProxyType(
            {kind: retention_rule(kind, record, keepable) for kind, record in body.records.items()}
        ),
        forms=MappingProxyType(build(document)),
        lineage=lineage,
        arrivals=MappingProxyType(arrivals(lineage, body)),
    )


def with_parts(items: tuple[Item, ...]) -> frozenset[Item]:
    """``items``, and the items that travel inside them."""
    return frozenset(items) | {part for part, whole in PART_OF.items() if whole in items}


def sealed_items(record: Record) -> frozenset[Item]:
    """The items of ``record`` that lie in the vault: all but those kept as a verifier."""
    return frozenset(i for i, entry in record.items.items() if entry.held is Held.SEALED)


def _purposes(document: Document) -> dict[RecordKind, frozenset[Purpose]]:
    """What each record is kept for, and the demands by law that reach it."""
    demands = document.body.legal_demands
    reached = demands.reach.keys() if demands else set()
    return {
        kind: frozenset(record.purposes) | ({Purpose.LEGAL_DEMAND} if kind in reached else set())
        for kind, record in document.body.records.items()
    }


def _required(record: Record) -> frozenset[Item]:
    return frozenset(i for i in sealed_items(record) if record.items[i].required)


def _rules(document: Document, lineage: Lineage) -> dict[Key, Rule]:
    rules: dict[Key, Rule] = {}
    for kind, record in document.body.records.items():
        for grant in record.grants:
            for role in grant.roles:
                for action in grant.actions:
                    for purpose in grant.purposes:
                        key = (role, action, kind, purpose, grant.recipient)
                        rules[key] = _rule(document, key, grant, record, lineage)
    return rules | _demanded(document, lineage)


def _demanded(document: Document, lineage: Lineage) -> dict[Key, Rule]:
    """What an officer may open to answer a demand by law, as ``[legal_demands] reach`` says."""
    demands = document.body.legal_demands
    rules: dict[Key, Rule] = {}
    for kind, items in demands.reach.items() if demands else ():
        grant = Grant((Role.OFFICER,), (Action.OPEN,), (Purpose.LEGAL_DEMAND,), items)
        key = (Role.OFFICER, Action.OPEN, kind, Purpose.LEGAL_DEMAND, None)
        rules[key] = _rule(document, key, grant, document.body.records[kind], lineage)
    return rules


def _rule(document: Document, key: Key, grant: Grant, record: Record, lineage: Lineage) -> Rule:
    role, action, kind, purpose, recipient = key
    handing_over = action is Action.DISCLOSE
    erasing = action is Action.ERASE
    items = sealed_items(record) if erasing else sealed_items(record) & frozenset(grant.items)
    if recipient is not None:
        items &= with_parts(document.body.recipients[recipient].items)
    asked = handing_over or (not erasing and purpose not in NEVER_ASKED)
    taking = action in {Action.AMEND, Action.SEAL}
    use = way(grant, purpose)
    points = {item: lineage.points.get((use, kind, item)) for item in items} if asked else {}
    return Rule(
        items=items,
        whole=erasing,
        own=grant.own,
        ward=grant.ward,
        trained=role in STAFF_ROLES,
        stoppable=asked,
        child_promise=_child_promise(action, purpose, record, ward=grant.ward),
        guarded=action is Action.SEAL and _is_guarded(document, purpose, record),
        consent=_consent(document, action, purpose, record, recipient),
        needs=MappingProxyType(_needs(record, items) if asked or taking else {}),
        agreed=MappingProxyType({item: p for item, p in points.items() if p is not None}),
        refusals=_refusals(document, purpose, recipient) if asked else frozenset(),
        permit=Permit(
            _handover_promise(document, recipient)
            if handing_over
            else _permit_promise(role, action, purpose)
        ),
    )


def _needs(record: Record, items: frozenset[Item]) -> dict[Item, str]:
    """The consents of items that are asked apart (P2.12)."""
    entries = ((item, record.items[item].consent) for item in items)
    return {item: consent for item, consent in entries if consent is not None}


def _child_promise(action: Action, purpose: Purpose, record: Record, *, ward: bool) -> str | None:
    if action is Action.DISCLOSE:
        return "P9.6"
    if purpose is Purpose.ADVERTISING and action is not Action.ERASE:
        return "P9.7"
    giving = action is Action.SEAL or (action is Action.AMEND and not ward)
    return "P9.2" if giving and record.adults_only else None


def _is_guarded(document: Document, purpose: Purpose, record: Record) -> bool:
    """Whether a child gives this record when a proven guardian allowed it (P9.2).

    Nobody can allow a child to be advertised to (P9.7).
    """
    if purpose is Purpose.ADVERTISING:
        return False
    return record.guarded and document.body.children.minors is Minors.GUARDIAN


def _consent(
    document: Document, action: Action, purpose: Purpose, record: Record, recipient: str | None
) -> str | None:
    """The consent without which a rule does not hold. A person's own rights need none."""
    if action is Action.DISCLOSE and recipient is not None:
        third = document.body.recipients[recipient]
        return disclosure_to(recipient) if third.without_consent is None else None
    if purpose in {Purpose.LEGAL_DEMAND, Purpose.RIGHTS} or action is Action.ERASE:
        return None
    return record.consent


def _refusals(document: Document, purpose: Purpose, recipient: str | None) -> frozenset[str]:
    """The standing refusals that stop a use: of this recipient, of all who need consent, of more.

    Who wants nothing beyond what they were told at first is not advertised to either (P4.8).
    """
    if recipient is None:
        return frozenset({BEYOND_SCOPE}) if purpose is Purpose.ADVERTISING else frozenset()
    one = frozenset({disclosure_to(recipient)})
    third = document.body.recipients[recipient]
    return one | {DISCLOSE} if third.without_consent is None else one


def _handover_promise(document: Document, recipient: str | None) -> str:
    case = document.body.recipients[recipient or ""].without_consent
    return "P4.3" if case is None else _CASE_PROMISE[case]


def _permit_promise(role: Role, action: Action, purpose: Purpose) -> str:
    if purpose is not Purpose.RIGHTS:
        return _PURPOSE_PROMISE[purpose]
    if role is Role.GUEST:
        return "P5.6"
    if role is Role.GUARDIAN:
        return _WARD_PROMISE.get(action, "P9.3")
    return _RIGHT_PROMISE.get(action, "P8.1")
