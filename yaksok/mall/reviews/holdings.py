"""How a review ends: when its writer deletes it, or with the person."""

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
)
