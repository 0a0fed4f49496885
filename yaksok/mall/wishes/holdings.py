"""How a wish ends: with the next one, or with the child."""

from yaksok.kernel.holdings import About, Holding, erased

HOLDINGS = (
    Holding(
        "wishes_wish",
        "subject_id",
        "보호자께 사 달라고 한 상품",
        "goods that you asked your guardian for",
        erased(ids=("subject_id", "id", "order_id"), facts=("lines", "at")),
        about=(About.MEMBER,),
        promises=("P9.6", "P8.3"),
    ),
)
