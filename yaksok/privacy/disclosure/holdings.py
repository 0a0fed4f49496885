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
            reason="proof of what was handed to whom; it holds names of items and random numbers",
            until="three years after the record it belongs to was destroyed",
        ),
        by=OWN,
    ),
)
