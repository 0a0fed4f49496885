"""What the forensic gate does inside a mall: ``python -m tests.residue.inside ACT < JSON``.

Run in a mall's environment (``YAKSOK_DATA``). Prints one JSON object. ``plant`` seals canaries of every
record kind that the policy declares, ``erase`` erases persons, ``attack`` tries to open wrapped keys.
"""

import itertools
import json
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yaksok.settings.main")
django.setup()

from django.db import connection  # noqa: E402 - Django first

from tests.cast import people  # noqa: E402 - as above
from yaksok.database.roles import keeper  # noqa: E402 - as above
from yaksok.journeys import leave  # noqa: E402 - as above
from yaksok.journeys.explain import explain  # noqa: E402 - as above
from yaksok.journeys.explained import Record  # noqa: E402 - as above
from yaksok.kernel.actor import Actor, Role  # noqa: E402 - as above
from yaksok.kernel.errors import YaksokError  # noqa: E402 - as above
from yaksok.kernel.ids import SubjectId, new_subject_id  # noqa: E402 - as above
from yaksok.policy.in_force import policy  # noqa: E402 - as above
from yaksok.policy.vocabulary import (  # noqa: E402 - as above
    Action,
    AgeClass,
    Held,
    Item,
    Language,
    Purpose,
    RecordKind,
)
from yaksok.privacy.consent import ledger  # noqa: E402 - as above
from yaksok.privacy.vault import crypto, epochs, gate, indexing  # noqa: E402 - as above
from yaksok.privacy.vault.cipher import Kek  # noqa: E402 - as above
from yaksok.privacy.vault.roots.port import label  # noqa: E402 - as above

Said = dict[str, Any]
_suffixes = ("".join(letters) for letters in itertools.product("bcdfghjkmnp", repeat=4))


def value(item: Item, given: Said) -> str:
    """A canary of ``item``. KeyError for an item that nobody plants: write down what it looks like."""
    word, hangul, phone = given["word"], given["hangul"], given["phone"]
    one = f"{word}{next(_suffixes)}"
    known: dict[Item, str] = {
        Item.ACCESS_POINT: "2026-11-24 12:00 198.51.100.7",
        Item.ADDRESS: f"서울 종로구 {hangul}길 77, {one}",
        Item.AGE_CLASS: "14+",
        Item.ANSWER: f"{hangul} {one}",
        Item.BIRTH_MONTH: "2014-05",
        Item.BODY: f"{hangul} {one}",
        Item.CALL_PHONE: phone,
        Item.DOCUMENT: f"{hangul} {one}",
        Item.EXTRA: f"{hangul} {one}",
        Item.EMAIL: f"{one}@mail.example",
        Item.GUARDIAN_EVIDENCE: f"signed {one}",
        Item.LOGIN_ID: one,
        Item.NAME: f"{hangul}{one}",
        Item.PHONE: phone,
        Item.POSTCODE: "03186",
        Item.PUSH_ENDPOINT: f"https://push.example/{one} point secret ours",
        Item.TOTP_SECRET: one.upper(),
    }
    return known[item]


ADDED_LATER = frozenset({Item.GUARDIAN_EVIDENCE})
"""Items that come into a record which is there already."""


def uses(
    record: Record, action: Action, items: Collection[Item] | None = None
) -> Iterator[tuple[Role, Purpose]]:
    """By whom and for what the policy permits ``action`` on all ``items`` (None: a whole record)."""
    whole = [
        {(use.role, use.purpose) for use in item.uses if use.action is action}
        for item in record.items
        if item.held is Held.SEALED and (items is None or item.item in items)
    ]
    yield from sorted(set.intersection(*whole)) if whole else ()


def plant(given: Said) -> Said:
    """Members who come by the journeys, and of each record kind a record that holds every item."""
    values: list[str] = []
    members: list[list[str]] = []
    people.mark = lambda: f"{given['word']}{next(_suffixes)}"
    for _ in range(given["count"]):
        who = people.member()
        who.logs_in(stepped_up=True)
        members.append([str(who.subject), who.person.password])
        values += who.person.canaries()
    records = explain(policy()).records
    assert {record.kind for record in records} == set(policy().items)
    planted: dict[str, list[str]] = {}
    for _, record in itertools.product(range(given["count"]), records):
        subject, held = _plant_one(record, given)
        planted.setdefault(record.kind, []).append(str(subject))
        values += held
    return {"planted": planted, "values": values, "members": members}


def _plant_one(record: Record, given: Said) -> tuple[SubjectId, list[str]]:
    subject = new_subject_id()
    items = {
        item.item: value(item.item, given) for item in record.items if item.held is Held.SEALED
    }
    asked = {name for item in record.items for use in item.uses for name in use.consents}
    asked |= {item.consent for item in record.items if item.consent}
    with keeper():
        receipt = ledger.receive(
            subject,
            given=dict.fromkeys(sorted(asked), True),
            notice="0" * 64,
            policy_version=policy().version,
            language=Language.KOREAN,
            age=AgeClass.ADULT,
        )
    wrong = ""
    first = {item: said for item, said in items.items() if item not in ADDED_LATER}
    for role, purpose in uses(record, Action.SEAL, first):
        actor = Actor(role, SubjectId(subject), trained=True, job="residue")
        try:
            with keeper():
                gate.seal(
                    subject, record.kind, first, purpose=purpose, actor=actor, receipt=receipt
                )
                _add_later(subject, record, {i: items[i] for i in items.keys() - first.keys()})
        except YaksokError as error:
            wrong = str(error)
            continue
        return subject, list(items.values())
    msg = f"nobody may seal a record {record.kind}: {wrong}"
    raise AssertionError(msg)


def _add_later(subject: SubjectId, record: Record, items: Mapping[Item, str]) -> None:
    """What the mall itself adds to a record that somebody gave."""
    for item, said in items.items():
        purpose = next(
            purpose for role, purpose in uses(record, Action.AMEND, {item}) if role is Role.SYSTEM
        )
        actor = Actor.system("residue")
        gate.amend(subject, record.kind, {item: said}, purpose=purpose, actor=actor)


def erase(given: Said) -> Said:
    """Members leave by the journey; then every record of everybody but ``given["kept"]`` goes."""
    for subject, password in given["members"]:
        actor = Actor.member(SubjectId(UUID(subject)))
        leave.confirm(actor, password, language=Language.KOREAN)
    records = {record.kind: record for record in explain(policy()).records}
    erased = []
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, record_id, kind FROM vault_record ORDER BY 1, 2")
        rows = [row for row in cursor.fetchall() if str(row[0]) not in given["kept"]]
    for subject, record_id, kind in rows:
        purpose = next(
            purpose
            for role, purpose in whole_record(records[RecordKind(kind)])
            if role is Role.SYSTEM
        )
        with keeper():
            gate.erase(
                subject,
                actor=Actor.system("residue"),
                purpose=purpose,
                reason="left",
                only=[record_id],
            )
        erased.append([str(subject), str(record_id)])
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id, record_id FROM vault_erasure")
        gone = {(str(row[0]), str(row[1])) for row in cursor.fetchall()}
    return {"erased": sorted(gone | {(one, other) for one, other in erased})}


def whole_record(record: Record) -> list[tuple[Role, Purpose]]:
    """By whom and for what the policy permits the record to be erased."""
    found = {
        (use.role, use.purpose)
        for item in record.items
        for use in item.uses
        if use.action is Action.ERASE
    }
    return sorted(found)


def keys(rows: list[list[Any]]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Every key that encrypts keys, and every index key, that any version of the root still opens.

    Arguments:
        rows: Epochs found in copies: number, wrapped KEK and wrapped index key in hex.
    """
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT number, kek, index_key FROM vault_epoch")
        rows = [*rows, *([n, bytes(a).hex(), bytes(b).hex()] for n, a, b in cursor.fetchall())]
    keks: dict[str, bytes] = {}
    indices: dict[str, bytes] = {}
    root = epochs.root()
    for (number, kek, index), version in itertools.product(rows, root.versions()):
        for name, wrapped, found in (("kek", kek, keks), ("index", index, indices)):
            try:
                plain = root.unwrap(version, bytes.fromhex(wrapped), label(name, number))
            except YaksokError:
                continue
            found[plain.hex()] = plain
    return keks, indices


def attack(given: Said) -> Said:
    """Try every wrapped key that was found against every key there is, as every record kind."""
    keks, indices = keys(given["epochs"])
    numbers = sorted({number for number, _, _ in given["epochs"]} | {1, 2, 3})
    opened, deks, tried = [], [], 0
    tenant = epochs.root().tenant
    for subject, record, epoch, wrapped, commitment in given["found"]:
        sealed = crypto.SealedKey(bytes.fromhex(wrapped), bytes.fromhex(commitment))
        for kind, kek in itertools.product(RecordKind, keks.values()):
            place = crypto.Place(tenant, UUID(subject), UUID(record), kind)
            for number in {epoch, *numbers}:
                tried += 1
                try:
                    key = crypto.unwrap(Kek(kek), sealed, place.label(), number)
                except YaksokError:
                    continue
                opened.append([subject, record])
                deks.append(key.hex())
    digests = [
        indexing.entry_digest(key, tenant, kind, item, text).hex()
        for key in indices.values()
        for kind, items in indexing.FINDABLE.items()
        for item in items
        for text in given["values"]
    ]
    return {
        "opened": opened,
        "deks": sorted(set(deks)),
        "tried": tried,
        "keks": sorted(keks),
        "indices": sorted(indices),
        "digests": digests,
    }


ACTS = {"plant": plant, "erase": erase, "attack": attack}

if __name__ == "__main__":
    people.ADDRESS_KEY = f"residue {uuid4()}"
    answer = ACTS[sys.argv[1]](json.load(sys.stdin))
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
