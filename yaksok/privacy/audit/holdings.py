"""How the log ends: it does not lead to a person once the person is erased."""

from yaksok.kernel.holdings import OWN, About, After, Holding, kept

HOLDINGS = (
    Holding(
        "audit_entry",
        "trail",
        "열람 기록",
        "access log",
        kept(
            ids=("trail", "actor_id"),
            facts=(
                "at",
                "event",
                "actor_role",
                "kinds",
                "items",
                "purpose",
                "promise",
                "recipient",
                "reason",
            ),
            nothing=("id", "job", "subjects"),
            reason="누가 무엇을 했는지의 증빙: 번호는 봉인된 기록에만 있음"
            " / proof of who did what; the trail is known only from the sealed record",
            until="기록한 날부터 2년 / two years after the entry",
        ),
        by=OWN,
        about=(About.MEMBER, About.GUEST, About.STAFF),
        promises=("P7.4", "P7.16"),
        of_another=("actor_id",),
        ends=(After("P2Y", "at", through="audit.forget_entries"),),
    ),
)
