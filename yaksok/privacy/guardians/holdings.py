"""How the guardians' tables end: with the guardian's word, or with the child."""

from yaksok.kernel.holdings import About, Holding, erased

HOLDINGS = (
    Holding(
        "guardians_asking",
        "subject_id",
        "법정대리인에게 물은 기록",
        "that a guardian was asked",
        erased(
            ids=("subject_id", "record_id"),
            facts=("number", "language", "asked_at", "expires_at", "method", "confirmed_at"),
            nothing=("notice",),
        ),
        about=(About.GUARDIAN,),
        promises=("P9.2", "P9.5"),
    ),
    Holding(
        "guardians_key",
        "subject_id",
        "법정대리인의 링크와 번호",
        "links and numbers of a guardian",
        erased(ids=("digest", "subject_id"), facts=("use", "expires_at")),
        about=(About.GUARDIAN,),
        promises=("P9.2", "P9.5"),
    ),
    Holding(
        "guardians_ward",
        "subject_id",
        "어린이와 법정대리인의 관계",
        "whose child somebody is",
        erased(
            ids=("subject_id", "guardian_id"),
            facts=("since", "looked_in", "of_age_at", "answer_until"),
        ),
        about=(About.MEMBER,),
        promises=("P9.2", "P9.5"),
        of_another=("guardian_id",),
    ),
)
