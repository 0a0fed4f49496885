"""How the tables of post end: with the letter, or with the person."""

from yaksok.kernel.holdings import Holding, erased

HOLDINGS = (
    Holding(
        "post_letter",
        "subject_id",
        "보낼 편지",
        "letters that wait",
        erased(
            "subject_id",
            "id",
            "template",
            "language",
            "kind",
            "record_id",
            "context",
            "state",
            "attempts",
            "made_at",
            "next_try",
            "leased_until",
        ),
    ),
    Holding(
        "post_token",
        "subject_id",
        "편지로 한 확인",
        "proofs by letter",
        erased("digest", "subject_id", "purpose", "expires_at", "proved_at"),
    ),
)
