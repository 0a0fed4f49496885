"""When and from where a member logged in: sealed as a law wants it, and shown to the member."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from yaksok.database.roles import keeper
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.retention import ends
from yaksok.privacy.vault import gate

MALL = Actor.system("log_in")
KIND = RecordKind.ACCESS_RECORD
UNKNOWN = "-"
"""What stands in place of an address that is none."""

MOST = 100


@dataclass(frozen=True, slots=True)
class LogIn:
    """One log-in: minute and address, masked unless the password was just repeated."""

    point: str
    kept_until: datetime | None


def note(subject: SubjectId, address: str) -> None:
    """Seal that ``subject`` logged in now, from ``address``. Part of the transaction of the log-in.

    Nothing is kept where the document declares no such record, or where the member was never told.
    The law's three months count from now.

    Records:
        Event.VAULT_RECORD_SEALED.
    """
    receipts = ledger.receipts(subject)
    if KIND not in policy().items or not receipts:
        return
    at = clock.now()
    record = gate.seal(
        subject,
        KIND,
        {Item.ACCESS_POINT: f"{at.astimezone(clock.SEOUL):%Y-%m-%d %H:%M} {_plain(address)}"},
        purpose=Purpose.SECURITY,
        actor=MALL,
        receipt=receipts[0],
    )
    ends.happened(subject, record, KIND, at=at)


def mine(actor: Actor, *, stepped_up: bool) -> tuple[LogIn, ...]:
    """The member's own log-ins of the last three months, newest first.

    Records:
        Event.VAULT_ITEMS_OPENED or Event.VAULT_MASKS_SHOWN.
    """
    subject = actor.subject
    if subject is None:
        msg = "there are no log-ins of somebody who is not known"
        raise NotFound(msg)
    with keeper():
        held = [one for one in gate.holdings(subject) if one.kind is KIND][-MOST:]
        names = [(subject, one.record) for one in held]
        shown = _opened(names, actor) if stepped_up else _masked(names, actor)
    found = (LogIn(shown.get((subject, one.record), ""), one.destroy_after) for one in held)
    return tuple(reversed([one for one in found if one.point]))


def _opened(names: list[gate.Name], actor: Actor) -> dict[gate.Name, str]:
    opened = gate.open_many(
        names,
        [Item.ACCESS_POINT],
        kind=RecordKind.ACCESS_RECORD,
        purpose=Purpose.RIGHTS,
        actor=actor,
        reason="own_log_ins",
    )
    return {name: one[Item.ACCESS_POINT].reveal() for name, one in opened.items()}


def _masked(names: list[gate.Name], actor: Actor) -> dict[gate.Name, str]:
    masks = gate.show_masks(
        names,
        [Item.ACCESS_POINT],
        kind=RecordKind.ACCESS_RECORD,
        purpose=Purpose.RIGHTS,
        actor=actor,
    )
    return {name: one[Item.ACCESS_POINT] for name, one in masks.items()}


def _plain(address: str) -> str:
    try:
        return str(ip_address(address.partition("%")[0]))
    except ValueError:
        return UNKNOWN
