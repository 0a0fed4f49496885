"""Advertisements hold nothing about anybody: words, goods, times and numbers."""

from yaksok.kernel.holdings import Impersonal

HOLDINGS = (
    Impersonal(
        "campaigns_campaign",
        "보낸 광고의 글과 숫자뿐이고, 누구에게 갔는지는 없음 (표시·광고 기록으로 여섯 달)"
        " / words of advertisements and numbers only; nothing says to whom they went (kept six months)",
    ),
)
