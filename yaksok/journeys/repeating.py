"""Whether an attempt to order made an order before, and whether it asks for the same again."""

from collections import Counter
from dataclasses import dataclass

from yaksok.database.roles import keeper
from yaksok.journeys.placing_order import Plan
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.accounts.verifiers import matches
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Line, Order
from yaksok.mall.orders.states import OrderState
from yaksok.policy import never_opened
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import gate

START_AGAIN = Text(
    ko="이 주문서는 더 쓸 수 없어요. 장바구니에서 다시 주문해 주세요.",
    en="This order form cannot be used any more. Order again from the basket.",
)
MALL = Actor.system("check_out")


@dataclass(frozen=True, slots=True)
class Again:
    """The order that the attempt made, and whether something else is asked for now."""

    order: Order
    differs: bool


def again(plan: Plan) -> Again | None:
    """The order that ``plan.attempt`` made before, or None.

    Raises:
        Invalid: it was somebody else's attempt.

    Records:
        Event.VAULT_ITEMS_OPENED: an unpaid order's records are compared with what is typed now.
    """
    with keeper():
        place = finding.by_attempt(plan.attempt)
        if place is None:
            return None
        order = finding.of(*place)
        theirs = plan.guardian is None or order.subject == plan.guardian
        if not theirs or (order.subject if order.member else None) != plan.member:
            raise Invalid({"": START_AGAIN.in_(plan.language)})
        if order.state is not OrderState.AWAITING_PAYMENT:
            return Again(order, differs=False)
        lines = finding.lines_of(*place)
        same = _same_goods(plan, lines) and str(order.coupon or "") == plan.coupon
        same = same and order.safe_number is plan.safe_number
        same = same and _same_persons(plan, order, lines)
        verifier = finding.verifier_of(place)
    same = same and (verifier is None or matches(verifier, plan.secret))
    return Again(order, differs=not same)


def _same_goods(plan: Plan, lines: tuple[Line, ...]) -> bool:
    wanted = Counter({line.variant_id: line.quantity for line in plan.basket.lines})
    return wanted == Counter({line.variant: line.quantity for line in lines})


def _same_persons(plan: Plan, order: Order, lines: tuple[Line, ...]) -> bool:
    asked = {
        RecordKind.ORDER_PAYER: (order.subject, order.payer_record),
        RecordKind.ORDER_RECIPIENT: (order.recipient, order.recipient_record),
    }
    if not all(_same(plan.items(kind), kind, *name) for kind, name in asked.items()):
        return False
    extras = {line.product_slug: line.extra for line in lines if line.extra}
    given = {line.product_slug for line in plan.basket.lines if plan.answer_to(line.product_slug)}
    return given == extras.keys() and all(
        _same({Item.EXTRA: plan.answer_to(slug)}, RecordKind.ORDER_EXTRA, order.subject, record)
        for slug, record in extras.items()
    )


def _same(typed: dict[Item, str], kind: RecordKind, subject: SubjectId, record: RecordId) -> bool:
    typed = {item: value for item, value in typed.items() if item not in never_opened.ITEMS}
    opened = gate.open_items(
        subject, list(typed), kind=kind, purpose=Purpose.ORDER, actor=MALL, record=record
    )
    return {item: value.reveal() for item, value in opened.items()} == typed
