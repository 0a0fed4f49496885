"""Advertisements hold words, goods, times and numbers; beside them stands who is still to be called."""

from yaksok.kernel.holdings import About, Holding, Impersonal, erased

HOLDINGS = (
    Impersonal(
        "campaigns_campaign",
        "보낸 광고의 글과 숫자뿐이고, 누구에게 갔는지는 없음 (표시·광고 기록으로 여섯 달)"
        " / words of advertisements and numbers only; nothing says to whom they went (kept six months)",
    ),
    Holding(
        "campaigns_call",
        "subject_id",
        "전화할 차례를 기다리는 광고 (전화가 끝나면 바로 지움)",
        "advertisements that you are to be called about (gone once the call is over)",
        erased(
            ids=("subject_id", "campaign_id", "showing", "caller"),
            facts=("listed_at", "shown_at"),
        ),
        about=(About.MEMBER,),
        promises=("P1.9", "P8.3"),
        of_another=("caller",),
    ),
)
