"""How the tables of orders end. The facts of a trade stay as long as the law says; nobody is in them."""

from yaksok.kernel.holdings import OWN, About, After, Holding, WithRow, erased, kept

_LAW = "거래 기록 보존(전자상거래법 시행령 제6조) / the law keeps the facts of a trade"
_UNTIL = "거래가 끝난 날부터 5년 / five years after the trade ended"
_ABOUT = (About.MEMBER, About.GUEST)
_PROMISES = ("P3.10",)
_WITH_ORDER = (WithRow("orders_order", {"subject_id": "subject_id", "order_id": "id"}),)
_NOT_HELD = (
    "NOT EXISTS (SELECT 1 FROM retention_hold h WHERE h.order_id = orders_order.id"
    " AND h.seconded_at IS NOT NULL AND h.released_at IS NULL)"
)
"""Of an order that a court or an authority has held nothing is destroyed."""
_BOUGHT_NOTHING = (
    "paid_at IS NULL AND state NOT IN ('awaiting_payment', 'confirming') AND " + _NOT_HELD
)
"""Of what came to nothing no law keeps anything."""

HOLDINGS = (
    Holding(
        "orders_order",
        "subject_id",
        "주문",
        "orders",
        kept(
            ids=(
                "subject_id",
                "id",
                "number",
                "recipient_subject_id",
                "payer_record",
                "recipient_record",
            ),
            facts=(
                "member",
                "language",
                "state",
                "goods_total",
                "shipping_fee",
                "discount",
                "coupon_id",
                "safe_number",
                "total",
                "placed_at",
                "expires_at",
                "changed_at",
                "paid_at",
                "delivered_at",
            ),
            reason=_LAW,
            until=_UNTIL,
        ),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        of_another=("recipient_subject_id", "recipient_record"),
        ends=(
            After("P5Y", "changed_at", where=_NOT_HELD),
            After("P3M", "changed_at", where=_BOUGHT_NOTHING),
        ),
    ),
    Holding(
        "orders_line",
        "subject_id",
        "주문한 상품",
        "lines of orders",
        kept(
            ids=("subject_id", "id", "order_id", "extra_record"),
            facts=(
                "position",
                "variant_id",
                "product_slug",
                "name_ko",
                "name_en",
                "option_ko",
                "option_en",
                "unit_price",
                "quantity",
                "weight_g",
                "question_ko",
                "question_en",
            ),
            reason=_LAW,
            until=_UNTIL,
        ),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_ORDER,
    ),
    Holding(
        "orders_number",
        "subject_id",
        "주문번호",
        "order numbers",
        kept(ids=("number", "subject_id", "order_id"), reason=_LAW, until=_UNTIL),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_ORDER,
    ),
    Holding(
        "orders_attempt",
        "subject_id",
        "주문 시도",
        "attempts to order",
        erased(ids=("id", "subject_id", "order_id")),
        about=_ABOUT,
        promises=("P3.5",),
    ),
    Holding(
        "orders_secret",
        "subject_id",
        "주문 조회 비밀번호 확인값",
        "verifiers of order secrets",
        erased(ids=("subject_id", "order_id"), values=("verifier",)),
        about=(About.GUEST,),
        promises=("P2.11", "P5.6"),
        carries={"verifier": ("order_payer.password",)},
    ),
)
