"""The sink's own pages: the list of letters, and one letter."""

import re
import sqlite3
from datetime import datetime, timedelta, timezone
from html import escape

from dev.serving.page import listing, page

TEXT = {
    "ko": {
        "brand": "모의 우체국",
        "title": "받은 편지",
        "lead": "쇼핑몰이 보낸 편지입니다. 아무에게도 배달하지 않으며, 주소는 가려서 보관합니다.",
        "none": "아직 편지가 없습니다.",
        "heads": "받은 때|받는 사람|제목",
        "back": "목록으로",
        "foot": "쇼핑몰을 시험하기 위한 모의 메일 서버입니다. 최근 500통만 남깁니다.",
    },
    "en": {
        "brand": "Sandbox Post",
        "title": "Letters",
        "lead": "What the mall sent. Delivered to nobody; addresses are kept masked.",
        "none": "No letter has come yet.",
        "heads": "Received|To|Subject",
        "back": "All letters",
        "foot": "A sandbox mail server for trying out the mall. It keeps the last 500 letters.",
    },
}
LINK = re.compile(r"https?://[^\s<>\"]+")
SEOUL = timezone(timedelta(hours=9))


def letters_page(letters: list[sqlite3.Row], language: str) -> str:
    """All letters as HTML."""
    text = TEXT[language]
    rows = [
        (
            datetime.fromtimestamp(row["received"], SEOUL).strftime("%m-%d %H:%M"),
            escape(row["recipient"]),
            f'<a href="/letters/{row["id"]}?lang={language}">{escape(row["subject"])}</a>',
        )
        for row in letters
    ]
    return _framed(text, language, "/", text["title"], listing(text, rows))


def letter_page(letter: sqlite3.Row, language: str) -> str:
    """One letter as HTML, its links alive."""
    text = TEXT[language]
    words = LINK.sub(
        lambda found: f'<a href="{found[0]}" rel="noreferrer">{found[0]}</a>',
        escape(letter["text"], quote=False),
    )
    body = (
        f'<div class="card"><h1>{escape(letter["subject"])}</h1>'
        f'<p class="soft">{escape(letter["sender"])} → {escape(letter["recipient"])}</p>'
        f'<pre lang="{escape(letter["language"])}">{words}</pre>'
        f'<p><a href="/?lang={language}">{text["back"]}</a></p></div>'
    )
    return _framed(text, language, f"/letters/{letter['id']}", letter["subject"], body)


def _framed(text: dict[str, str], language: str, path: str, title: str, body: str) -> str:
    return page(
        title=title,
        brand=text["brand"],
        language=language,
        path=path,
        body=body,
        foot=text["foot"],
        wide=path == "/",
    )
