"""Sections 8 to 10: the rights of a person, how to use them, for whom a guardian speaks, whom to ask."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.law.page import Right, rights
from yaksok.policy.law.tables import deadline
from yaksok.policy.pages.rows import Line, table, told
from yaksok.policy.pages.shapes import Cell, Table
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Language, Minors, Profile

_HOW: tuple[tuple[str, Text, Text], ...] = (
    (
        "member",
        Text(ko="회원", en="Members"),
        Text(
            ko="'회원가입/변경' 화면에서 바로 보고 고치고 탈퇴할 수 있고, '내 요청'에서 내려받고 멈추고 남은 기한을 볼 수 있습니다.",
            en="See, correct and leave at once on the page 'Membership'; download, stop the use and watch deadlines under 'My requests'.",
        ),
    ),
    (
        "guest",
        Text(ko="비회원과 받는 분", en="Guests and recipients"),
        Text(
            ko="주문번호와 조회 비밀번호로, 또는 주문할 때 적은 이메일로 받은 링크로 보고 고치고 지울 수 있습니다. 받는 분은 운송장 번호와 전화번호 끝 네 자리로 누가 주소를 알려 줬는지 보고 이용을 거부할 수 있습니다.",
            en="See, correct and delete with the order number and its secret, or by a link sent to the e-mail address of the order. Recipients see who gave their address, and object to its use, with the tracking number and the last four digits of the phone.",
        ),
    ),
    (
        "other",
        Text(ko="전화, 이메일, 우편", en="Phone, e-mail, post"),
        Text(
            ko="아래 담당자에게 말씀하셔도 같습니다. 주신 방법보다 어렵게 하지 않으며, 본인인지 확인한 뒤에 처리합니다.",
            en="Tell the handler below, with the same effect. It is made no harder than giving the data was; we make sure first that it is you.",
        ),
    ),
    (
        "proxy",
        Text(ko="대신하는 사람", en="Somebody for you"),
        Text(
            ko="법정대리인이나 위임장을 가진 사람이 대신할 수 있습니다.",
            en="A guardian, or somebody with your written authority, can act for you.",
        ),
    ),
    (
        "refusal",
        Text(ko="들어드릴 수 없을 때", en="If it cannot be done"),
        Text(
            ko="법이 정한 까닭이 있을 때뿐이며, 그 까닭과 다시 따지는 방법, 도움을 청할 기관을 알려 드립니다.",
            en="Only for a reason that the law gives; you are told that reason, how to contest it, and where to find help.",
        ),
    ),
    (
        "cost",
        Text(ko="비용", en="Cost"),
        Text(ko="없습니다.", en="None."),
    ),
)


def rights_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """Each right with its article and how long an answer may take, and the ways to use it."""
    european = policy.profile is Profile.LAWFUL_EU
    lines: list[Line] = [
        (
            one.key,
            (
                one.title.in_(language),
                one.text.in_(language),
                _within(one, policy, language),
                one.article.in_(language),
            ),
        )
        for one in rights("eu" if european else "kr")
    ]
    columns = (
        Text(ko="권리", en="Right"),
        Text(ko="할 수 있는 일", en="What you can do"),
        Text(ko="처리 기한", en="Answered within"),
        Text(ko="법", en="Law"),
    )
    how: list[Line] = [(key, (one.in_(language), two.in_(language))) for key, one, two in _HOW]
    return (
        table("t-rights", Text(ko="권리", en="Your rights"), columns, lines, language),
        table(
            "t-exercise",
            Text(ko="권리를 쓰는 방법", en="How to use them"),
            (Text(ko="누가, 어디로", en="Who, or where"), Text(ko="어떻게", en="How")),
            how,
            language,
        ),
    )


def child_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """What becomes of somebody who is too young, and what a guardian can do."""
    children = policy.document.body.children
    silence = Period.parse(deadline("guardian_silence", policy.effective).period).words()
    met = {
        Minors.REFUSED: Text(
            ko=f"만 {children.age}세 미만은 가입하거나 주문할 수 없고, 아무것도 적게 하지 않습니다. 보호자가 대신 주문할 수 있습니다.",
            en=f"Nobody under {children.age} can join or order, and nothing is asked of them. A grown-up can order for them.",
        ),
        Minors.GUARDIAN: Text(
            ko=f"만 {children.age}세 미만은 법정대리인이 동의해야 합니다. 그 전에는 법정대리인의 이름과 연락처만 받고, 동의가 없으면 {silence.ko} 안에 지웁니다.",
            en=f"Under {children.age} a guardian must agree. Until then only the guardian's name and contact are taken, and deleted within {silence.en} if they do not agree.",
        ),
    }[children.minors]
    guardian = Text(
        ko="어린이의 정보를 보고, 고치고, 지우고, 동의를 거둘 수 있습니다. 언제나 따릅니다.",
        en="Can see, correct and delete a child's data, and withdraw consent. It is always done.",
    )
    lines: list[Line] = [
        ("child", (Text(ko="어린이", en="Children").in_(language), told(met.in_(language)))),
        ("guardian", (Text(ko="법정대리인", en="Guardians").in_(language), guardian.in_(language))),
    ]
    columns = (Text(ko="누구", en="Who"), Text(ko="어떻게", en="What happens"))
    title = Text(ko="어린이와 법정대리인", en="Children and guardians")
    return (table("t-children", title, columns, lines, language),)


def contact_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """Where questions and complaints go."""
    mall = policy.document.body.mall
    free = Text(ko="무료 전화", en="Free of charge").in_(language)
    lines: list[Line] = [
        ("complaints", (free, Cell(mall.complaints_phone))),
        ("phone", (Text(ko="전화", en="Phone").in_(language), Cell(mall.phone))),
        ("email", (Text(ko="이메일", en="E-mail").in_(language), Cell(mall.email))),
        ("post", (Text(ko="우편", en="Post").in_(language), Cell(mall.address.in_(language)))),
    ]
    if (desk := policy.document.body.desk) is not None:
        days = Period.parse(desk.first_answer).days
        soon = Text(ko=f"영업일 기준 {days}일 안", en=f"within {days} working days")
        lines.append(
            ("answer", (Text(ko="답", en="Answer").in_(language), Cell(soon.in_(language))))
        )
    columns = (Text(ko="방법", en="Way"), Text(ko="어디로", en="Where"))
    return (table("t-contact", Text(ko="문의하는 곳", en="Contact"), columns, lines, language),)


def _within(one: Right, policy: Policy, language: Language) -> str:
    if one.deadline is None:
        return ""
    row = deadline(one.deadline, policy.effective, one.law)
    return Period.parse(row.period).words().in_(language)
