"""A document that advertises, for the samples of the rules about advertising."""

ADVERTISER = """
[purposes.advertising]
text = { ko = "상품 소식", en = "news of goods" }
achieved_when = { ko = "동의를 거둔 때", en = "consent is withdrawn" }

[consents.news]
text = { ko = "상품 소식을 문자로 받아요.", en = "I want news of goods by text message." }
refusing = { ko = "거절해도 서비스는 같아요.", en = "Refusing changes nothing." }
purposes = ["advertising"]

[consents.news_at_night]
text = { ko = "밤에도 받아요.", en = "I want it at night too." }
refusing = { ko = "거절해도 서비스는 같아요.", en = "Refusing changes nothing." }
purposes = ["advertising"]

[advertising]
sender = { ko = "약속상점 080-000-0000", en = "Yaksok Store 080-000-0000" }
opt_out_phone = "080-000-0000"
mark = { ko = "(광고)", en = "(advertisement)" }
reconfirm = "P2Y"
result = "P14D"
channels = { sms = { consent = "news" } }
"""
"""It ends in its table ``[advertising]``, so that a sample can go on with keys of that table."""


def advertising(**changed: str) -> str:
    """The document with values of its table ``[advertising]`` replaced, each written as TOML."""
    lines = [line for line in ADVERTISER.splitlines() if line.partition(" =")[0] not in changed]
    return "\n".join([*lines, *(f"{key} = {value}" for key, value in changed.items())])
