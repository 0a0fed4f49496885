"""Sections 6 and 7: the cookie and how to refuse it, and what protects the data."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.pages.rows import Line, table
from yaksok.policy.pages.shapes import Table
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Encrypted, Language, Storage

_REFUSE: tuple[tuple[str, Text, Text], ...] = (
    (
        "browser",
        Text(ko="브라우저에서", en="In the browser"),
        Text(
            ko="브라우저 설정의 개인정보 보호(쿠키) 항목에서 이 몰의 쿠키를 막거나 지울 수 있습니다.",
            en="The privacy (cookie) settings of the browser let you block or delete this mall's cookie.",
        ),
    ),
    (
        "effect",
        Text(ko="막으면", en="If you block it"),
        Text(
            ko="로그인할 수 없습니다. 회원이 아닌 채로는 모든 상품을 그대로 살 수 있습니다.",
            en="You cannot log in. Without an account you can still buy everything.",
        ),
    ),
)

_SAFEGUARDS: tuple[tuple[str, Text, Text], ...] = (
    (
        "encryption",
        Text(ko="암호화", en="Encryption"),
        Text(
            ko="개인정보는 기록마다 다른 키로 암호화해(AES-256-GCM) 보관합니다. 비밀번호는 되돌릴 수 없는 값으로만 둡니다.",
            en="Personal data is stored encrypted (AES-256-GCM), each record under a key of its own. Passwords are kept only as values that cannot be turned back.",
        ),
    ),
    (
        "access",
        Text(ko="접근 통제", en="Access"),
        Text(
            ko="이 방침이 허락한 사람이 허락된 목적으로 허락된 항목만 열 수 있습니다. 그 밖의 모든 것은 프로그램이 거절합니다.",
            en="Only whom this policy permits can open only what it permits, for the purpose it permits. The program refuses everything else.",
        ),
    ),
    (
        "staff",
        Text(ko="직원 계정", en="Staff accounts"),
        Text(
            ko="직원마다 자기 계정과 두 번째 확인 수단을 쓰며, 교육 기록이 없으면 개인정보를 열지 못합니다.",
            en="Each staff member has an account and a second factor of their own, and opens nothing without a record of training.",
        ),
    ),
    (
        "log",
        Text(ko="접속 기록", en="Log of access"),
        Text(
            ko="누가 언제 어떤 항목을 왜 열었는지 값 없이 기록하며, 기록은 덧붙일 수만 있습니다.",
            en="Who opened which item, when and why is logged without the value itself. The log can only be added to.",
        ),
    ),
    (
        "pages",
        Text(ko="화면", en="Pages"),
        Text(
            ko="페이지는 다른 곳의 프로그램이나 그림을 부르지 않으며, 개인정보가 있는 화면은 브라우저에 저장되지 않습니다.",
            en="No page calls programs or pictures from elsewhere, and what shows personal data is not stored by the browser.",
        ),
    ),
)

_TRAVEL = {
    Encrypted.ALL: Text(
        ko="모든 화면을 암호화된 연결(TLS)로 주고받습니다.",
        en="Every page travels through an encrypted connection (TLS).",
    ),
    Encrypted.PAYMENT: Text(
        ko="결제 정보를 암호화된 연결(SSL)로 주고받습니다.",
        en="Payment data travels through an encrypted connection (SSL).",
    ),
}


_KEPT = {
    Storage.BASKET: (
        Text(ko="탭 저장소", en="storage of the tab"),
        Text(ko="마지막 탭을 닫을 때까지", en="until the last tab is closed"),
    ),
    Storage.PUSH: (
        Text(ko="브라우저의 알림 구독", en="subscription of the browser"),
        Text(
            ko="그 브라우저에서 동의를 철회할 때까지",
            en="until the consent is withdrawn in this browser",
        ),
    ),
}
"""Where in the browser something is kept, and until when."""


def cookie_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """The cookie, what else a page keeps in the browser, and how to refuse it."""
    body = policy.document.body
    session = Text(
        ko="로그아웃하거나 브라우저를 닫을 때까지", en="until you log out or close the browser"
    )
    cookie = Text(ko="쿠키", en="cookie")
    lines: list[Line] = [
        (
            "cookie",
            (
                body.cookie.name,
                cookie.in_(language),
                body.cookie.text.in_(language),
                session.in_(language),
            ),
        )
    ]
    lines += [
        (
            name.value,
            (
                name.value,
                _KEPT[name][0].in_(language),
                entry.text.in_(language),
                _KEPT[name][1].in_(language),
            ),
        )
        for name, entry in body.storage.items()
    ]
    columns = (
        Text(ko="이름", en="Name"),
        Text(ko="종류", en="Kind"),
        Text(ko="무엇을 담는지", en="What it holds"),
        Text(ko="언제까지", en="Until"),
    )
    title = Text(ko="자동으로 저장되는 것", en="What is stored by itself")
    return (
        table("t-cookies", title, columns, lines, language),
        _pairs(
            "t-refusing-cookies",
            Text(ko="쿠키를 거부하는 방법", en="How to refuse the cookie"),
            _REFUSE,
            language,
        ),
    )


def safeguard_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """Safeguards, those on the way included."""
    body = policy.document.body
    travel = _TRAVEL[body.transport.encrypted]
    if issuer := body.transport.issuer:
        travel = Text(
            ko=f"{travel.ko} 인증서 발급 기관: {issuer}",
            en=f"{travel.en} Certificate issued by: {issuer}",
        )
    training = Period.parse(body.upkeep.training_every).words()
    audit = Period.parse(body.upkeep.audit_every).words()
    upkeep = Text(
        ko=f"담당 직원 교육은 {training.ko}, 이행 감사는 {audit.ko}을 넘기지 않기로 정했습니다.",
        en=f"Staff are to be trained at least every {training.en}, and an audit held at least every {audit.en}.",
    )
    rows = (
        ("travel", Text(ko="전송 구간", en="On the way"), travel),
        *_SAFEGUARDS,
        ("upkeep", Text(ko="관리 계획", en="Upkeep"), upkeep),
    )
    title = Text(ko="안전성 확보 조치", en="Safeguards")
    return (_pairs("t-safeguards", title, rows, language),)


def _pairs(
    key: str, title: Text, rows: tuple[tuple[str, Text, Text], ...], language: Language
) -> Table:
    lines: list[Line] = [(name, (one.in_(language), two.in_(language))) for name, one, two in rows]
    columns = (Text(ko="무엇", en="What"), Text(ko="어떻게", en="How"))
    return table(key, title, columns, lines, language)
