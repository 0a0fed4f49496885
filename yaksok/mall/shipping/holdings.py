"""How the tables of shipping end. That goods were supplied is a fact of the trade."""

from yaksok.kernel.holdings import OWN, About, After, Holding, WithRow, kept

_LAW = "대금결제와 재화 공급 기록 보존(전자상거래법 시행령 제6조) / the law keeps the facts of a supply"
_UNTIL = "거래가 끝난 날부터 5년 / five years after the trade ended"
_ABOUT = (About.MEMBER, About.GUEST)
_PROMISES = ("P1.3", "P3.10")
_WITH_ORDER = (WithRow("orders_order", {"subject_id": "subject_id", "order_id": "id"}),)

HOLDINGS = (
    Holding(
        "shipping_parcel",
        "subject_id",
        "소포",
        "parcels",
        kept(
            ids=("subject_id", "id", "order_id", "number", "tracking_number"),
            facts=("state", "made_at", "changed_at"),
            reason=_LAW,
            until=_UNTIL,
        ),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_ORDER,
    ),
    Holding(
        "shipping_event",
        "subject_id",
        "배송 단계",
        "steps of a delivery",
        kept(
            ids=("subject_id", "parcel_id", "id"),
            facts=("state", "at"),
            reason=_LAW,
            until=_UNTIL,
        ),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=(WithRow("shipping_parcel", {"subject_id": "subject_id", "parcel_id": "id"}),),
    ),
    Holding(
        "shipping_number",
        "subject_id",
        "소포 번호",
        "parcel numbers",
        kept(ids=("number", "subject_id", "order_id"), reason=_LAW, until=_UNTIL),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_ORDER,
    ),
    Holding(
        "shipping_tracking",
        "subject_id",
        "운송장 번호",
        "tracking numbers",
        kept(ids=("number", "subject_id", "order_id"), reason=_LAW, until=_UNTIL),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_ORDER,
    ),
    Holding(
        "shipping_sheet",
        "asked_by",
        "택배사에 넘길 파일을 만든 기록",
        "files for couriers",
        kept(
            ids=("asked_by", "allowed_by"),
            facts=("asked_at", "allowed_at", "closed_at", "taken_at"),
            nothing=("id", "layout", "reason", "again_of"),
            reason="누가 왜 파일로 넘겼는지의 증빙 / proof of who handed parcels over by file, and why",
            until="요청한 날부터 3년 / three years from the request",
        ),
        by=OWN,
        about=(About.STAFF,),
        promises=("P4.11",),
        of_another=("allowed_by",),
        ends=(After("P3Y", "asked_at"),),
    ),
    Holding(
        "shipping_sheet_line",
        "subject_id",
        "파일로 넘긴 주문",
        "orders handed over by file",
        kept(
            ids=("subject_id", "sheet_id", "order_id"),
            facts=("outcome", "promise"),
            reason=_LAW,
            until=_UNTIL,
        ),
        by=OWN,
        about=_ABOUT,
        promises=_PROMISES,
        ends=_WITH_ORDER,
    ),
)
