"""A guest sees an order with its number and the secret they set (P5.6)."""

from yaksok.database.roles import keeper
from yaksok.guard import throttle
from yaksok.journeys.order_view import OrderView, view
from yaksok.journeys.speaking import spoken
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import normal_order_number
from yaksok.mall.accounts.verifiers import matches
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Place
from yaksok.policy import fields
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.vault import gate

FAILURES = 5
WINDOW_SECONDS = 15 * 60
"""Five failures in a quarter of an hour, for one order and for one address."""

NUMBER_SCOPE = "look_up:number"
ADDRESS_SCOPE = "look_up:address"
LONGEST_NUMBER = 64
NOBODYS = "0000-000-0000-000"
"""Sought when what was typed cannot be a number, so that it takes the same work."""

WRONG = Text(
    ko="주문번호나 조회 비밀번호가 맞지 않아요. 주문을 마친 화면이나 메일에서 번호를 확인해 주세요.",
    en="The order number or the secret is not right. Check the number on the page or in the mail.",
)


def look_up(number: str, secret: str, *, address_key: str) -> OrderView:
    """The guest's order with this number and secret, masked.

    A wrong number and a wrong secret get the same sentence after the same work; an order of a member
    has no secret, and is not found this way.

    Arguments:
        number: As typed: any case, with or without hyphens.
        address_key: What tells clients apart for counting; only its keyed hash is stored.

    Raises:
        Invalid: not right; one sentence for the form as a whole.
        Throttled: five failures in 15 minutes, for this number or from this address.

    Records:
        Event.ORDER_SECRET_PROVED and Event.VAULT_MASKS_SHOWN when it is right.
    """
    return _shown(_proven(number, secret, address_key))


def prove(number: str, secret: str, *, address_key: str) -> Actor:
    """The guest who showed number and secret of an order, to act for themself; raises like :func:`look_up`.

    Records:
        Event.ORDER_SECRET_PROVED when it is right.
    """
    place = _proven(number, secret, address_key)
    with keeper():
        return _told(place)


def _proven(number: str, secret: str, address_key: str) -> Place:
    asked = normal_order_number(number[:LONGEST_NUMBER]) or NOBODYS
    counted = number[:LONGEST_NUMBER] if asked == NOBODYS else asked
    target, guesser = (NUMBER_SCOPE, counted), (ADDRESS_SCOPE, address_key)
    with throttle.guessing(target, guesser, limit=FAILURES, seconds=WINDOW_SECONDS):
        with keeper():
            place = finding.by_number(asked)
            verifier = finding.verifier_of(place)
        if not _is_right(verifier, secret) or place is None:
            raise Invalid({"": spoken(WRONG)})
    return place


def _is_right(verifier: str | None, secret: str) -> bool:
    try:
        typed = fields.clean(Item.PASSWORD, secret)
    except fields.Unfit:
        typed = ""
    return matches(verifier, typed) and bool(typed)


def _shown(place: Place) -> OrderView:
    with keeper():
        return view(finding.of(*place), actor=_told(place), journey="look_up")


def _told(place: Place) -> Actor:
    """The guest, once the log knows that they showed the secret."""
    guest = Actor.guest(place[0])
    log.record(
        Event.ORDER_SECRET_PROVED,
        actor=guest,
        trail=gate.trail_of(place[0]),
        kinds=[RecordKind.ORDER_PAYER],
        purpose=Purpose.ORDER,
        promise="P5.6",
    )
    return guest
