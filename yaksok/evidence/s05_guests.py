"""Section 5: what a guest is asked for, and what it is used for."""

from http import HTTPStatus

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yaksok.database.roles import shop
from yaksok.evidence import acts
from yaksok.evidence.counting import MOST, counts
from yaksok.evidence.outcome import Outcome, Words, counted, kept_if
from yaksok.evidence.s02_items import items_said
from yaksok.evidence.visiting import Visit, visit
from yaksok.evidence.where import LOG, PAGES
from yaksok.policy.forms import form
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Purpose, RecordKind

NEEDED_FOR = frozenset({Purpose.ORDER, Purpose.PAYMENT, Purpose.DELIVERY})
TRIED = 3
"""Of so many goods is the order form asked for."""

OF_A_RIGHT_OR_A_LAW = frozenset({Purpose.LEGAL_DEMAND, Purpose.RIGHTS, Purpose.STATUTORY_RECORD})
"""What the person asks for themself, and what a law has the mall do."""

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


def order_forms() -> list[Visit]:
    """The order form for some goods that can be bought now, as somebody without an account gets it."""
    with shop(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.id FROM catalogue_variant AS v JOIN catalogue_product AS p ON p.id = v.product_id"
            " JOIN catalogue_stock AS s ON s.variant_id = v.id WHERE v.active AND p.active"
            " AND s.on_hand > s.reserved ORDER BY v.id DESC LIMIT %s",
            [TRIED],
        )
        goods = [one for (one,) in cursor.fetchall()]
    return [visit(f"{reverse('storefront:checkout')}?variant={one}&quantity=1") for one in goods]


def p5_01_anybody_reaches_the_order_form() -> Outcome:
    """P5.1: goods are asked for now as somebody without an account: each offers an order, none a log-in.

    Looks at the newest goods that are for sale and in stock.
    """
    asked = [one.name for one in form(policy(), FormName.CHECKOUT_GUEST).fields]
    pages = order_forms()
    shut = sum(
        page.status != HTTPStatus.OK or any(f'name="{name}"' not in page.body for name in asked)
        for page in pages
    )
    return counted(
        shut,
        len(pages),
        _(
            "살 수 있는 상품 몇 가지를 골라, 회원이 아닌 사람에게 주문서가 열리는지 방금 열어 봤어요."
        ),
        PAGES,
    )


def _otherwise(kind: RecordKind, how: Words) -> Outcome:
    """The acts with records of ``kind`` that served neither the order nor a right or a law."""
    used = acts.with_any({kind})
    wrong = [a for a in used if not a.allowed or a.purpose not in NEEDED_FOR | OF_A_RIGHT_OR_A_LAW]
    return counted(acts.number(wrong), acts.number(used), how, LOG)


def p5_03_the_payers_data_served_the_order() -> Outcome:
    """P5.3: what was done with payers' records served order, payment and delivery."""
    return _otherwise(
        RecordKind.ORDER_PAYER,
        _(
            "결제하는 분의 기록으로 한 일을 감사 기록에서 세어, 주문과 결제, 배송 말고 쓴 일이 있는지 봤어요."
        ),
    )


def p5_04_the_recipients_data_served_the_order() -> Outcome:
    """P5.4: what was done with recipients' records served order, payment and delivery."""
    return _otherwise(
        RecordKind.ORDER_RECIPIENT,
        _(
            "받는 분의 기록으로 한 일을 감사 기록에서 세어, 주문과 결제, 배송 말고 쓴 일이 있는지 봤어요."
        ),
    )


def p5_06_guests_have_a_way_to_their_order() -> Outcome:
    """P5.6: the page to look an order up is open, and each guest's order has its secret.

    Orders whose payer's record has ended are left out: there is nothing to look at any more. So are
    those of guardians, who pay and receive as one and have their own portal.

    Cost:
        5 000 look-ups by key.
    """
    page = visit(reverse("storefront:lookup"))
    without, orders = counts(
        "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM orders_secret AS s"
        "  WHERE s.subject_id = o.subject_id AND s.order_id = o.id)), count(*)"
        " FROM (SELECT subject_id, id, payer_record FROM orders_order WHERE NOT member"
        "  AND recipient_subject_id <> subject_id"
        "  ORDER BY subject_id DESC, id DESC LIMIT %s) AS o JOIN vault_record AS r"
        " ON r.subject_id = o.subject_id AND r.record_id = o.payer_record",
        MOST,
    )
    return counted(
        without + (page.status != HTTPStatus.OK),
        1 + orders,
        _("비회원 주문 조회 화면이 열리는지, 조회할 길이 없는 비회원 주문이 있는지 봤어요."),
        PAGES,
    )
