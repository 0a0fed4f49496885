"""Letters about what third parties have of a person: what they answered, and what a law demanded."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.privacy.post.templates import Draft, Template

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        Template.RECIPIENTS_ANSWERED: Draft(
            Text(
                ko="정보를 받아 갔던 곳이 이렇게 답했어요",
                en="What those answered who had received your data",
            ),
            Text(
                ko="고치거나 지우신 것을, 그 정보를 받아 갔던 곳에 알렸어요. 받은 답은 이래요.\n\n{what}\n\n"
                "누가 무엇을 언제 받아 갔는지는 여기에서 볼 수 있어요: {link}",
                en="We told those who had received your data that it was corrected or erased. Their answers:"
                "\n\n{what}\n\nWho received what, and when: {link}",
            ),
            frozenset({"what", "path"}),
        ),
        Template.LEGAL_DEMAND_TOLD: Draft(
            Text(
                ko="법에 따른 요구로 정보를 제공했음을 알려 드립니다",
                en="Your data was given out because a law demanded it",
            ),
            Text(
                ko="법에 따른 요구를 문서로 받아, 아래와 같이 개인정보를 제공했습니다. 두 사람이 문서를 확인했고, 요구된 항목만"
                " 제공했습니다. 법이 허락하는 날이 되어 알려 드립니다.\n\n요구한 곳: {office}\n근거: {statute}\n제공한 항목: {items}\n"
                "제공한 날: {day}\n\n더 묻고 싶은 것이 있으면 답장 주십시오.\n\n회원 정보 보기: {link}",
                en="A demand by law came to us in writing, and the following was given out. Two persons"
                " checked the document; only what it named was given. The law allows us to tell you now."
                "\n\nWho demanded it: {office}\nStatute: {statute}\nItems: {items}\nGiven on: {day}\n\n"
                "Reply if you wish to ask more.\n\nYour data: {link}",
            ),
            frozenset({"office", "statute", "items", "day", "path"}),
        ),
    }
)
"""The words of each."""
