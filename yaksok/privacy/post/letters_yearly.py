"""The letter of the year: what is used, and who received it (PIPA 20-2)."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.privacy.post.templates import Draft, Template

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        Template.USAGE_NOTICE: Draft(
            Text(
                ko="지난 한 해 동안 쓴 개인정보를 알려 드려요",
                en="What we used of your data in the past year",
            ),
            Text(
                ko="{since}부터 {until}까지 회원님의 개인정보를 어떻게 썼는지 알려 드려요. 해마다 한 번 보내는 편지예요.\n\n"
                "갖고 있는 것과 쓴 목적\n{uses}\n\n받아 간 곳\n{received}\n\n값은 적지 않았어요. 무엇이 적혀 있는지는"
                " 로그인해서 볼 수 있고, 고치거나 지우거나 멈추게 하실 수도 있어요: {link}",
                en="This is what we used of your data from {since} to {until}. We write once a year.\n\n"
                "What we hold, and for what\n{uses}\n\nWho received something\n{received}\n\nNo values stand"
                " here. Log in to see them, to correct or delete them, or to have their use stopped: {link}",
            ),
            frozenset({"since", "until", "uses", "received", "path"}),
        ),
    }
)
