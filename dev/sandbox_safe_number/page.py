"""The provider's own page: every number that it lends, and where it leads."""

from collections.abc import Sequence
from html import escape
from typing import Any

from dev.serving.page import listing, page

TEXT = {
    "ko": {
        "brand": "이음안심번호",
        "title": "빌려준 안심번호",
        "lead": "쇼핑몰이 알려 준 전화번호로 이어 주는 번호입니다. 이름과 주소는 모릅니다.",
        "none": "아직 빌려준 번호가 없습니다.",
        "heads": "안심번호|이어지는 번호|기간|상태",
        "days": "{days}일",
        "lent": "쓰는 중",
        "released": "돌려받음",
        "foot": "쇼핑몰을 시험하기 위한 모의 안심번호 회사입니다.",
    },
    "en": {
        "brand": "Ieum Safe Numbers",
        "title": "Numbers lent",
        "lead": "Each leads to a telephone that the shop told. Names and addresses are not known here.",
        "none": "No number was lent yet.",
        "heads": "Safe number|Leads to|Days|State",
        "days": "{days} days",
        "lent": "lent",
        "released": "given back",
        "foot": "A sandbox provider of safe numbers for trying out the mall.",
    },
}


def numbers_page(numbers: Sequence[dict[str, Any]], language: str) -> str:
    """The list as HTML."""
    text = TEXT[language]
    rows = [
        (
            escape(one["safe_number"]),
            escape(one["number"]),
            escape(text["days"].format(days=one["days"])),
            escape(text["released" if one["released"] else "lent"]),
        )
        for one in numbers
    ]
    return page(
        title=text["title"],
        brand=text["brand"],
        language=language,
        path="/",
        body=listing(text, rows),
        foot=text["foot"],
        wide=True,
    )
