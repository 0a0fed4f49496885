"""What somebody without an account carries from page to page: that they showed whose data is theirs.

There is no session and no cookie for them (P6.6). What they proved once, by the secret of an order, a
link in a letter or a parcel, comes back with each form as a sealed note that the mall alone can write
and read. It holds random ids, dies after twenty minutes, and opens nothing that was erased meanwhile.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import OrderId, SubjectId
from yaksok.kernel.keyring import named_key
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language

KEY = "rights_proof"
LIFE = timedelta(minutes=20)
ID_BYTES = 16
STAMP_BYTES = 8
MAC_BYTES = 32
ROLES = {b"g": Role.GUEST, b"r": Role.RECIPIENT}
LENGTH = 1 + 3 * ID_BYTES + STAMP_BYTES + MAC_BYTES
LONGEST = 4 * LENGTH

OVER = Text(
    ko="확인한 지 20분이 지났어요. 처음부터 다시 확인해 주세요.",
    en="Twenty minutes have passed since you showed that it is you. Please begin again.",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """Who somebody showed to be, by which order, and until when that counts.

    ``payer`` is whose order it is: of a recipient somebody else.
    """

    actor: Actor
    payer: SubjectId
    order: OrderId
    until: datetime

    @property
    def subject(self) -> SubjectId:
        """Whose data is shown."""
        if self.actor.subject is None:
            msg = "a proof names somebody"
            raise LookupError(msg)
        return self.actor.subject


def make(actor: Actor, payer: SubjectId, order: OrderId) -> str:
    """The note to be carried, from this moment on for twenty minutes."""
    if actor.subject is None:
        msg = "nobody is shown to be anybody"
        raise LookupError(msg)
    mark = next(mark for mark, role in ROLES.items() if role is actor.role)
    stamp = int((clock.now() + LIFE).timestamp()).to_bytes(STAMP_BYTES, "big")
    said = mark + actor.subject.bytes + payer.bytes + order.bytes + stamp
    return base64.urlsafe_b64encode(said + _mac(said)).decode()


def read(note: str, language: Language) -> Proof:
    """What the note says, if the mall wrote it and it has not run out.

    Raises:
        Invalid: it has, or somebody made it up: the same sentence, for the form as a whole.
    """
    try:
        raw = base64.b64decode(note[:LONGEST].encode("ascii"), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    said, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
    if len(raw) != LENGTH or not hmac.compare_digest(mac, _mac(said)):
        raise Invalid({"": OVER.in_(language)})
    until = datetime.fromtimestamp(int.from_bytes(said[-STAMP_BYTES:], "big"), UTC)
    if until <= clock.now():
        raise Invalid({"": OVER.in_(language)})
    subject, payer, order = (
        UUID(bytes=said[start : start + ID_BYTES]) for start in range(1, 1 + 3 * ID_BYTES, ID_BYTES)
    )
    actor = Actor(ROLES[said[:1]], SubjectId(subject))
    return Proof(actor, SubjectId(payer), OrderId(order), until)


def _mac(said: bytes) -> bytes:
    return hmac.digest(named_key(KEY), said, hashlib.sha256)
