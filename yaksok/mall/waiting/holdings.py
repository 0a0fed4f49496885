"""How a wait ends: with the word that the goods are back, or with the person."""

from yaksok.kernel.holdings import About, Holding, erased

HOLDINGS = (
    Holding(
        "waiting_wait",
        "subject_id",
        "재입고를 기다리는 상품",
        "goods that you wait for",
        erased(
            ids=("subject_id",),
            facts=("variant_id", "language", "at"),
            nothing=("again_at",),
        ),
        about=(About.MEMBER,),
        promises=("P1.4", "P8.3"),
    ),
)
