"""What marks the policy of 2002 wherever it is obeyed: every page and every letter say so."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Profile

MARK = Text(
    ko="역사 재현 — 실제 정보 입력 금지",
    en="Historical reproduction — do not enter real data",
)
"""Said in both languages at once: whoever reads it understands one of them."""


def is_reproduction(policy: Policy) -> bool:
    """Whether ``policy`` is the source policy to the letter."""
    return policy.profile is Profile.AS_WRITTEN
