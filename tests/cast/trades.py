"""Orders of the cast, written straight into the books: for tests of what comes after them."""

from uuid import uuid4

from django.db import connection

from tests.cast.people import Member, Person, recipient
from yaksok.database.roles import keeper
from yaksok.journeys import ending
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import OrderId, SubjectId, new_id, new_order_number, new_subject_id
from yaksok.mall.orders import finding, placing
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

NOTICE = "0" * 64
KO, EN = Language.KOREAN, Language.ENGLISH

PAID = frozenset(
    {OrderState.PAID, OrderState.DISPATCHING, OrderState.SHIPPED, OrderState.DELIVERED}
)


def told(subject: SubjectId) -> ledger.Receipt:
    """The receipt of somebody who attested to be 14 or older."""
    return ledger.receive(
        subject,
        given={"age_attested": True},
        notice=NOTICE,
        policy_version=policy().version,
        language=KO,
        age=AgeClass.ADULT,
    )


def order_of(buyer: Member, state: OrderState, *, to: Person | None = None) -> Order:
    """An order of ``buyer`` that stands at ``state``, to ``to`` (by default a recipient)."""
    who, receiver, other = buyer.person, to or recipient(), new_subject_id()
    with keeper():
        payer = gate.seal(
            buyer.subject,
            RecordKind.ORDER_PAYER,
            {Item.NAME: who.name, Item.PHONE: who.phone, Item.EMAIL: who.email},
            purpose=Purpose.ORDER,
            actor=buyer.actor,
            receipt=told(buyer.subject),
        )
        received = gate.seal(
            other,
            RecordKind.ORDER_RECIPIENT,
            {
                Item.NAME: receiver.name,
                Item.PHONE: receiver.phone,
                Item.POSTCODE: receiver.postcode,
                Item.ADDRESS: receiver.address,
            },
            purpose=Purpose.ORDER,
            actor=Actor.system("check_out"),
            receipt=told(other),
        )
        order = OrderId(new_id())
        placing.write(
            placing.NewOrder(
                subject=buyer.subject,
                id=order,
                number=new_order_number(),
                recipient=other,
                payer_record=payer,
                recipient_record=received,
                member=True,
                language=KO,
                goods_total=18_000,
                shipping_fee=3_000,
                lines=[
                    placing.NewLine(
                        variant=uuid4(),
                        product_slug="white-cup",
                        name={KO: "백자 찻잔", EN: "White porcelain cup"},
                        option={KO: "", EN: ""},
                        unit_price=18_000,
                        quantity=1,
                        weight_g=300,
                    )
                ],
                verifier=None,
            )
        )
    return stands_at(buyer.subject, order, state)


def stands_at(subject: SubjectId, order: OrderId, state: OrderState) -> Order:
    """The order after it came to ``state``, with what follows from that."""
    now = clock.now()
    with keeper():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE orders_order SET state = %s, changed_at = %s,"
                " paid_at = CASE WHEN %s THEN coalesce(paid_at, %s) ELSE paid_at END,"
                " delivered_at = CASE WHEN %s THEN %s::timestamptz ELSE NULL END"
                " WHERE subject_id = %s AND id = %s",
                [
                    state.value,
                    now,
                    state in PAID,
                    now,
                    state is OrderState.DELIVERED,
                    now,
                    subject,
                    order,
                ],
            )
        found = finding.of(subject, order)
        if state is OrderState.DELIVERED:
            ending.after_delivery(found)
        elif state in {OrderState.CANCELLED, OrderState.REFUSED}:
            ending.at_once(found)
        elif state is OrderState.EXPIRED:
            ending.after_expiry(found)
    return found
