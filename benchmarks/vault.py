"""What the gate costs beyond the cipher: no database in between."""

import os
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.timing import Row, side_by_side
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import new_id, new_subject_id
from yaksok.kernel.personal import Personal
from yaksok.policy import masks
from yaksok.policy.decide import Facts, Request, decide
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.vault import crypto, records
from yaksok.privacy.vault.cipher import GCM, Kek

ITEMS = {Item.NAME: "홍카나리", Item.PHONE: "010-0000-0000", Item.ADDRESS: "서울 종로구 약속로 1"}
NONCE = crypto.NONCE_BYTES


def rows() -> Iterator[Row]:
    """Open and seal a record of three items, beside the bare cipher."""
    kek = Kek(os.urandom(crypto.KEY_BYTES))
    place = crypto.Place(os.urandom(16), new_subject_id(), new_id(), RecordKind.ORDER_RECIPIENT)
    trail = new_id()
    content = {item.value: value for item, value in ITEMS.items()}
    record = records.seal(place, trail, content, kek, 1)
    rules, facts = policy(), Facts(AgeClass.ADULT, frozenset(), frozenset())
    actor = Actor.system("benchmark")

    def open_through_the_gate() -> dict[Item, Personal]:
        request = Request(
            action=Action.DISCLOSE,
            kind=RecordKind.ORDER_RECIPIENT,
            items=frozenset(ITEMS),
            purpose=Purpose.DELIVERY,
            actor=actor,
            subject=None,
            recipient="courier",
        )
        decide(rules, request, facts)
        opened = records.unseal(record, kek).items
        return {item: Personal(opened[item], masks.rule(item)) for item in ITEMS}

    wrapped, sealed = record.key.wrapped, record.sealed
    label = place.label()
    of_wrap = b"wrap" + (1).to_bytes(8) + wrapped[:9] + label
    of_record = b"record" + sealed[:6] + label

    def unwrap_and_decrypt() -> bytes:
        key = kek.aead(GCM).decrypt(wrapped[9:21], wrapped[21:], of_wrap)
        return AESGCM(key).decrypt(sealed[6:18], sealed[18:], of_record)

    plain = unwrap_and_decrypt()

    def encrypt_and_wrap() -> None:
        key = os.urandom(crypto.KEY_BYTES)
        AESGCM(key).encrypt(os.urandom(NONCE), plain, of_record)
        kek.aead(GCM).encrypt(os.urandom(NONCE), key, of_wrap)

    took, floor = side_by_side(open_through_the_gate, unwrap_and_decrypt)
    yield Row("decide and open 3 items", took, "AES-GCM unwrap + decrypt", floor, "≤ 4")
    took, floor = side_by_side(
        lambda: records.seal(place, trail, content, kek, 1), encrypt_and_wrap
    )
    yield Row("seal 3 items", took, "AES-GCM encrypt + wrap", floor, "")
