"""Somebody to whom a parcel goes sees who gave their address, for what, and can object (PIPA 20, P4.8).

They have no account and gave the mall nothing themselves: somebody who ordered did. They show that a
parcel is theirs by its tracking number and the last digits of the phone it was sent with. Because the
first can be read off a box and the second guessed, it is throttled tightly, nothing is ever shown in
plain, and nothing can be redirected: for a copy or a correction the desk asks for more.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper
from yaksok.guard import throttle
from yaksok.journeys import rights_proof
from yaksok.journeys.rights_proof import Proof
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound, Refused, Shredded
from yaksok.kernel.ids import RecordId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OVER, OrderState
from yaksok.mall.shipping import parcels
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import register as handovers
from yaksok.privacy.vault import gate

MALL = Actor.system("recipient_page")

FAILURES = 5
WINDOW_SECONDS = 15 * 60
DAY_FAILURES = 10
DAY_SECONDS = 24 * 3600
"""Five wrong tries in a quarter of an hour and ten in a day, for one parcel and for one address:
with four digits, one chance in a thousand a day. After that the desk."""

NUMBER_SCOPE, ADDRESS_SCOPE = "recipient:number", "recipient:address"
DAILY = "recipient:number:day"
DIGITS = 4
LONGEST = 40
_SIGNS = re.compile(r"[^0-9A-Za-z]")

DONE = OVER | {OrderState.DELIVERED}
"""Orders by which nothing is on its way any more."""

ITEMS = (Item.NAME, Item.PHONE, Item.SAFE_NUMBER, Item.POSTCODE, Item.ADDRESS)

WRONG = Text(
    ko="운송장 번호나 전화번호 끝자리가 맞지 않아요. 상자에 붙은 운송장을 확인해 주세요.",
    en="The tracking number or the last digits of the phone are not right. Check the label on the box.",
)


@dataclass(frozen=True, slots=True)
class RecipientPage:
    """What a recipient is told. Every value is a mask; of a record that is gone there is none.

    ``giver`` is the mask of who gave it. ``purposes`` and ``kept`` are in the words of the policy,
    ``kept_until`` is set once the parcel was delivered. ``handed`` are those who received it. ``own``:
    they ordered it themself, and act where they are better known than by a parcel.
    """

    proof: str
    until: datetime
    giver: str
    given_at: datetime
    items: Mapping[Item, str]
    purposes: tuple[str, ...]
    kept: str
    kept_until: datetime | None
    laws: tuple[str, ...]
    handed: tuple[handovers.Entry, ...]
    objected: bool
    open: bool
    erased: bool
    own: bool


def begin(number: str, digits: str, *, address_key: str, language: Language) -> RecipientPage:
    """The page of the recipient whose parcel this is.

    A wrong number and wrong digits get the same sentence after the same work.

    Arguments:
        number: The courier's tracking number, as typed.
        digits: The last four of the phone that the parcel was sent with.

    Raises:
        Invalid: not right; one sentence for the form as a whole.
        Throttled: five failures in 15 minutes or ten in a day, for this parcel or from this address.

    Records:
        Event.RIGHTS_IDENTITY_SHOWN and Event.VAULT_MASKS_SHOWN when it is right;
        Event.RIGHTS_IDENTITY_FAILED when the parcel exists and the digits are wrong.
    """
    asked = _SIGNS.sub("", number[:LONGEST]).upper()
    for scope, key, limit, seconds in _counted(asked, address_key):
        throttle.spend(scope, key, limit=limit, seconds=seconds)
    order = _proven(asked, _SIGNS.sub("", digits[:LONGEST]))
    if order is None:
        raise Invalid({"": WRONG.in_(language)})
    throttle.clear(NUMBER_SCOPE, asked)
    throttle.refund(DAILY, asked)
    throttle.refund(ADDRESS_SCOPE, address_key)
    note = rights_proof.make(Actor.recipient(order.recipient), order.subject, order.id)
    return view(rights_proof.read(note, language), note, language)


def _counted(number: str, address_key: str) -> tuple[tuple[str, str, int, int], ...]:
    return (
        (ADDRESS_SCOPE, address_key, FAILURES, WINDOW_SECONDS),
        (NUMBER_SCOPE, number, FAILURES, WINDOW_SECONDS),
        (DAILY, number, DAY_FAILURES, DAY_SECONDS),
    )


def _proven(number: str, digits: str) -> Order | None:
    """The order whose parcel it is, if the digits are those of its phone."""
    with keeper():
        place = parcels.tracked_by(number) or parcels.place_of(number.lower())
        order = finding.of(*place) if place else None
        phone = _phone(order) if order else ""
        right = len(phone) >= DIGITS and hmac.compare_digest(
            digits.encode(), phone[-DIGITS:].encode()
        )
        if order is None:
            return None
        actor = Actor.recipient(order.recipient)
        log.record(
            Event.RIGHTS_IDENTITY_SHOWN if right else Event.RIGHTS_IDENTITY_FAILED,
            actor=actor if right else Actor.visitor(),
            trail=gate.trail_of(order.recipient),
            kinds=[RecordKind.ORDER_RECIPIENT],
            purpose=Purpose.RIGHTS,
            promise="P5.4",
        )
    return order if right else None


def _phone(order: Order) -> str:
    """The digits of the phone that the parcel was sent with; "" when they are gone or closed.

    They make sure of somebody who uses a right, so a stop of every use does not close them.
    """
    try:
        opened = gate.open_items(
            order.recipient,
            [Item.PHONE],
            kind=RecordKind.ORDER_RECIPIENT,
            purpose=Purpose.RIGHTS,
            actor=MALL,
            record=order.recipient_record,
        )
    except (NotFound, Refused, Shredded):
        return ""
    return re.sub(r"\D", "", opened[Item.PHONE].reveal()) if Item.PHONE in opened else ""


def view(proof: Proof, note: str, language: Language) -> RecipientPage:
    """What is told to whoever ``proof`` shows to be the recipient of its order.

    Records:
        Event.VAULT_MASKS_SHOWN for the recipient's record and for the name of who ordered.
    """
    with keeper():
        order = order_of(proof)
        held = {one.record: one for one in gate.holdings(proof.subject)}
        there = held.get(order.recipient_record)
        body = policy().document.body
        record = body.records[RecordKind.ORDER_RECIPIENT]
        return RecipientPage(
            proof=note,
            until=proof.until,
            giver=giver(order),
            given_at=order.placed_at,
            items=_masks(proof, order.recipient_record) if there else {},
            purposes=tuple(
                body.purposes[one].text.in_(language)
                for one in record.purposes
                if one not in {Purpose.RIGHTS, Purpose.STATUTORY_RECORD}
            ),
            kept=record.end.reason.in_(language),
            kept_until=there.destroy_after if there else None,
            laws=tuple(
                copy.title.in_(language)
                for copy in policy().retention[RecordKind.ORDER_RECIPIENT].statutory
            ),
            handed=tuple(handovers.for_subject(proof.subject)),
            objected=ledger.standing(proof.subject).restricted,
            open=order.state not in DONE,
            erased=there is None,
            own=order.recipient == order.subject,
        )


def order_of(proof: Proof) -> Order:
    """The order of which ``proof`` shows somebody to be the recipient.

    Raises:
        NotFound: it is somebody else's parcel.
    """
    order = finding.of(proof.payer, proof.order)
    if order.recipient != proof.subject:
        msg = "the parcel is somebody else's"
        raise NotFound(msg)
    return order


def giver(order: Order) -> str:
    """The mask of who ordered; "" when they are erased.

    To be told where one's data came from is a right of the recipient (PIPA 20), so that who ordered had
    the use of theirs stopped does not close it.
    """
    masks = gate.show_masks(
        [(order.subject, order.payer_record)],
        policy().having(RecordKind.ORDER_PAYER, [Item.NAME]),
        kind=RecordKind.ORDER_PAYER,
        purpose=Purpose.RIGHTS,
        actor=MALL,
    )
    return masks.get((order.subject, order.payer_record), {}).get(Item.NAME, "")


def _masks(proof: Proof, record: RecordId) -> Mapping[Item, str]:
    name = (proof.subject, record)
    return gate.show_masks(
        [name],
        policy().having(RecordKind.ORDER_RECIPIENT, ITEMS),
        kind=RecordKind.ORDER_RECIPIENT,
        purpose=Purpose.RIGHTS,
        actor=proof.actor,
    ).get(name, {})
