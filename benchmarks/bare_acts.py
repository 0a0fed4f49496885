"""The acts of the gate with every statement left out, and the bare cipher beside them.

What is left is all the Python and all the cryptography of the real functions. Rows come from memory,
and the entry of the log, which is a row too, is left out with the statement that writes it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks import gate_acts as gate
from yaksok.database.roles import keeper
from yaksok.kernel import clock
from yaksok.kernel.ids import RecordId, SubjectId, new_id, new_subject_id
from yaksok.policy.facts import Facts
from yaksok.policy.vocabulary import AgeClass, Item, Language, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import cipher, crypto, epochs, records, store

PEOPLE = 100
NONCE = crypto.NONCE_BYTES
Acts = dict[str, Callable[[], object]]


def _row(epoch: epochs.Epoch, kind: RecordKind, values: dict[Item, str]) -> store.Row:
    place = crypto.Place(epochs.root().tenant, new_subject_id(), new_id(), kind)
    sealed = records.seal(place, new_id(), records.normal(values), epoch.kek, epoch.number)
    return store.Row(sealed, "2026-11-24", None, Facts(AgeClass.ADULT, frozenset(), frozenset()))


def _unwritten(  # a signature of its own costs less than a dictionary of what is not looked at
    event: object,
    *,
    actor: object,
    trail: object = None,
    kinds: object = (),
    items: object = (),
    purpose: object = "",
    promise: object = "",
    recipient: object = "",
    reason: object = "",
) -> None:
    """An entry of the log that nobody writes."""


@contextmanager
def without_sql() -> Iterator[Acts]:
    """The five acts, as long as the block lasts; ``open_many`` is for one of its records."""
    with keeper():
        epoch = epochs.current()
    rows = [_row(epoch, gate.KIND, gate.ITEMS) for _ in range(PEOPLE)]
    member = _row(epoch, RecordKind.MEMBERSHIP, {Item.EMAIL: "m@mail.example"})
    row = rows[0]
    subject, record = SubjectId(row.record.place.subject), RecordId(row.record.place.record)
    names = [
        (SubjectId(one.record.place.subject), RecordId(one.record.place.record)) for one in rows
    ]
    receipt = ledger.Receipt(
        new_id(), subject, clock.now(), "2026-11-24", "0" * 64, Language.KOREAN, "web", (), ()
    )
    answers: dict[tuple[object, str], Callable[..., object]] = {
        (epochs, "current"): lambda: epoch,
        (ledger, "forget"): lambda _: None,
        (log, "record"): _unwritten,
        (log, "record_all"): lambda _: None,
        (store, "add"): lambda *_: None,
        (store, "by_ids"): lambda *_: rows,
        (store, "delete"): lambda *_, **__: None,
        (store, "lock"): lambda _: None,
        (store, "of_subject"): lambda *_: [row],
        (store, "one_of_each"): lambda *_: {},
        (store, "sought"): lambda *_: member.record,
        (store, "standings"): lambda _: {subject: row.facts},
    }
    with ExitStack() as stack:
        for (module, name), answer in answers.items():
            stack.enter_context(patch.object(module, name, answer))
        yield {
            "seal": lambda: gate.seal(subject, receipt),
            "open": gate.handing_over(subject, record),
            "open_many": lambda: gate.list_all(names),
            "find": lambda: gate.seek("m@mail.example"),
            "erase": lambda: gate.erase(subject),
        }


def floors() -> Acts:
    """The bare cipher for the same three items, whatever is chosen for the mall: AES-256-GCM."""
    kek, label = AESGCM(os.urandom(crypto.KEY_BYTES)), os.urandom(82)
    place = crypto.Place(os.urandom(16), new_subject_id(), new_id(), gate.KIND)
    plain = bytes(
        len(
            records.seal(
                place, new_id(), records.normal(gate.ITEMS), cipher.Kek(crypto.new_key()), 1
            ).sealed
        )
        - 34
    )

    def seal() -> tuple[bytes, bytes]:
        key, nonce = os.urandom(crypto.KEY_BYTES), os.urandom(NONCE)
        body = nonce + AESGCM(key).encrypt(nonce, plain, label)
        nonce = os.urandom(NONCE)
        return nonce + kek.encrypt(nonce, key, label), body

    wrapped, body = seal()

    def opening() -> bytes:
        key = kek.decrypt(wrapped[:NONCE], wrapped[NONCE:], label)
        return AESGCM(key).decrypt(body[:NONCE], body[NONCE:], label)

    def digest() -> bytes:
        keyed = hmac.HMAC(label[:32], hashes.SHA256())
        keyed.update(label)
        return keyed.finalize()

    return {gate.SEAL: seal, gate.OPEN: opening, gate.HMAC: digest}
