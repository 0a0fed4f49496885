"""The courier's own page: every parcel it was given, as it was given."""

import sqlite3
from html import escape

from dev.serving.page import listing, page

TEXT = {
    "ko": {
        "brand": "한길택배",
        "title": "접수한 소포",
        "lead": "쇼핑몰이 넘겨준 것은 이것이 전부입니다.",
        "none": "아직 접수한 소포가 없습니다.",
        "heads": "소포 번호|이름|주소|전화|운송장 번호|상태|",
        "next": "다음 단계로",
        "foot": "한길택배는 쇼핑몰을 시험하기 위한 모의 택배 서버입니다.",
        "states": "접수|수거|배송 중|배송 완료",
    },
    "en": {
        "brand": "Hangil Courier",
        "title": "Parcels taken",
        "lead": "This is all that the shop handed over.",
        "none": "No parcel has come yet.",
        "heads": "Parcel|Name|Address|Phone|Tracking no.|State|",
        "next": "Move on",
        "foot": "Hangil Courier is a sandbox courier for trying out the mall.",
        "states": "accepted|picked up|in transit|delivered",
    },
}


def parcels_page(parcels: list[sqlite3.Row], language: str, states: tuple[str, ...]) -> str:
    """The list as HTML."""
    text = TEXT[language]
    names = dict(zip(states, text["states"].split("|"), strict=True))
    rows = [
        (
            *(
                escape(row[key])
                for key in ("parcel", "name", "address", "phone", "tracking_number")
            ),
            escape(names[row["state"]]),
            _button(row, states, text["next"], language),
        )
        for row in parcels
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


def _button(row: sqlite3.Row, states: tuple[str, ...], word: str, language: str) -> str:
    if row["state"] == states[-1]:
        return ""
    action = f"/parcels/{escape(row['parcel'])}/advance?lang={language}"
    return f'<form method="post" action="{action}"><button>{escape(word)}</button></form>'
