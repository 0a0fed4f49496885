"""The hosted window: where a guardian shows who they are, in Korean and English."""

from html import escape
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from dev.sandbox_identity.checks import REFERENCE, Checks, Person
from dev.serving.exchange import Answer, Declined, Exchange, as_page, sent_to
from dev.serving.page import listing, page

TEXT = {
    "ko": {
        "brand": "약속인증",
        "title": "본인확인",
        "payment": "카드로 확인",
        "tag": "시험 환경 · 실제로 확인하지 않습니다",
        "name": "이름",
        "birth": "생년월일",
        "phone": "휴대전화 번호",
        "card": "카드 번호",
        "hint": "여기에 적은 것은 쇼핑몰이 결과를 물어볼 때까지만, 길어도 한 시간만 가지고 있습니다.",
        "small": "100원을 승인하고 바로 취소합니다.",
        "done": "확인했습니다",
        "fail": "확인하지 않고 돌아가기",
        "lead": "쇼핑몰은 무작위 번호만 보냈습니다. 누구인지는 이 창에서만 적습니다.",
        "none": "아직 확인이 없습니다.",
        "heads": "번호|종류|상태",
        "foot": "약속인증은 쇼핑몰을 시험하기 위한 모의 본인확인 서버입니다.",
    },
    "en": {
        "brand": "Yaksok Identity",
        "title": "Identity check",
        "payment": "Check by card",
        "tag": "Sandbox · nobody is really checked",
        "name": "Name",
        "birth": "Date of birth",
        "phone": "Mobile number",
        "card": "Card number",
        "hint": "What you type is kept until the shop asks what became of it, and for an hour at most.",
        "small": "100 won are approved and cancelled at once.",
        "done": "That is me",
        "fail": "Go back without it",
        "lead": "The shop sent a random number only. Who it is stands in this window alone.",
        "none": "No check yet.",
        "heads": "Number|Kind|State",
        "foot": "Yaksok Identity is a sandbox identity server for trying out the mall.",
    },
}
FIELDS = {
    "identity": (("name", "text"), ("birth", "date"), ("phone", "tel")),
    "payment": (("name", "text"), ("card", "text")),
}
NAMES = {"identity": "identityVerificationId", "payment": "paymentId"}
LONGEST = 60


class Window:
    """Shows one check to a person and takes what they say."""

    def __init__(self, checks: Checks) -> None:
        self._checks = checks

    def show(self, exchange: Exchange, kind: str) -> Answer:
        """The form."""
        asked = {name: exchange.query(name) for name in (NAMES[kind], "channelKey", "redirectUrl")}
        reference, back = asked[NAMES[kind]], asked["redirectUrl"]
        _check(reference, back)
        language = exchange.language()
        text = TEXT[language]
        fields = "".join(
            f'<label for="{name}">{text[name]}</label>'
            f'<input id="{name}" name="{name}" type="{shape}" maxlength="{LONGEST}" required>'
            for name, shape in FIELDS[kind]
        )
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in asked.items()
        )
        small = f"<p>{text['small']}</p>" if kind == "payment" else ""
        title = text["payment"] if kind == "payment" else text["title"]
        body = (
            f'<div class="card"><span class="tag">{text["tag"]}</span><h1>{title}</h1>{small}'
            f'<form method="post" action="/window/{kind}?lang={language}" autocomplete="off">{hidden}{fields}'
            f'<p class="soft">{text["hint"]}</p>'
            f'<button class="main" name="choice" value="done">{text["done"]}</button>'
            f'<button name="choice" value="fail" formnovalidate>{text["fail"]}</button></form></div>'
        )
        html = page(
            title=title,
            brand=text["brand"],
            language=language,
            path="/",
            body=body,
            foot=text["foot"],
        )
        parts = urlsplit(back)
        return as_page(html, submits_to=f"'self' {parts.scheme}://{parts.netloc}")

    def choose(self, exchange: Exchange, kind: str) -> Answer:
        """Keep what became of it, and send the browser back with the reference alone."""
        reference, back = exchange.form(NAMES[kind]), exchange.form("redirectUrl")
        _check(reference, back)
        done = exchange.form("choice") == "done"
        typed = {name: exchange.form(name)[:LONGEST] for name, _ in FIELDS[kind]} if done else {}
        self._checks.settle(
            reference, kind, exchange.form("channelKey")[:LONGEST], Person(**typed), done=done
        )
        said = {NAMES[kind]: reference}
        if not done:
            said["code"] = "FAILURE_TYPE_USER_CANCEL"
        return sent_to(f"{back}{'&' if urlsplit(back).query else '?'}{urlencode(said)}")

    def all(self, exchange: Exchange, _: str) -> Answer:
        """The provider's own list."""
        text = TEXT[exchange.language()]
        rows = [
            (escape(row["id"]), escape(row["kind"]), escape(row["status"]))
            for row in self._checks.all()
        ]
        return as_page(
            page(
                title=text["title"],
                brand=text["brand"],
                language=exchange.language(),
                path="/",
                body=listing(text, rows),
                foot=text["foot"],
                wide=True,
            )
        )


def _check(reference: str, back: str) -> None:
    good = REFERENCE.fullmatch(reference) and urlsplit(back).scheme in {"http", "https"}
    if not good:
        message = "필수 파라미터를 확인하세요. / Check the parameters."
        raise Declined(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", message)
