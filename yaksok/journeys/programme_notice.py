"""The notice that announces a programme: who receives, why, which items, for how long, and the right to refuse."""

from dataclasses import dataclass

from yaksok.mall.board import cleaning
from yaksok.mall.board.kinds import NoticeKind
from yaksok.mall.board.reading import Notice
from yaksok.policy.entries import Programme, Recipient, Text
from yaksok.policy.text import item_name
from yaksok.policy.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Words:
    """What hangs on the board."""

    title: Text
    body: Text


def words(programme: Programme, third: Recipient) -> Words:
    """The notice of ``programme`` in both languages, cleaned as the board has it (PIPA 17(2))."""
    title = Text(
        ko=f"{third.company.ko}에 개인정보를 제공합니다 (동의하신 분만)",
        en=f"Personal data is given to {third.company.en} (of those who agree)",
    )
    body = Text(ko=_korean(programme, third), en=_english(programme, third))
    return Words(
        Text(ko=cleaning.title(title.ko), en=cleaning.title(title.en)),
        Text(ko=cleaning.body(body.ko), en=cleaning.body(body.en)),
    )


def says(notice: Notice, wanted: Words) -> bool:
    """Whether ``notice`` announces sharing in exactly these words."""
    return notice.kind is NoticeKind.SHARING and notice.body == wanted.body


def _korean(programme: Programme, third: Recipient) -> str:
    return "\n".join(
        (
            (
                "회원의 편의를 위해 아래 회사에 개인정보를 제공합니다. 동의하신 분의 정보만 제공하고,"
                " 만 14세 미만이거나 나이를 알 수 없는 분의 정보는 제공하지 않습니다."
            ),
            "",
            f"- 받는 곳: {third.company.ko}",
            f"- 받는 곳의 이용 목적: {third.purpose.ko}",
            f"- 제공하는 항목: {_items(third, Language.KOREAN)}",
            f"- 받는 곳의 보유 기간: {third.keeps.ko}",
            f"- 제공하는 기간: {programme.starts}부터 {programme.ends}까지",
            f"- 회원에게 좋은 점: {programme.benefit.ko}",
            (
                "- 거절할 권리: 동의하지 않으셔도 되고, 동의한 뒤에도 언제든 철회하실 수 있습니다."
                " 그 때문에 잃는 것은 없습니다."
            ),
            "",
            "동의와 철회는 회원 메뉴의 동의와 거절에서 하실 수 있습니다.",
        )
    )


def _english(programme: Programme, third: Recipient) -> str:
    return "\n".join(
        (
            (
                "For our members' convenience, personal data is given to the company below. Only data of"
                " those who agreed is given, and none of children or of anybody whose age is not known."
            ),
            "",
            f"- Recipient: {third.company.en}",
            f"- What it uses the data for: {third.purpose.en}",
            f"- Items: {_items(third, Language.ENGLISH)}",
            f"- How long it keeps them: {third.keeps.en}",
            f"- When they are given: from {programme.starts} to {programme.ends}",
            f"- What you gain: {programme.benefit.en}",
            (
                "- Your right to refuse: you need not agree, and can withdraw at any time. You lose"
                " nothing by it."
            ),
            "",
            "Agree or withdraw in the member centre, under consents.",
        )
    )


def _items(third: Recipient, language: Language) -> str:
    return ", ".join(item_name(item, language) for item in third.items)
