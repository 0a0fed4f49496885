"""How the tables of payments end. The facts of a payment stay as long as the law says."""

from yaksok.kernel.holdings import OWN, About, Holding, WithRow, kept

_LAW = "대금결제 기록 보존(전자상거래법 시행령 제6조) / the law keeps the facts of a payment"
_UNTIL = "거래가 끝난 날부터 5년 / five years after the trade ended"
_ABOUT = (About.MEMBER, About.GUEST)
_PROMISES = ("P1.2", "P3.10")
_WITH_ORDER = (WithRow("orders_order", {"subject_id": "subject_id", "order_id": "id"}),)

HOLDINGS = (
    Holding(
        "payments_payment",
        "subject_id",
        "결제",
        "payments",
        kept(
            ids=("subject_id", "id", "order_id", "reference", "payment_key", "checkout_url"),
            facts=("amount", "state", "failure", "created_at", "changed_at", "approved_at"),
            reason=_LAW,
            until=_UNTIL,
        ),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_ORDER,
    ),
    Holding(
        "payments_reference",
        "subject_id",
        "결제 참조번호",
        "payment references",
        kept(ids=("reference", "subject_id", "order_id", "payment_id"), reason=_LAW, until=_UNTIL),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_ORDER,
    ),
)
