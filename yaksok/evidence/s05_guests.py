"""Section 5: what a guest is asked for."""

from django.utils.translation import gettext_lazy as _

from yaksok.evidence.outcome import Outcome, kept_if
from yaksok.evidence.s02_items import items_said
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Purpose, RecordKind

NEEDED_FOR = frozenset({Purpose.ORDER, Purpose.PAYMENT, Purpose.DELIVERY})
OF_A_GUEST = frozenset({RecordKind.ORDER_PAYER, RecordKind.ORDER_RECIPIENT, RecordKind.ORDER_EXTRA})


def p5_02_guests_are_asked_only_what_the_order_needs() -> Outcome:
    """P5.2: each item of the guest's form belongs to a record of the order, and to nothing else."""
    asked = [
        kind
        for kind, record in policy().document.body.records.items()
        for entry in record.items.values()
        if FormName.CHECKOUT_GUEST in entry.asked_on
    ]
    return kept_if(
        all(kind in OF_A_GUEST and policy().purposes[kind] & NEEDED_FOR for kind in asked),
        items_said(len(asked)),
        _("비회원 주문서의 모든 항목이 주문·결제·배송 기록에만 속하는지 확인했어요."),
    )
