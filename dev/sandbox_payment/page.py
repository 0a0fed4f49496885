"""The provider's own page: every payment it knows. A reference, an amount, a state; no person."""

import sqlite3
from html import escape

from dev.serving.page import listing, page, won

TEXT = {
    "ko": {
        "brand": "약속페이",
        "title": "결제 목록",
        "lead": "쇼핑몰이 알려준 것은 이것이 전부입니다. 누가 결제하는지는 알지 못합니다.",
        "none": "아직 결제가 없습니다.",
        "heads": "주문 참조|내용|금액|상태",
        "foot": "약속페이는 쇼핑몰을 시험하기 위한 모의 결제 서버입니다.",
    },
    "en": {
        "brand": "Yaksok Pay",
        "title": "Payments",
        "lead": "This is all that the shop told. Who pays is not known here.",
        "none": "No payment yet.",
        "heads": "Reference|What|Amount|State",
        "foot": "Yaksok Pay is a sandbox payment server for trying out the mall.",
    },
}


def payments_page(payments: list[sqlite3.Row], language: str) -> str:
    """The list as HTML."""
    text = TEXT[language]
    rows = [
        (
            escape(row["order_id"]),
            escape(row["order_name"]),
            won(row["amount"], language),
            escape(row["status"]),
        )
        for row in payments
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
