"""The guardian is identified at a provider's window: by phone, by certificate, or by a card."""

from datetime import date

from yaksok.kernel import clock
from yaksok.privacy.guardians.methods import wire
from yaksok.privacy.guardians.methods.method import Method
from yaksok.privacy.guardians.methods.naming import same_name, same_number
from yaksok.privacy.guardians.methods.port import Claim, Evidence, Known, Lack, NotProven, evidence

GROWN_UP = 19
"""From which age a person can be somebody's guardian (Civil Act of Korea, article 4)."""

SMALL_AMOUNT = 100
"""Won by which a card is shown to be somebody's; they are given back at once."""

CHANNELS = {
    Method.PHONE_IDENTITY: "channel-key-phone",
    Method.EQUIVALENT: "channel-key-certificate",
    Method.CARD: "channel-key-card",
}
"""By which channel of the provider each is done."""


class Identified:
    """By the guardian's own phone, or by their electronic certificate."""

    def __init__(self, method: Method) -> None:
        self.method = method

    def window(self, reference: str, back: str) -> str:
        """The provider's window."""
        return wire.window("identity", reference, CHANNELS[self.method], back)

    def prove(self, claim: Claim, known: Known) -> Evidence:
        """Evidence when the provider identified a grown-up of the guardian's name. See the port.

        By phone it must be the guardian's telephone too, where the child gave one.
        """
        found = wire.verification(claim.reference)
        customer = found.verified_customer
        if found.status != "VERIFIED" or customer is None:
            raise NotProven(Lack.UNFINISHED)
        if not same_name(customer.name, known.name):
            raise NotProven(Lack.NAME)
        by_phone = self.method is Method.PHONE_IDENTITY and known.phone
        if by_phone and not same_number(customer.phone_number, known.phone):
            raise NotProven(Lack.PHONE)
        if not _is_grown_up(customer.birth_date):
            raise NotProven(Lack.YOUNG)
        return evidence(self.method, found.pg_tx_id)


class ByCard:
    """By a card that the provider has shown to be the guardian's, with an amount that goes back."""

    method = Method.CARD

    def window(self, reference: str, back: str) -> str:
        """The provider's window."""
        return wire.window("payment", reference, CHANNELS[self.method], back)

    def prove(self, claim: Claim, known: Known) -> Evidence:
        """Evidence with at most four digits of the card. See the port.

        The amount is given back before anything else; a card of another name proves nothing.
        """
        paid = wire.payment(claim.reference)
        if paid.status != "PAID" or paid.method.type != "PaymentMethodCard":
            raise NotProven(Lack.UNFINISHED)
        wire.give_back(claim.reference)
        if paid.amount.total != SMALL_AMOUNT:
            raise NotProven(Lack.UNFINISHED)
        if not same_name(paid.customer.name, known.name):
            raise NotProven(Lack.NAME)
        return evidence(self.method, paid.pg_tx_id, _last_four(paid.method.card.number))


def _is_grown_up(born: str) -> bool:
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return False
    today = clock.today()
    return (today.year - day.year) - ((today.month, today.day) < (day.month, day.day)) >= GROWN_UP


def _last_four(number: str) -> str:
    last = number[-4:]
    return last if last.isascii() and last.isdigit() else ""
