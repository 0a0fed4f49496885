"""Checks that every name a document uses is one that it declares."""

import itertools
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from yaksok.policy import beside_records, beyond_asking, needed, never_opened
from yaksok.policy.compile import with_parts
from yaksok.policy.document import Document, DocumentError
from yaksok.policy.entries import Grant, ItemEntry, Record
from yaksok.policy.law.tables import retention_laws
from yaksok.policy.places import Path
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Action, Basis, Held, Item, NoConsentCase, Profile, RecordKind

WITHOUT_CONSENT: Mapping[NoConsentCase, frozenset[Item]] = MappingProxyType(
    {
        NoConsentCase.DELIVERY: frozenset({Item.ADDRESS, Item.NAME, Item.PHONE}),
        NoConsentCase.STATISTICS: frozenset(),
    }
)
"""The most that a third party may receive without consent. Statistics hold no item of anybody."""


def check(document: Document) -> None:
    """Nothing, when all references hold.

    Raises:
        DocumentError: for the first one that does not.
    """
    for error in faults(document):
        raise error


def faults(document: Document) -> Iterator[DocumentError]:
    """Every reference of ``document`` that does not hold."""
    for kind, record in document.body.records.items():
        yield from _record(document, kind, record)
        for place, grant in enumerate(record.grants):
            yield from _grant(document, ("records", kind.value, "grants", place), record, grant)
        yield from _said_twice(document, kind, record)
    yield from _forms(document)
    yield from beyond_their_case(document)
    yield from beside_records.faults(document)
    yield from never_opened.faults(document)
    yield from beyond_asking.faults(document)
    yield from needed.faults(document)


def beyond_their_case(document: Document) -> Iterator[DocumentError]:
    """Nobody receives more without consent than their case allows (P4.12, P4.15)."""
    for name, recipient in document.body.recipients.items():
        case = recipient.without_consent
        if case is not None:
            keys: Path = ("recipients", name, "items")
            yield from _items(document, keys, recipient.items, WITHOUT_CONSENT[case])


def _record(document: Document, kind: RecordKind, record: Record) -> Iterator[DocumentError]:
    here: Path = ("records", kind.value)
    if not record.purposes:
        yield document.error((*here, "purposes"), "is empty", "say what the record is for")
    for purpose in record.purposes:
        if purpose not in document.body.purposes:
            cure = f"add [purposes.{purpose}]"
            yield document.error((*here, "purposes"), f"{purpose} is not declared", cure)
    try:
        Period.parse(record.end.period)
    except ValueError as error:
        yield document.error((*here, "end", "period"), str(error), "write a calendar period")
    apart = bool(record.items) and all(entry.consent for entry in record.items.values())
    by_consent = record.basis is Basis.CONSENT
    if (by_consent and not (record.consent or apart)) or (record.consent and not by_consent):
        fault = "basis and consent do not fit each other"
        cure = 'name a consent, of the record or of each item, exactly when basis = "consent"'
        yield document.error((*here, "basis"), fault, cure)
    if record.consent is not None and record.consent not in document.body.consents:
        fault = f"{record.consent} is not declared"
        yield document.error((*here, "consent"), fault, f"add [consents.{record.consent}]")
    for copy in record.statutory:
        if copy.law not in retention_laws():
            cure = f"use one of {', '.join(sorted(retention_laws()))}"
            yield document.error((*here, "statutory"), f"{copy.law} is not in the law table", cure)
        if RecordKind.STATUTORY not in document.body.records:
            fault = "no record is declared for what a law keeps"
            yield document.error((*here, "statutory"), fault, "add [records.statutory]")
    for item, entry in record.items.items():
        yield from _entry(document, (*here, "items", item.value), item, entry)


def _entry(document: Document, here: Path, item: Item, entry: ItemEntry) -> Iterator[DocumentError]:
    words = (entry.reason.ko, entry.reason.en, entry.label.ko, entry.label.en)
    if not all(word.strip() for word in words):
        cure = "say in both languages what it is and why it is needed"
        yield document.error(here, "has a blank text", cure)
    if (item is Item.PASSWORD) is not (entry.held is Held.VERIFIER):
        cure = 'write held = "verifier" for a password, and only there'
        yield document.error(here, "is held in the wrong shape", cure)
    yield from _consent_of(document, here, item, entry)
    if entry.either is not None and (entry.either is item or entry.required):
        cure = "name another item of the record, and let neither be required"
        yield document.error((*here, "either"), "is no choice of two", cure)


def _consent_of(
    document: Document, here: Path, item: Item, entry: ItemEntry
) -> Iterator[DocumentError]:
    if entry.consent is not None and entry.consent not in document.body.consents:
        fault = f"{entry.consent} is not declared"
        yield document.error((*here, "consent"), fault, f"add [consents.{entry.consent}]")
    if entry.consent is not None and entry.required:
        cure = "make it optional, or take it without a consent"
        yield document.error((*here, "required"), "is required and asks for a consent", cure)
    if item is Item.RRN and document.body.profile is not Profile.AS_WRITTEN and not entry.statute:
        cure = "take it out, or name the law that requires the number (PIPA 24-2)"
        yield document.error(here, "names no statute that requires it", cure)


def _grant(document: Document, here: Path, record: Record, grant: Grant) -> Iterator[DocumentError]:
    for purpose in grant.purposes:
        if purpose not in record.purposes:
            fault = f"the record is not kept for {purpose}"
            cure = "add the purpose to the record, or take it from the grant"
            yield document.error((*here, "purposes"), fault, cure)
    handing_over = Action.DISCLOSE in grant.actions
    if handing_over is not (grant.recipient is not None):
        cure = "give disclose, and only disclose, a grant with a recipient"
        yield document.error((*here, "recipient"), "does not fit the actions", cure)
    elif handing_over and len(grant.actions) > 1:
        cure = "write disclose in a grant of its own"
        yield document.error((*here, "actions"), "mixes disclose with others", cure)
    if grant.recipient is not None:
        yield from _recipient(document, here, grant, grant.recipient)


def _said_twice(document: Document, kind: RecordKind, record: Record) -> Iterator[DocumentError]:
    """Two grants that answer the same question: one of them would be believed, and one not."""
    said: set[tuple[object, ...]] = set()
    for place, grant in enumerate(record.grants):
        asked = set(
            itertools.product(grant.roles, grant.actions, grant.purposes, [grant.recipient])
        )
        if repeated := sorted(asked & said, key=str):
            role, action, purpose, _ = repeated[0]
            keys: Path = ("records", kind.value, "grants", place)
            fault = f"{role} may {action} for {purpose} by another grant already"
            yield document.error(keys, fault, "put the items of both into one grant")
        said |= asked


def _recipient(document: Document, here: Path, grant: Grant, name: str) -> Iterator[DocumentError]:
    recipient = document.body.recipients.get(name)
    if recipient is None:
        fault = f"{name} is not declared"
        yield document.error((*here, "recipient"), fault, f"add [recipients.{name}]")
        return
    yield from _items(document, (*here, "items"), grant.items, with_parts(recipient.items))


def _items(
    document: Document, keys: Path, items: tuple[Item, ...], allowed: frozenset[Item]
) -> Iterator[DocumentError]:
    for item in items:
        if item not in allowed:
            known = ", ".join(sorted(allowed)) or "none"
            yield document.error(
                keys, f"{item} is not among them", f"declare it, or use of: {known}"
            )


def _forms(document: Document) -> Iterator[DocumentError]:
    for name, form in document.body.forms.items():
        seen: set[str] = set()
        for place, part in enumerate(form.parts):
            here: Path = ("forms", name.value, "parts", place)
            record = document.body.records.get(part.record)
            if record is None:
                fault = f"{part.record} is not declared"
                yield document.error(here, fault, f"add [records.{part.record}]")
                continue
            for item, entry in record.items.items():
                if name in entry.asked_on:
                    field = entry.field or f"{part.prefix}{item}"
                    if field in seen:
                        cure = "give the part a prefix"
                        yield document.error(here, f"two fields are called {field}", cure)
                    seen.add(field)
        for place, box in enumerate(form.boxes):
            if box.name in seen:
                keys: Path = ("forms", name.value, "boxes", place, "name")
                yield document.error(keys, f"{box.name} stands twice on the form", "rename the box")
            seen.add(box.name)
