"""Orders as they lie after a payment, without walking the whole way there."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from tests.cast.people import Person, person
from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import OrderId, RecordId, SubjectId, new_id, new_order_number, new_subject_id
from yaksok.mall.orders import finding, moving, placing
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

WAY = (OrderState.CONFIRMING, OrderState.PAID)


@dataclass(frozen=True, slots=True)
class Ordered:
    """One guest order: who pays, who receives, and where it lies."""

    payer: Person
    recipient: Person
    place: finding.Place

    def now(self) -> Order:
        """The order as it stands."""
        with keeper():
            return finding.of(*self.place)

    @property
    def id(self) -> OrderId:
        """The order's id."""
        return self.place[1]


def ordered(
    *,
    paid: bool = True,
    age: AgeClass = AgeClass.ADULT,
    language: Language = Language.KOREAN,
    safe_number: bool = False,
) -> Ordered:
    """A guest's order of one thing, paid unless told otherwise; ``age`` is the recipient's."""
    payer, recipient = person(), person()
    buyer, receiver, order = new_subject_id(), new_subject_id(), OrderId(new_id())
    with keeper():
        records = _sealed(payer, recipient, buyer, receiver)
        placing.write(
            placing.NewOrder(
                subject=buyer,
                id=order,
                number=new_order_number(),
                recipient=receiver,
                payer_record=records[0],
                recipient_record=records[1],
                member=False,
                language=language,
                goods_total=12_000,
                shipping_fee=3_000,
                lines=[_line()],
                verifier="x",
                safe_number=safe_number,
            )
        )
        for state in WAY if paid else ():
            moving.move(moving.lock(buyer, order), state)
        if age is not AgeClass.ADULT:  # known only after the order was placed
            turns_out(receiver, age)
    return Ordered(payer, recipient, (buyer, order))


def turns_out(subject: SubjectId, age: AgeClass) -> None:
    """It becomes known that ``subject`` is of another age than was attested."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consent_standing SET age = %s WHERE subject_id = %s", [age.value, subject]
        )


def _line() -> placing.NewLine:
    text = {Language.KOREAN: "접시", Language.ENGLISH: "Plate"}
    blank = {Language.KOREAN: "", Language.ENGLISH: ""}
    return placing.NewLine(uuid4(), "plate", text, blank, 12_000, 1, 500)


def _sealed(
    payer: Person, recipient: Person, buyer: SubjectId, receiver: SubjectId
) -> tuple[RecordId, ...]:
    receipts = ledger.receive_all(
        [ledger.Answer(buyer, {}, AgeClass.ADULT), ledger.Answer(receiver, {}, AgeClass.ADULT)],
        notice="0" * 64,
        policy_version="2026-11-24",
        language=Language.KOREAN,
    )
    paying = {Item.NAME: payer.name, Item.PHONE: payer.phone, Item.EMAIL: payer.email}
    receiving = {
        Item.NAME: recipient.name,
        Item.PHONE: recipient.phone,
        Item.POSTCODE: recipient.postcode,
        Item.ADDRESS: recipient.address,
    }
    return gate.seal_all(
        [
            gate.Sealing(buyer, RecordKind.ORDER_PAYER, paying, receipts[0]),
            gate.Sealing(receiver, RecordKind.ORDER_RECIPIENT, receiving, receipts[1]),
        ],
        purpose=Purpose.ORDER,
        actor=Actor.guest(buyer),
    )
