"""L-NOBASIS: everything that is done with data has a basis that carries it (Korea).

Found: advertising, or word of goods that are back, without a consent that covers it; a channel of
advertising whose consent does not cover advertising; a record that rests on legal duty and is used
for something that no law orders.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.bases import unfounded
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr

_WORDING = Text(
    ko="새 상품 소식을 이메일로 받는 데 동의해요. 거절해도 서비스는 같아요.",
    en="I agree to news of goods by e-mail. Refusing changes nothing.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each use whose basis does not carry it."""
    return unfounded(case, _WORDING)


RULE = LintRule(
    id="L-NOBASIS",
    severity=Severity.ERROR,
    laws=kr("PIPA 15(1), 22(1)7, 22(3)", "2011-09-30", "T"),
    check=check,
    sample=Sample(
        bad="""
[purposes.advertising]
text = { ko = "상품 소식", en = "news of goods" }
achieved_when = { ko = "동의를 거둔 때", en = "consent is withdrawn" }

[records.membership]
purposes = ["member_service", "order", "rights", "advertising"]
""",
        bad_without=(
            "consents.ads_email",
            "consents.ads_night",
            "consents.ads_phone",
            "consents.ads_push",
            "consents.ads_sms",
        ),
        good="""
[purposes.advertising]
text = { ko = "상품 소식", en = "news of goods" }
achieved_when = { ko = "동의를 거둔 때", en = "consent is withdrawn" }

[records.membership]
purposes = ["member_service", "order", "rights", "advertising"]

[consents.news]
text = { ko = "상품 소식을 받아요.", en = "I want news of goods." }
refusing = { ko = "거절해도 서비스는 같아요.", en = "Refusing changes nothing." }
purposes = ["advertising"]
""",
    ),
)
