"""The provider's own page: every text message that was sent."""

import re
import sqlite3
from datetime import datetime, timedelta, timezone
from html import escape

from dev.serving.page import listing, page

TEXT = {
    "ko": {
        "brand": "모의 문자",
        "title": "보낸 문자",
        "lead": "쇼핑몰이 보낸 문자입니다. 아무에게도 보내지 않으며, 번호는 가려서 보관합니다.",
        "none": "아직 보낸 문자가 없습니다.",
        "heads": "보낸 때|받는 번호|종류|내용",
        "foot": "쇼핑몰을 시험하기 위한 모의 문자 서버입니다. 최근 500건만 남깁니다.",
        "bytes": "{kind} · {bytes}바이트",
    },
    "en": {
        "brand": "Sandbox Texts",
        "title": "Text messages",
        "lead": "What the mall sent. Delivered to nobody; numbers are kept masked.",
        "none": "No message was sent yet.",
        "heads": "Sent|To|Kind|Words",
        "foot": "A sandbox provider of text messages. It keeps the last 500.",
        "bytes": "{kind}, {bytes} bytes",
    },
}
LINK = re.compile(r"https?://[^\s<>\"]+")
SEOUL = timezone(timedelta(hours=9))


def messages_page(messages: list[sqlite3.Row], language: str) -> str:
    """The list as HTML, its links alive."""
    text = TEXT[language]
    rows = [
        (
            datetime.fromtimestamp(row["sent"], SEOUL).strftime("%m-%d %H:%M"),
            escape(row["recipient"]),
            escape(text["bytes"].format(kind=row["kind"], bytes=row["bytes"])),
            _words(row),
        )
        for row in messages
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


def _words(row: sqlite3.Row) -> str:
    heading = f"<strong>{escape(row['subject'])}</strong><br>" if row["subject"] else ""
    words = LINK.sub(
        lambda found: f'<a href="{found[0]}" rel="noreferrer">{found[0]}</a>',
        escape(row["text"], quote=False),
    )
    return f"{heading}<span>{words.replace(chr(10), '<br>')}</span>"
