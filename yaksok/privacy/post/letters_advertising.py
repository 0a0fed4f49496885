"""Advertisements, and what the law has the mall write about the consent to them."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item
from yaksok.privacy.post.templates import Draft, Template
from yaksok.privacy.post.tokens import ADVERTISING_CALL, ADVERTISING_PHONE

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        Template.ADVERTISEMENT: Draft(
            Text(ko="{title}", en="{title}"),
            Text(
                ko="{body}\n\n{goods}\n\n—\n보내는 곳: {sender}, {contact}\n받겠다고 동의하신 분께만 보냅니다.\n"
                "수신거부(무료, 로그인 없이): {stop}\n전화 수신거부(무료): {phone}\n"
                "To stop these letters, free of charge and without a log-in, open the address above.",
                en="{body}\n\n{goods}\n\n—\nSent by: {sender}, {contact}\nOnly to those who agreed to it.\n"
                "Stop it (free of charge, no log-in): {stop}\nStop it by telephone (free of charge): {phone}\n"
                "수신을 원하지 않으면 위의 주소를 열어 주십시오. 무료이며 로그인이 필요 없습니다.",
            ),
            frozenset({"title", "body", "goods", "consent", "batch", "path"}),
            sms=Text(
                ko="{title}\n{body}\n{goods}\n무료수신거부 {phone}\n{stop}",
                en="{title}\n{body}\n{goods}\nStop, free of charge: {phone}\n{stop}",
            ),
            push=Text(
                ko="{body}\n보내는 곳: {sender}\n무료수신거부 {phone}\n{stop}",
                en="{body}\nSent by: {sender}\nStop, free of charge: {phone}\n{stop}",
            ),
            marked=True,
            stops=True,
        ),
        Template.ADVERTISING_AGAIN: Draft(
            Text(
                ko="광고를 계속 받으실지 여쭙니다: {until}까지",
                en="Do you still want our advertising? Until {until}",
            ),
            Text(
                ko="보내는 곳: {sender}\n\n{day}에 다음에 동의하셨습니다.\n- {what}\n\n계속 받으시려면 {until}이 되기 전에"
                " 로그인해서 다시 동의해 주십시오. 답하지 않으시면 그날부터 보내지 않으며, 불이익은 없습니다.\n\n"
                "계속 받거나 철회하기: {link}\n\n로그인 없이 바로 그만 받기(무료): {stop}",
                en="Sent by: {sender}\n\nOn {day} you agreed to:\n- {what}\n\nIf you want it to go on, log in and agree"
                " again before {until}. If you do not answer, nothing is sent from that day on, and there is no"
                " disadvantage.\n\nGo on or withdraw: {link}\n\nStop it at once, free of charge and without a"
                " log-in: {stop}",
            ),
            frozenset({"what", "day", "until", "consent", "path"}),
            stops=True,
        ),
        Template.ADVERTISING_CALL_CONFIRM: Draft(
            Text(ko="이 번호가 본인 것인지 확인해 주세요", en="Please confirm your number"),
            Text(
                ko="이 번호로 광고 전화를 받겠다고 하셨습니다. 맞으면 이틀 안에 아래 주소를 열어 주십시오. 아니면 그대로 두시면"
                " 됩니다.\n\n{link}",
                en="Somebody asked for calls with advertising to this number. If it was you, open this address"
                " within two days; if not, do nothing.\n\n{link}",
            ),
            frozenset({"path"}),
            sms=Text(
                ko="이 번호로 광고 전화를 받겠다고 하셨으면 이틀 안에 열어 주세요. 아니면 그대로 두세요. {link}",
                en="If you asked for calls with advertising to this number, open this within two days; if not, do"
                " nothing. {link}",
            ),
            proves=ADVERTISING_CALL,
            to=Item.CALL_PHONE,
        ),
        Template.ADVERTISING_CONFIRM: Draft(
            Text(ko="이 번호가 본인 것인지 확인해 주세요", en="Please confirm your number"),
            Text(
                ko="이 번호로 광고 문자를 받겠다고 하셨습니다. 맞으면 이틀 안에 아래 주소를 열어 주십시오. 아니면 그대로 두시면"
                " 됩니다.\n\n{link}",
                en="Somebody asked for advertising to this number. If it was you, open this address within two"
                " days; if not, do nothing.\n\n{link}",
            ),
            frozenset({"path"}),
            sms=Text(
                ko="이 번호로 광고 문자를 받겠다고 하셨으면 이틀 안에 열어 주세요. 아니면 그대로 두세요. {link}",
                en="If you asked for advertising to this number, open this within two days; if not, do"
                " nothing. {link}",
            ),
            proves=ADVERTISING_PHONE,
        ),
        Template.ADVERTISING_RESULT: Draft(
            Text(ko="광고 수신 {fact}: 처리 결과", en="Advertising: your {fact} and its result"),
            Text(
                ko="보내는 곳: {sender}\n\n한 일: {day}, 광고 수신 {fact}\n- {what}\n\n처리 결과: {result}\n\n언제든 여기에서"
                " 바꿀 수 있습니다: {link}",
                en="Sent by: {sender}\n\nWhat you did: {fact}, on {day}\n- {what}\n\nResult: {result}\n\nYou can change"
                " it here at any time: {link}",
            ),
            frozenset({"fact", "what", "day", "result", "path"}),
        ),
    }
)
