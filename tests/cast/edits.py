"""Operators who change their document at random, as far as it stays a document."""

import itertools
from collections.abc import Callable
from random import Random

import msgspec

from tests.cast.dice import dice
from yaksok.kernel.actor import Role
from yaksok.policy.document import Document, parse
from yaksok.policy.entries import Body, Grant, Record
from yaksok.policy.references import faults
from yaksok.policy.vocabulary import Action, Basis, RecordKind

Edit = tuple[str, int]
"""What is done, and the number that settles where."""

KINDS = (
    RecordKind.ADDRESS_BOOK,
    RecordKind.MEMBERSHIP,
    RecordKind.ORDER_PAYER,
    RecordKind.ORDER_RECIPIENT,
)


def _with(body: Body, kind: RecordKind, **changes: object) -> Body:
    record = msgspec.structs.replace(body.records[kind], **changes)
    return msgspec.structs.replace(body, records={**body.records, kind: record})


def _some_record(body: Body, thrown: Random) -> tuple[RecordKind, Record]:
    kind = thrown.choice(KINDS)
    return kind, body.records[kind]


def _with_grant(body: Body, thrown: Random, change: Callable[[Grant, Record], Grant]) -> Body:
    kind, record = _some_record(body, thrown)
    if not record.grants:
        return body
    place = thrown.randrange(len(record.grants))
    grants = list(record.grants)
    grants[place] = change(grants[place], record)
    return _with(body, kind, grants=tuple(grants))


def more_items(body: Body, thrown: Random) -> Body:
    def change(grant: Grant, record: Record) -> Grant:
        item = thrown.choice(sorted(record.items))
        return msgspec.structs.replace(grant, items=(*dict.fromkeys((*grant.items, item)),))

    return _with_grant(body, thrown, change)


def fewer_items(body: Body, thrown: Random) -> Body:
    def change(grant: Grant, _record: Record) -> Grant:
        return msgspec.structs.replace(grant, items=grant.items[1:])

    return _with_grant(body, thrown, change)


def another_purpose(body: Body, thrown: Random) -> Body:
    def change(grant: Grant, record: Record) -> Grant:
        purposes = (*dict.fromkeys((*grant.purposes, thrown.choice(record.purposes))),)
        return msgspec.structs.replace(grant, purposes=purposes)

    return _with_grant(body, thrown, change)


def new_purpose(body: Body, thrown: Random) -> Body:
    kind, record = _some_record(body, thrown)
    purpose = thrown.choice(sorted(body.purposes))
    grant = Grant(
        (thrown.choice([Role.SYSTEM, Role.OFFICER, Role.MEMBER]),),
        (thrown.choice([Action.OPEN, Action.FIND, Action.SEAL]),),
        (purpose,),
        tuple(thrown.sample(sorted(record.items), min(2, len(record.items)))),
        own=thrown.random() < 0.3,
    )
    purposes = (*dict.fromkeys((*record.purposes, purpose)),)
    return _with(body, kind, purposes=purposes, grants=(*record.grants, grant))


def fewer_grants(body: Body, thrown: Random) -> Body:
    kind, record = _some_record(body, thrown)
    place = thrown.randrange(len(record.grants) or 1)
    return _with(body, kind, grants=record.grants[:place] + record.grants[place + 1 :])


def only_the_person(body: Body, thrown: Random) -> Body:
    """A grant becomes the person's own, or stops being it."""

    def change(grant: Grant, _record: Record) -> Grant:
        return msgspec.structs.replace(grant, own=not grant.own)

    return _with_grant(body, thrown, change)


def handed_over(body: Body, thrown: Random) -> Body:
    kind, record = _some_record(body, thrown)
    third = body.recipients["advertiser"]
    items = tuple(thrown.sample(sorted(record.items), 1))
    purpose = thrown.choice(record.purposes)
    grant = Grant((Role.SYSTEM,), (Action.DISCLOSE,), (purpose,), items, recipient="advertiser")
    wider = msgspec.structs.replace(third, items=(*dict.fromkeys((*third.items, *items)),))
    body = msgspec.structs.replace(body, recipients={**body.recipients, "advertiser": wider})
    return _with(body, kind, grants=(*record.grants, grant))


def another_company(body: Body, thrown: Random) -> Body:
    third = body.recipients["advertiser"]
    field = thrown.choice(["company", "country", "keeps", "purpose"])
    words: object = thrown.choice(["JP", "KR", "US"])
    if field != "country":
        words = msgspec.structs.replace(getattr(third, field), en=f"another {thrown.randrange(9)}")
    changed = msgspec.structs.replace(third, **{field: words})
    return msgspec.structs.replace(body, recipients={**body.recipients, "advertiser": changed})


def consent_of_an_item(body: Body, thrown: Random) -> Body:
    kind, record = _some_record(body, thrown)
    item = thrown.choice(sorted(record.items))
    consent = thrown.choice([None, *sorted(body.consents)])
    entry = msgspec.structs.replace(record.items[item], consent=consent)
    return _with(body, kind, items={**record.items, item: entry})


def consent_of_a_record(body: Body, thrown: Random) -> Body:
    kind, _ = _some_record(body, thrown)
    consent = thrown.choice([None, *sorted(body.consents)])
    basis = Basis.CONTRACT if consent is None else Basis.CONSENT
    return _with(body, kind, basis=basis, consent=consent)


EDITS: dict[str, Callable[[Body, Random], Body]] = {
    edit.__name__: edit
    for edit in (
        another_company,
        another_purpose,
        consent_of_a_record,
        consent_of_an_item,
        fewer_grants,
        fewer_items,
        handed_over,
        more_items,
        new_purpose,
        only_the_person,
    )
}


def edited(document: Document, edits: list[Edit], version: str) -> Document:
    """``document`` after ``edits``, as ``version``; an edit after which it is none is left out."""
    for name, number in edits:
        body = EDITS[name](document.body, dice(number))
        after = msgspec.structs.replace(document, body=body)
        if next(faults(after), None) is None:
            document = after
    return msgspec.structs.replace(
        document, body=msgspec.structs.replace(document.body, version=version)
    )


def versions(text: str, rounds: list[list[Edit]]) -> list[Document]:
    """The document ``text`` changed by each of ``rounds`` in turn."""
    first = parse(text)
    days = (f"2027-{month:02}-01" for month in itertools.count(1))
    found = [first]
    for edits, day in zip(rounds, days, strict=False):
        found.append(edited(found[-1], edits, day))
    return found
