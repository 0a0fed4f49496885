"""Advertisements, numbers and answers in the words of the console."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yaksok.journeys import advertise, marketing_register
from yaksok.journeys.advertise import Count
from yaksok.kernel.actor import Actor
from yaksok.mall.campaigns.book import Campaign
from yaksok.policy.vocabulary import Channel
from yaksok.web import wording
from yaksok.web.language import current

LABELS: Mapping[str, Lazy] = {
    "title_ko": gettext_lazy("제목 (한국어)"),
    "body_ko": gettext_lazy("내용 (한국어)"),
    "title_en": gettext_lazy("제목 (영어)"),
    "body_en": gettext_lazy("내용 (영어)"),
    "goods": gettext_lazy("보여 줄 상품"),
    "channel": gettext_lazy("보낼 방법"),
    "at": gettext_lazy("보낼 날과 시각"),
}
"""What is asked of an advertisement, and what it is called."""
CHANNELS: Mapping[str, Lazy] = {
    "email": gettext_lazy("이메일"),
    "phone": gettext_lazy("전화"),
    "push": gettext_lazy("브라우저 알림"),
    "sms": gettext_lazy("문자"),
}
STATES: Mapping[str, Lazy] = {
    "done": gettext_lazy("다 보냄"),
    "draft": gettext_lazy("쓰는 중"),
    "scheduled": gettext_lazy("보낼 때를 기다리는 중"),
    "sending": gettext_lazy("보내는 중"),
    "stopped": gettext_lazy("멈춤"),
}
REASONS: Mapping[str, Lazy] = {
    "age": gettext_lazy("동의할 나이인지 모르거나 그 나이가 안 됨 (P9.7)"),
    "night": gettext_lazy("밤에 받는 데 동의하지 않음"),
    "no_consent": gettext_lazy("이 방법으로 받는 데 동의하지 않았거나 연락처를 확인하지 않음"),
    "not_confirmed": gettext_lazy("두 해마다 다시 여쭌 것에 답하지 않음"),
    "other": gettext_lazy("그 밖의 약속"),
    "refused": gettext_lazy("처음 알린 범위를 넘는 이용을 거절함 (P4.8)"),
    "stopped": gettext_lazy("이용을 멈추게 함"),
    "withdrawn": gettext_lazy("동의를 철회함"),
}
CALLING: Mapping[str, Lazy] = {
    "done": gettext_lazy("다 걺"),
    "scheduled": gettext_lazy("걸 때를 기다리는 중"),
    "sending": gettext_lazy("거는 중"),
}
"""States of an advertisement that people are called about, where they are called otherwise."""
OUTCOMES: Mapping[str, Lazy] = {
    "no_more": gettext_lazy("전화에서 그만 받겠다고 함"),
    "not_reached": gettext_lazy("전화를 받지 않음"),
    "reached": gettext_lazy("통화함"),
    "sent": gettext_lazy("받는 쪽 서버가 받음"),
    "undeliverable": gettext_lazy("받는 곳이 없음"),
    "withheld": gettext_lazy("보내기 직전에 철회나 거절이 있어 보내지 않음"),
    "wrong_number": gettext_lazy("다른 사람이 받음"),
}


def line(one: Campaign, actor: Actor) -> dict[str, object]:
    """One advertisement of the list, and what can be done with it."""
    state = one.state.value
    states = {**STATES, **CALLING} if one.words.channel is Channel.PHONE else STATES
    writes = advertise.may_write(actor)
    return {
        "id": one.id,
        "title": one.words.title.in_(current()),
        "channel": wording.said(CHANNELS, one.words.channel.value),
        "at": one.words.at,
        "called": one.words.channel is Channel.PHONE,
        "state": state,
        "state_label": wording.said(states, state),
        "goods": one.words.goods,
        "queued": count(advertise.count(one.queued)) if one.queued or one.ended_at else "",
        "editable": writes and state == "draft",
        "stoppable": writes and state in {"scheduled", "sending"},
    }


def values(one: Campaign) -> dict[str, str]:
    """The words of a draft by the names of the form's fields."""
    said = one.words
    return {
        "title_ko": said.title.ko,
        "title_en": said.title.en,
        "body_ko": said.body.ko,
        "body_en": said.body.en,
        "goods": " ".join(said.goods),
        "channel": said.channel.value,
        "at": f"{said.at.astimezone(ZoneInfo(advertise.zone())):%Y-%m-%dT%H:%M}",
    }


def blank(at: str) -> dict[str, str]:
    """An empty form; nothing is chosen but the hour."""
    return {"at": at}


def channels(chosen: str) -> list[tuple[str, str, bool]]:
    """The channels that the policy in force offers: value, words, whether it is chosen."""
    return [(one, wording.said(CHANNELS, one), one == chosen) for one in advertise.offered()]


def count(one: Count) -> str:
    """A number of persons as it may be shown."""
    if one.tens is None:
        return _("%(n)d명 미만") % {"n": one.least}
    return _("%(n)d명 남짓") % {"n": one.tens}


def reasons(found: Mapping[str, Count]) -> list[tuple[str, str]]:
    """Who is left out, and why."""
    return [(wording.said(REASONS, why), count(n)) for why, n in sorted(found.items())]


def outcomes(found: Mapping[str, Count]) -> list[tuple[str, str]]:
    """How the letters ended."""
    return [(wording.said(OUTCOMES, how), count(n)) for how, n in sorted(found.items())]


def figures(one: marketing_register.Row) -> dict[str, object]:
    """How one consent stands."""
    shown = {name: count(advertise.count(n)) for name, n in one.numbers.items()}
    return {"name": one.name, "text": one.text.in_(current()), **shown}


def answer(one: marketing_register.Answer) -> dict[str, object]:
    """One answer of the register."""
    return {
        "id": one.id,
        "at": one.at,
        "given": [text.in_(current()) for text in one.given],
        "withheld": [text.in_(current()) for text in one.withheld],
        "version": one.policy_version,
        "way": wording.channel(one.channel),
    }
