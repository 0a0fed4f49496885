"""Where an answer goes: to the asker alone, and how that is shown to who writes it."""

from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import RecordId
from yaksok.mall.desk.book import Ticket
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.post import outbox
from yaksok.privacy.post.templates import Template
from yaksok.privacy.vault import gate

DESK = Actor.system("desk")
MEMBER_PATH, GUEST_PATH = "/my/inquiries", "/ask/look-up"


def answered(ticket: Ticket) -> bool:
    """Note a letter that the answer is there; False when the asker gave no address.

    It goes to the address that the asker wrote on this inquiry, or of a member to the one of their
    membership. There is no way to name another one.
    """
    place = _address(ticket)
    if place is None:
        return False
    kind, record = place
    outbox.note(
        ticket.subject,
        Template.INQUIRY_ANSWERED,
        kind=kind,
        record=record,
        language=ticket.language,
        context={"number": ticket.number, "path": MEMBER_PATH if ticket.member else GUEST_PATH},
    )
    return True


def goes_to(ticket: Ticket) -> str:
    """The mask of the address to which word of the answer goes; "" when the asker gave none.

    Records:
        Event.VAULT_MASKS_SHOWN.
    """
    place = _address(ticket)
    if place is None:
        return ""
    kind, record = place
    name = (ticket.subject, record)
    if kind is RecordKind.INQUIRY:
        masks = gate.show_masks(
            [name], [Item.EMAIL], kind=RecordKind.INQUIRY, purpose=Purpose.COMPLAINT, actor=DESK
        )
    else:
        masks = gate.show_masks(
            [name],
            [Item.EMAIL],
            kind=RecordKind.MEMBERSHIP,
            purpose=Purpose.MEMBER_SERVICE,
            actor=DESK,
        )
    return masks.get(name, {}).get(Item.EMAIL, "")


def _address(ticket: Ticket) -> tuple[RecordKind, RecordId] | None:
    if ticket.member:
        kind = RecordKind.MEMBERSHIP
        held = [one.record for one in gate.holdings(ticket.subject) if one.kind is kind]
        record = held[-1] if held else None
    else:
        kind, record = RecordKind.INQUIRY, ticket.record
    if record is None or not policy().having(kind, [Item.EMAIL]):
        return None
    given = gate.given([(ticket.subject, record)], kind=kind)
    return (kind, record) if Item.EMAIL in given.get((ticket.subject, record), ()) else None
