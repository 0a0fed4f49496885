"""Take the words of an advertisement, or say what is wrong with them. They are about goods, not people."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from yaksok.kernel.errors import Invalid, NotFound
from yaksok.mall.board import cleaning
from yaksok.mall.campaigns.book import Words
from yaksok.mall.catalogue import shelf
from yaksok.policy.advertising import channels
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Channel, Language
from yaksok.privacy.post.advertisements import signs
from yaksok.privacy.post.letters import Template, write
from yaksok.privacy.post.short import kind_of

MOST_GOODS = 5
LONGEST_BODY = 2_000
"""Characters. A text message is shorter yet: its carriers count bytes."""

UNKNOWN = "………"
"""What stands in a preview for the secret of a link, which is another one for each person."""

_SPLIT = re.compile(r"[\s,]+")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\b01[016789][- ]?\d{3,4}[- ]?\d{4}\b")

MARKED = Text(
    ko="‘(광고)’ 표시는 저절로 붙어요. 제목에서 빼 주세요.",
    en="The mark of an advertisement is put in front by itself. Take it out of the title.",
)
ABOUT_SOMEBODY = Text(
    ko="이메일 주소나 휴대전화 번호는 적을 수 없어요. 광고에는 사람의 정보를 담지 않아요.",
    en="No e-mail address and no mobile number: an advertisement says nothing about a person.",
)
TOO_LONG_BODY = Text(
    ko=f"{LONGEST_BODY}자까지 적을 수 있어요.", en=f"Use {LONGEST_BODY} characters at most."
)
TOO_LONG_SMS = Text(
    ko="문자로 보내기에는 길거나, 문자로 보낼 수 없는 글자가 있어요. 2,000바이트까지 보낼 수 있어요.",
    en="Too long for a text message, or it has signs that no telephone shows. 2,000 bytes at most.",
)
MOST_TITLE_PUSH, MOST_BODY_PUSH = 50, 200
TOO_LONG_PUSH = Text(
    ko=f"알림은 짧아요. 제목은 {MOST_TITLE_PUSH}자, 내용은 {MOST_BODY_PUSH}자까지 적어 주세요.",
    en=f"A notification is short: {MOST_TITLE_PUSH} characters of title and {MOST_BODY_PUSH} of text at most.",
)
NO_GOODS = Text(
    ko=f"팔고 있는 상품의 주소 이름을 {MOST_GOODS}개까지 적어 주세요.",
    en=f"Name up to {MOST_GOODS} goods that are on sale, as in their addresses.",
)
OPENING = Text(
    ko="안녕하세요. {sender}입니다. 광고 전화를 받겠다고 하셔서 걸었습니다. 그만 받으시려면 지금 말씀하시거나"
    " {phone}(무료)로 알려 주십시오.",
    en="Hello. This is {sender}. I am calling with advertising, as you agreed to. To stop such calls, tell me"
    " now, or call {phone} (free of charge).",
)
CLOSING = Text(
    ko="들어 주셔서 고맙습니다. 이런 전화를 계속 받으셔도 괜찮으시겠습니까?",
    en="Thank you for listening. May we call you with such offers again?",
)
"""How a call begins, as the law wants it, and how it ends."""
NO_CHANNEL = Text(ko="보낼 방법을 골라 주세요.", en="Choose how it is sent.")
NO_TIME = Text(ko="보낼 날과 시각을 골라 주세요.", en="Choose the day and the hour.")


def read(fields: Mapping[str, str], language: Language) -> Words:
    """The advertisement that the fields of the form make.

    Arguments:
        fields: ``title_ko``, ``title_en``, ``body_ko``, ``body_en``; ``goods``, slugs with spaces
            or commas between; ``channel``; ``at``, ``2027-03-01T10:00`` by the clock of who receives.

    Raises:
        Invalid: by field.
    """
    title, body = (
        Text(ko=fields.get(f"{name}_ko", ""), en=fields.get(f"{name}_en", ""))
        for name in ("title", "body")
    )
    problems = dict(_said(title, body))
    problems |= {n: unfit.text for n, unfit in cleaning.faults(title, body).items()}
    goods = tuple(slug for slug in _SPLIT.split(fields.get("goods", "")[:500]) if slug)
    channel, at = _channel(fields.get("channel", "")), _moment(fields.get("at", ""))
    if channel is None or at is None or problems:
        problems |= {"channel": NO_CHANNEL} if channel is None else {}
        problems |= {"at": NO_TIME} if at is None else {}
        raise Invalid({name: text.in_(language) for name, text in problems.items()})
    words = Words(
        Text(ko=cleaning.title(title.ko), en=cleaning.title(title.en)),
        Text(ko=cleaning.body(body.ko), en=cleaning.body(body.en)),
        goods,
        channel,
        at,
    )
    if found := dict(_shown(words)):
        raise Invalid({name: text.in_(language) for name, text in found.items()})
    return words


def context(words: Words, language: Language) -> dict[str, str]:
    """What every letter of this advertisement says, in one language."""
    origin = settings.YAKSOK_ORIGIN + ("/en" if language is Language.ENGLISH else "")
    notified = words.channel is Channel.PUSH  # a touch leads to what it shows
    lines = [
        f"{shelf.product(slug, language).name}\n{origin}/product/{slug}" for slug in words.goods
    ]
    return {
        "title": words.title.in_(language),
        "body": words.body.in_(language),
        "goods": "\n\n".join(lines) or origin,
        "path": f"/product/{words.goods[0]}" if notified and words.goods else "/",
    }


def script(words: Words, language: Language) -> str:
    """What a caller says: first that it is advertising, whose it is, and how it is stopped."""
    said = signs(language)
    goods = [shelf.product(slug, language).name for slug in words.goods]
    told = [words.title.in_(language), words.body.in_(language), *goods]
    opening = OPENING.in_(language).format_map(said)
    return "\n\n".join([f"{said['mark']} {opening}", *told, CLOSING.in_(language)])


def looks(words: Words) -> dict[Language, tuple[str, str]]:
    """Subject and text as they leave, in each language, with the mark and the sender; or what is said."""
    if words.channel is Channel.PHONE:
        return {one: (words.title.in_(one), script(words, one)) for one in Language}
    shown = {}
    for language in Language:
        said = {**context(words, language), "consent": "", "batch": ""}
        prefix = "/en" if language is Language.ENGLISH else ""
        stop = f"{settings.YAKSOK_ORIGIN}{prefix}/ads/stop?token={UNKNOWN}"
        letter = write(Template.ADVERTISEMENT, language, said, "", channel=words.channel, stop=stop)
        shown[language] = (letter.subject, letter.text)
    return shown


def _said(title: Text, body: Text) -> Iterator[tuple[str, Text]]:
    """What an advertisement must not say, by field."""
    for name, text in (("title", title), ("body", body)):
        for language in Language:
            said = text.in_(language)
            if _CONTACT.search(said):
                yield f"{name}_{language}", ABOUT_SOMEBODY
            elif name == "title" and _is_marked(said):
                yield f"{name}_{language}", MARKED
            elif name == "body" and len(said) > LONGEST_BODY:
                yield f"{name}_{language}", TOO_LONG_BODY


def _shown(words: Words) -> Iterator[tuple[str, Text]]:
    """What cannot be shown, or not by this channel, by field."""
    if not _on_sale(words.goods):
        yield "goods", NO_GOODS
    elif words.channel is Channel.SMS and any(kind_of(t) is None for _, t in looks(words).values()):
        yield "body_ko", TOO_LONG_SMS
    elif words.channel is Channel.PUSH:
        yield from _too_long_to_notify(words)


def _too_long_to_notify(words: Words) -> Iterator[tuple[str, Text]]:
    """What a screen that is locked would cut off, by field."""
    for language in Language:
        for name, text, most in (
            ("title", words.title, MOST_TITLE_PUSH),
            ("body", words.body, MOST_BODY_PUSH),
        ):
            if len(text.in_(language)) > most:
                yield f"{name}_{language}", TOO_LONG_PUSH


def _is_marked(title: str) -> bool:
    bare = re.sub(r"[\W_]+", "", title).casefold()
    return bare.startswith(("광고", "advertisement"))


def _on_sale(goods: tuple[str, ...]) -> bool:
    if len(goods) > MOST_GOODS:
        return False
    try:
        return all(shelf.product(slug, Language.KOREAN) for slug in goods)
    except NotFound:
        return False


def _channel(said: str) -> Channel | None:
    offered = channels(policy().document.body).values()
    return next((one for one in offered if one.value == said), None)


def _moment(said: str) -> datetime | None:
    table = policy().document.body.advertising
    try:
        at = datetime.fromisoformat(said[:16])
    except ValueError:
        return None
    return at.replace(tzinfo=ZoneInfo(table.zone)) if table and at.tzinfo is None else None
