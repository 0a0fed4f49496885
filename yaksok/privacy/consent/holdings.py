"""How the consent tables end: what stands goes with the person, what happened stays as proof."""

from yaksok.kernel.holdings import GATE, OWN, ROWS, About, Holding, Impersonal, erased, kept

HOLDINGS = (
    Holding(
        "consent_standing",
        "subject_id",
        "동의와 거절의 현재 상태",
        "consents and refusals that stand",
        erased(ids=("subject_id",), facts=("age", "consents", "refusals", "lapses")),
        by=GATE,
        about=(About.MEMBER, About.GUEST),
        promises=("P1.10", "P4.8"),
        carries={"age": ("membership.age_class",)},
    ),
    Holding(
        "consent_channel",
        "subject_id",
        "광고 수신 동의: 언제부터 언제까지",
        "consents to advertising: since when and until when",
        erased(
            ids=("subject_id", "key", "digest", "record_id"),
            facts=(
                "name",
                "since",
                "changed_at",
                "stands",
                "confirmed_at",
                "lapses_at",
                "asked_at",
                "told_at",
                "reachable",
            ),
            nothing=("look_at",),
        ),
        by=GATE,
        about=(About.MEMBER,),
        promises=("P1.10", "P1.12"),
    ),
    Holding(
        "consent_event",
        "subject_id",
        "안내와 동의의 영수증",
        "receipts of notices and consents",
        kept(
            ids=("subject_id", "id"),
            facts=(
                "at",
                "policy_version",
                "notice",
                "language",
                "channel",
                "given",
                "withheld",
                "lifted",
            ),
            reason="누구인지 알 수 없는 번호로 남기는, 안내하고 물었다는 증빙"
            " / proof that somebody was told and asked, under a number that leads to nobody",
            until="그 기록이 파기된 뒤 3년 / three years after the record it belongs to was destroyed",
        ),
        by=OWN,
        about=(About.MEMBER, About.GUEST, About.STAFF),
        promises=("P3.6",),
    ),
    Impersonal(
        "consent_campaign",
        "어느 판에서 무엇을 물었는지 / which version asked what; no subject",
    ),
    Holding(
        "consent_asked",
        "subject_id",
        "처리방침 변경에 대한 질문과 답",
        "questions about a change of the policy, and their answers",
        erased(
            ids=("subject_id",),
            facts=("number", "point", "asked_at", "answered_at", "agreed", "told_at"),
            nothing=("tell_after",),
        ),
        by=ROWS,
        about=(About.MEMBER,),
        promises=("P1.8", "P1.9"),
    ),
)
