"""How the register of handovers ends: it stays as proof, under a number that leads to nobody."""

from yaksok.kernel.holdings import OWN, Holding, kept

HOLDINGS = (
    Holding(
        "disclosure_handover",
        "subject_id",
        "제공 기록",
        "register of handovers",
        kept(
            "subject_id",
            "id",
            "recipient",
            "message",
            "kind",
            "record_id",
            "items",
            "purpose",
            "promise",
            "reference",
            "state",
            "reason",
            "attempts",
            "planned_by",
            "planned_at",
            "next_try",
            "leased_until",
            "sent_at",
            "acknowledged_at",
            reason="무엇을 어디에 건넸는지의 증빙: 항목 이름과 난수뿐"
            " / proof of what was handed to whom: names of items and random numbers only",
            until="그 기록이 파기된 뒤 3년 / three years after the record it belongs to was destroyed",
        ),
        by=OWN,
    ),
)
