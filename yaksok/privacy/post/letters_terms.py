"""Letters of a case about ending a membership (terms, article 7; P3.4)."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.privacy.post.templates import Draft, Template

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        Template.TERMS_WARNED: Draft(
            Text(ko="회원 자격을 제한했습니다", en="Your membership is limited"),
            Text(
                ko="이용약관 제7조에 따라 회원 자격을 제한했습니다. 그동안 회원으로 새로 주문하실 수 없습니다.\n\n까닭: {why}\n\n"
                "{until}까지 바로잡으시면 제한을 풉니다. 잘못 안 것이라면 알려 주십시오.\n\n자세히 보기: {link}",
                en="Under article 7 of the terms your membership is limited. Meanwhile you cannot place"
                " orders as a member.\n\nReason: {why}\n\nIf this is put right by {until} the limit is lifted."
                " If we are mistaken, tell us.\n\nDetails: {link}",
            ),
            frozenset({"why", "until", "path"}),
        ),
        Template.TERMS_NOTICED: Draft(
            Text(
                ko="회원 자격을 잃게 될 수 있어 미리 알립니다",
                en="Before your membership may be ended",
            ),
            Text(
                ko="이용약관 제7조에 따라 회원 자격을 잃게 하는 절차를 시작합니다. 아직 정해진 것은 없습니다.\n\n까닭: {why}\n\n"
                "{until}까지 설명하실 수 있습니다. 그 전에는 아무것도 정하지 않으며, 그 뒤 두 사람이 설명을 읽고 함께"
                " 정합니다. 기계가 정하지 않습니다.\n\n설명하기: {link}",
                en="Under article 7 of the terms we may end your membership. Nothing is decided yet.\n\n"
                "Reason: {why}\n\nYou can explain until {until}. Nothing is decided before that; then two"
                " persons read what you say and decide together. No machine decides.\n\nExplain: {link}",
            ),
            frozenset({"why", "until", "path"}),
        ),
        Template.TERMS_KEPT: Draft(
            Text(ko="회원 자격이 그대로 이어집니다", en="Your membership goes on"),
            Text(
                ko="이용약관 제7조에 따른 절차가 끝났습니다. 회원 자격은 그대로이며 제한도 풀었습니다.\n\n회원 정보 보기: {link}",
                en="The case under article 7 of the terms is closed. You remain a member, and the limit is"
                " lifted.\n\nYour membership: {link}",
            ),
            frozenset({"path"}),
        ),
        Template.TERMS_LOST: Draft(
            Text(ko="회원 자격이 끝났고 정보를 파기했습니다", en="Your membership has ended"),
            Text(
                ko="두 사람이 함께 정하여 이용약관 제7조에 따라 회원 자격이 끝났습니다. 까닭: {why}\n\n회원으로서 맡기신 정보는"
                " 파기했고, 법이 보존하게 한 기록만 따로 잠가 두었다가 그 날짜에 파기합니다. 이 편지가 마지막이고, 보내자마자"
                " 주소도 남기지 않습니다.\n\n아래는 파기 증명서입니다. 여기에서 확인할 수 있습니다: {link}\n\n{certificate}",
                en="Two persons decided together that your membership ends under article 7 of the terms."
                " Reason: {why}\n\nWhat you gave us as a member was destroyed; only what a law has us keep is"
                " locked away, and destroyed on its date. This is the last letter; not even the address stays"
                " here.\n\nBelow is the certificate. It can be checked here: {link}\n\n{certificate}",
            ),
            frozenset({"why", "certificate", "path"}),
        ),
    }
)
