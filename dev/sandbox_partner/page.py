"""The partner's own page: everything it was given, as it was given."""

from collections.abc import Sequence
from html import escape
from typing import Any

from dev.serving.page import listing, page

TEXT = {
    "ko": {
        "brand": "다온문구",
        "title": "받은 개인정보",
        "lead": "쇼핑몰이 공지하고 본인이 동의한 항목만 여기에 옵니다.",
        "none": "아직 받은 것이 없습니다.",
        "heads": "번호|받은 항목|바뀐 횟수|상태",
        "held": "보관 중",
        "erased": "지움",
        "foot": "다온문구는 쇼핑몰을 시험하기 위한 모의 제휴 회사입니다.",
    },
    "en": {
        "brand": "Daon Stationery",
        "title": "Data received",
        "lead": "Only what the shop announced and the person agreed to arrives here.",
        "none": "Nothing was received yet.",
        "heads": "Reference|Items|Changes|State",
        "held": "held",
        "erased": "erased",
        "foot": "Daon Stationery is a sandbox partner for trying out the mall.",
    },
}


def people_page(people: Sequence[dict[str, Any]], language: str) -> str:
    """The list as HTML."""
    text = TEXT[language]
    rows = [
        (
            escape(one["reference"]),
            escape(", ".join(one["items"].values()) or "-"),
            str(one["changes"]),
            escape(text["erased" if one["erased"] else "held"]),
        )
        for one in people
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
