"""How the register of handovers ends: it stays as proof, under a number that leads to nobody."""

from yaksok.kernel.holdings import OWN, About, Holding, kept

HOLDINGS = (
    Holding(
        "disclosure_handover",
        "subject_id",
        "제공 기록",
        "register of handovers",
        kept(
            ids=("subject_id", "id", "record_id", "reference", "planned_by"),
            facts=(
                "recipient",
                "message",
                "kind",
                "items",
                "purpose",
                "promise",
                "state",
                "reason",
                "planned_at",
                "sent_at",
                "acknowledged_at",
            ),
            nothing=("attempts", "next_try", "leased_until"),
            reason="무엇을 어디에 건넸는지의 증빙: 항목 이름과 난수뿐"
            " / proof of what was handed to whom: names of items and random numbers only",
            until="그 기록이 파기된 뒤 3년 / three years after the record it belongs to was destroyed",
        ),
        by=OWN,
        about=(About.MEMBER, About.GUEST),
        promises=("P4.5", "P4.12"),
        of_another=("planned_by",),
    ),
)
