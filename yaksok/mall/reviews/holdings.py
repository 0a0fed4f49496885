"""How a review ends: when its writer deletes it, or with the person; that one was hidden, with the person."""

from yaksok.kernel.holdings import About, Holding, erased

HOLDINGS = (
    Holding(
        "reviews_review",
        "subject_id",
        "쓴 후기의 별점",
        "stars of reviews that you wrote",
        erased(
            ids=("subject_id", "id", "order_id", "record_id"),
            facts=(
                "variant_id",
                "product_slug",
                "language",
                "stars",
                "written_at",
                "edited_at",
                "hidden_at",
                "hidden_why",
            ),
        ),
        about=(About.MEMBER,),
        promises=("P1.4", "P8.3"),
    ),
    Holding(
        "reviews_second_look",
        "subject_id",
        "가린 적이 있는 후기의 주문",
        "orders of which a review was hidden",
        erased(ids=("subject_id", "order_id"), facts=("variant_id", "hidden_at")),
        about=(About.MEMBER,),
        promises=("P1.4",),
    ),
)
