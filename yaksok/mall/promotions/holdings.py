"""How a coupon that somebody took ends: with the person, used or not."""

from yaksok.kernel.holdings import About, Holding, Impersonal, erased

HOLDINGS = (
    Impersonal(
        "promotions_coupon",
        "쿠폰의 조건과 남은 수, 누가 받았는지는 없음"
        " / terms of coupons and how many are left; not who took them",
    ),
    Holding(
        "promotions_held",
        "subject_id",
        "받은 쿠폰",
        "coupons that you took",
        erased(ids=("subject_id", "coupon_id", "order_id"), facts=("taken_at", "used_at")),
        about=(About.MEMBER,),
        promises=("P1.4", "P8.3"),
    ),
)
