"""How a ticket ends: with the record of what was asked, or with the person."""

from yaksok.kernel.holdings import About, Holding, erased

HOLDINGS = (
    Holding(
        "desk_ticket",
        "subject_id",
        "문의 접수 내역",
        "tickets of inquiries",
        erased(
            ids=(
                "subject_id",
                "id",
                "number",
                "record_id",
                "order_id",
                "request",
                "taken_by",
                "drafted_by",
                "checked_by",
            ),
            facts=(
                "member",
                "topic",
                "state",
                "way",
                "language",
                "received_at",
                "due_at",
                "answered_at",
                "drafts",
                "closing",
                "score",
            ),
            nothing=("secret",),
        ),
        about=(About.MEMBER, About.GUEST),
        promises=("P10.3", "P10.4"),
        of_another=("taken_by", "drafted_by", "checked_by"),
    ),
    Holding(
        "desk_number",
        "subject_id",
        "문의 접수번호",
        "numbers of tickets",
        erased(ids=("number", "subject_id", "record_id", "ticket_id")),
        about=(About.MEMBER, About.GUEST),
        promises=("P10.3",),
    ),
)
