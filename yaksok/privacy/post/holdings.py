"""How the tables of post end: with the letter, or with the person."""

from yaksok.kernel.holdings import About, Holding, Impersonal, erased

HOLDINGS = (
    Holding(
        "post_letter",
        "subject_id",
        "보낼 편지",
        "letters that wait",
        erased(
            ids=("subject_id", "id", "record_id", "about_record", "reference"),
            facts=(
                "template",
                "language",
                "kind",
                "about_kind",
                "channel",
                "context",
                "state",
                "made_at",
            ),
            nothing=("attempts", "next_try", "leased_until"),
        ),
        about=(About.MEMBER, About.GUARDIAN, About.GUEST),
        promises=("P3.5", "P8.3"),
    ),
    Impersonal(
        "post_tally",
        "보낸 편지를 세는 숫자뿐이고, 누구에게 갔는지는 없음"
        " / numbers of letters only; nothing says to whom they went",
    ),
    Holding(
        "post_token",
        "subject_id",
        "편지로 한 확인",
        "proofs by letter",
        erased(ids=("digest", "subject_id"), facts=("purpose", "expires_at", "proved_at")),
        about=(About.MEMBER, About.GUARDIAN),
        promises=("P3.5", "P8.3"),
    ),
)
