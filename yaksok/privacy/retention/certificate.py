"""A signed word that something was erased. It holds nothing personal, and outlives the account.

Ed25519 (RFC 8032) over the certificate's canonical JSON: names sorted, no spaces, UTF-8. Whoever
has the mall's public key can check it with any tool, without the mall.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from yaksok.kernel.keyring import named_key
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, RecordKind

if TYPE_CHECKING:
    # 7 MB; a process that neither signs nor checks goes without it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY = "certificate"
FORMAT = "yaksok:erasure:1"
MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Gone:
    """Items of one record kind that were erased."""

    kind: RecordKind
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Items of one record kind that stay, by which law and until when.

    ``until`` is None while an open order holds them; the law's period begins when it is done.
    """

    kind: RecordKind
    items: tuple[Item, ...]
    law: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the person takes along. ``text`` is the whole certificate; keep it as it is."""

    number: UUID
    erased_at: datetime
    unreadable_by: datetime
    gone: tuple[Gone, ...]
    kept: tuple[Kept, ...]
    signature: str
    text: str


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether a certificate is this mall's, unaltered, and if not, why. True when it is."""

    ok: bool
    why: str
    number: UUID | None = None
    erased_at: datetime | None = None
    unreadable_by: datetime | None = None

    def __bool__(self) -> bool:
        return self.ok


def new_number() -> UUID:
    """A random number that says nothing about the person or the time."""
    return uuid4()


def issue(
    number: UUID,
    *,
    erased_at: datetime,
    unreadable_by: datetime,
    gone: Sequence[Gone],
    kept: Sequence[Kept],
) -> Certificate:
    """Sign that ``gone`` was erased at ``erased_at``, and that ``kept`` was not.

    Arguments:
        unreadable_by: When no backup can bring it back any more (P3.7, P3.8).
    """
    body: dict[str, Any] = {
        "certificate": FORMAT,
        "erased": [{"items": sorted(row.items), "record": row.kind.value} for row in gone],
        "erased_at": _time(erased_at),
        "kept": [
            {
                "items": sorted(row.items),
                "law": row.law,
                "record": row.kind.value,
                "until": _time(row.until) if row.until else "order_done",
            }
            for row in kept
        ],
        "mall": policy().document.body.mall.name.en,
        "number": str(number),
        "policy": policy().version,
        "public_key": public_key().hex(),
        "unreadable_by": _time(unreadable_by),
    }
    signature = _private_key().sign(canonical(body)).hex()
    text = canonical({**body, "signature": signature}).decode()
    return Certificate(number, erased_at, unreadable_by, tuple(gone), tuple(kept), signature, text)


def public_key() -> bytes:
    """The 32 bytes by which anybody can check this mall's certificates. Published."""
    return _private_key().public_key().public_bytes_raw()


def verify(text: str, *, key: bytes | None = None) -> Verified:
    """Whether ``text`` is a certificate that this mall (or the holder of ``key``) signed.

    Needs no account and no database. Spaces and line breaks between the parts do not matter.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(text.encode(errors="replace")) > MOST_BYTES:
        return Verified(ok=False, why="it is longer than any certificate")
    try:
        body = json.loads(text, object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        return Verified(ok=False, why="it is not whole: download it again and do not change it")
    if not isinstance(body, dict) or body.get("certificate") != FORMAT:
        return Verified(ok=False, why="it is not a certificate of erasure of a known format")
    trusted = key or public_key()
    if body.get("public_key") != trusted.hex():
        return Verified(ok=False, why="it names a key that is not this mall's")
    signature = body.pop("signature", "")
    try:
        Ed25519PublicKey.from_public_bytes(trusted).verify(
            bytes.fromhex(signature), canonical(body)
        )
        return Verified(
            ok=True,
            why="signed by this mall, and not one letter was changed",
            number=UUID(body["number"]),
            erased_at=datetime.fromisoformat(body["erased_at"]),
            unreadable_by=datetime.fromisoformat(body["unreadable_by"]),
        )
    except (InvalidSignature, ValueError, TypeError, KeyError, AttributeError):
        return Verified(ok=False, why="the signature does not fit: something was changed")


def canonical(body: Mapping[str, Any]) -> bytes:
    """The one way to write ``body`` as bytes: sorted names, no spaces, UTF-8.

    With only text, lists and objects inside it is what RFC 8785 prescribes.
    """
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _private_key() -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(named_key(KEY))


def _time(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    body = dict(pairs)
    if len(body) != len(pairs):
        msg = "a name stands twice"
        raise ValueError(msg)
    return body
