"""The sandbox's own page: what the browsers of people would show."""

import sqlite3
from datetime import datetime, timedelta, timezone
from html import escape

from dev.serving.page import listing, page

TEXT = {
    "ko": {
        "brand": "모의 알림",
        "title": "브라우저에 뜬 알림",
        "lead": "쇼핑몰이 보낸 알림을 받는 브라우저의 열쇠로 풀어 보여 줍니다. 진짜 브라우저에는 가지 않습니다.",
        "none": "아직 뜬 알림이 없습니다.",
        "heads": "뜬 때|브라우저|알림|누르면",
        "foot": "쇼핑몰을 시험하기 위한 모의 푸시 서비스입니다. 최근 500건만 남깁니다.",
        "open": "열기",
        "stop": "수신거부",
        "dark": "이 브라우저의 열쇠로 풀리지 않아 아무것도 뜨지 않았습니다.",
    },
    "en": {
        "brand": "Sandbox Push",
        "title": "Notifications on screens",
        "lead": "What the mall sent, opened with the keys of the browser it went to. No real one gets it.",
        "none": "Nothing was shown yet.",
        "heads": "Shown|Browser|Notification|When touched",
        "foot": "A sandbox push service. It keeps the last 500.",
        "open": "open",
        "stop": "stop",
        "dark": "It did not open with this browser's keys, so nothing was shown.",
    },
}
SEOUL = timezone(timedelta(hours=9))


def notifications_page(shown: list[sqlite3.Row], language: str) -> str:
    """The list as HTML."""
    text = TEXT[language]
    rows = [
        (
            datetime.fromtimestamp(row["at"], SEOUL).strftime("%m-%d %H:%M"),
            escape(f"{row['browser'][:6]}…"),
            _words(row, text["dark"]),
            " · ".join(_link(row[name], text[word]) for name, word in WAYS if row[name]),
        )
        for row in shown
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


WAYS = (("link", "open"), ("stop", "stop"))


def _words(row: sqlite3.Row, dark: str) -> str:
    if not row["readable"]:
        return escape(dark)
    text = escape(row["text"]).replace("\n", "<br>")
    return f"<strong>{escape(row['title'])}</strong><br>{text}"


def _link(address: str, words: str) -> str:
    if not address.startswith(("http://", "https://")):
        return ""
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(words)}</a>'
