"""The hosted window: what the buyer sees at the provider, in Korean and English."""

import sqlite3
from html import escape
from urllib.parse import urlencode, urlsplit

from dev.sandbox_payment.payments import Payments, Status
from dev.serving.exchange import Answer, Exchange, as_page, sent_to
from dev.serving.page import page, won

TEXT = {
    "ko": {
        "brand": "약속페이",
        "title": "카드 결제",
        "tag": "시험 환경 · 실제로 결제되지 않습니다",
        "card": "카드 번호",
        "expiry": "유효 기간",
        "code": "CVC",
        "hint": "시험용 카드가 미리 적혀 있습니다. 여기에 적는 것은 어디에도 저장하지 않습니다.",
        "approve": "결제하기",
        "other": "시험: 다른 결과 고르기",
        "twice": "승인하고 결과를 두 번 알리기",
        "decline": "결제 취소하기",
        "reject": "카드사가 거절하게 하기",
        "late": "시간 초과로 두기",
        "over": "이 결제는 끝났습니다",
        "why": "결제 시간이 지났거나 이미 처리된 결제입니다. 시간이 지난 결제는 청구되지 않습니다.",
        "back": "쇼핑몰로 돌아가기",
        "foot": "약속페이는 쇼핑몰을 시험하기 위한 모의 결제 서버입니다.",
    },
    "en": {
        "brand": "Yaksok Pay",
        "title": "Pay by card",
        "tag": "Sandbox · no money moves",
        "card": "Card number",
        "expiry": "Valid until",
        "code": "CVC",
        "hint": "A test card is filled in. Whatever you type here is stored nowhere.",
        "approve": "Pay",
        "other": "For testing: choose another outcome",
        "twice": "Approve, and call the shop back twice",
        "decline": "Cancel the payment",
        "reject": "Let the card company decline",
        "late": "Let it time out",
        "over": "This payment has ended",
        "why": "Its time ran out, or it was settled before. A payment that timed out is not charged.",
        "back": "Back to the shop",
        "foot": "Yaksok Pay is a sandbox payment server for trying out the mall.",
    },
}
TEST_CARD = "4330 1234 1234 1234"
CANCELED = "PAY_PROCESS_CANCELED"
REJECTED = "REJECT_CARD_COMPANY"
TIMED_OUT = "NOT_FOUND_PAYMENT_SESSION"
REASONS = {
    CANCELED: "사용자가 결제를 취소하였습니다. / The buyer cancelled the payment.",
    REJECTED: "카드사에서 거절하였습니다. / The card company declined.",
    TIMED_OUT: "결제 시간이 만료되었습니다. / The time for the payment is over.",
}


def joined(url: str, values: dict[str, str]) -> str:
    """``url`` with ``values`` added to its query."""
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(values)}"


def succeeded(payment: sqlite3.Row) -> str:
    """Where the browser goes after an approval."""
    values = {
        "paymentType": "NORMAL",
        "paymentKey": payment["key"],
        "orderId": payment["order_id"],
        "amount": str(payment["amount"]),
    }
    return joined(payment["success_url"], values)


def failed(payment: sqlite3.Row, code: str) -> str:
    """Where the browser goes when nothing was paid."""
    values = {"code": code, "message": REASONS[code], "orderId": payment["order_id"]}
    return joined(payment["fail_url"], values)


def origin_of(url: str) -> str:
    """Scheme, host and port of ``url``, as a content security policy writes it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Window:
    """Shows one payment to its buyer and takes their choice."""

    def __init__(self, payments: Payments) -> None:
        self._payments = payments

    def show(self, exchange: Exchange, key: str) -> Answer:
        """The card form, or what became of the payment."""
        payment = self._payments.get(key)
        text = TEXT[exchange.language()]
        ready = payment["status"] == Status.READY
        body = (
            self._form(payment, text, exchange.language()) if ready else self._over(payment, text)
        )
        shop = f"'self' {origin_of(payment['success_url'])} {origin_of(payment['fail_url'])}"
        html = page(
            title=text["title"],
            brand=text["brand"],
            language=exchange.language(),
            path=f"/window/{key}",
            body=body,
            foot=text["foot"],
        )
        return as_page(html, submits_to=shop)

    def choose(self, exchange: Exchange, key: str) -> Answer:
        """Carry out what the buyer chose. The card's fields are not even read."""
        choice = exchange.form("choice")
        if choice in {"approve", "twice"}:
            copies = 2 if choice == "twice" else 1
            payment = self._payments.choose(key, Status.IN_PROGRESS, copies=copies)
            if payment["status"] in {Status.IN_PROGRESS, Status.DONE}:
                return sent_to(succeeded(payment))
        elif choice in {"decline", "reject"}:
            code = CANCELED if choice == "decline" else REJECTED
            payment = self._payments.choose(key, Status.ABORTED, failure=code)
            if payment["status"] == Status.ABORTED:
                return sent_to(failed(payment, payment["failure"]))
        elif choice == "late":
            self._payments.choose(key, Status.EXPIRED, failure=TIMED_OUT)
        return sent_to(f"/window/{key}?lang={exchange.language()}")

    def _form(self, payment: sqlite3.Row, text: dict[str, str], language: str) -> str:
        others = "".join(
            f'<button name="choice" value="{choice}">{text[choice]}</button>'
            for choice in ("decline", "reject", "late", "twice")
        )
        return (
            f'<div class="card"><span class="tag">{text["tag"]}</span>'
            f"<h1>{escape(payment['order_name'])}</h1>"
            f'<p class="sum">{won(payment["amount"], language)}</p>'
            f'<form method="post" action="/window/{payment["key"]}?lang={language}" autocomplete="off">'
            f'<label for="card">{text["card"]}</label>'
            f'<input id="card" name="card" inputmode="numeric" maxlength="23" value="{TEST_CARD}">'
            f'<div class="pair"><div><label for="expiry">{text["expiry"]}</label>'
            '<input id="expiry" name="expiry" inputmode="numeric" maxlength="7" value="12/39"></div>'
            f'<div><label for="code">{text["code"]}</label>'
            '<input id="code" name="code" inputmode="numeric" maxlength="4" value="000"></div></div>'
            f'<p class="soft">{text["hint"]}</p>'
            f'<button class="main" name="choice" value="approve">{text["approve"]}</button>'
            f"<fieldset><legend>{text['other']}</legend>{others}</fieldset></form></div>"
        )

    def _over(self, payment: sqlite3.Row, text: dict[str, str]) -> str:
        done = payment["status"] in {Status.IN_PROGRESS, Status.DONE}
        code = payment["failure"] if payment["failure"] in REASONS else TIMED_OUT
        back = succeeded(payment) if done else failed(payment, code)
        return (
            f'<div class="card"><h1>{text["over"]}</h1><p>{text["why"]}</p>'
            f'<a class="button main" href="{escape(back)}">{text["back"]}</a></div>'
        )
