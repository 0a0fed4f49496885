"""L-AI: customers' data trains no machine (P1.6).

Found: any text of the document that speaks of training models or of developing artificial
intelligence. The Korean exception for developing AI (Act 21910, from 2027-03-09) changes nothing:
the promise is stricter than the law.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr

_TRAINING = re.compile(
    r"인공\s*지능|기계\s*학습|머신\s*러닝|딥\s*러닝|AI\s*(?:학습|훈련|개발|모델)|모델(?:을|의)?\s*(?:학습|훈련)"
    r"|언어\s*모델|\bLLMs?\b|\bartificial intelligence\b|\bmachine learning\b"
    r"|\btrain(?:ing|s)? (?:\w+ ){0,3}models?\b|\bAI (?:training|development|models?)\b",
    re.IGNORECASE,
)
_WORDING = Text(
    ko="회원의 개인정보는 위 목적 밖으로는 절대 쓰지 않습니다.",
    en="Members' data is never used for anything but these purposes.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each text that speaks of training."""
    for said in case.texts:
        if found := said.names(_TRAINING):
            cure = "take it out: no purpose of a shop needs it"
            yield Fault(said.keys, f"speaks of “{found}”", cure, _WORDING)


RULE = LintRule(
    id="L-AI",
    severity=Severity.ERROR,
    laws=kr("PIPA 3(1)-(2), 15(1), 18(1)", "2011-09-30", "T")
    | eu("GDPR 5(1)(b), 6(4)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad="""
[purposes.member_service]
text = { ko = "추천 모델 학습", en = "training of models" }
""",
        good="""
[purposes.member_service]
text = { ko = "이름을 밝힌 회원 편의 서비스", en = "the services that are named" }
""",
    ),
)
