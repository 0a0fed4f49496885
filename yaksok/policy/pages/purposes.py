"""Section 1: each purpose by name, the services for members, and what is not done at all."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.pages.names import listed
from yaksok.policy.pages.rows import NONE, Line, table, told
from yaksok.policy.pages.shapes import Table
from yaksok.policy.vocabulary import Item, Language

_NOT_DONE: tuple[tuple[str, Text, Text], ...] = (
    (
        "sensitive",
        Text(ko="민감정보", en="Sensitive data"),
        Text(
            ko="받지 않습니다. 그래서 공개될 것도 없습니다.",
            en="Not taken, so none can become public.",
        ),
    ),
    (
        "pseudonymised",
        Text(ko="가명정보", en="Pseudonymised data"),
        Text(
            ko="만들지도 처리하지도 않습니다. 통계는 누구인지 알아볼 수 없는 합계로만 냅니다.",
            en="Not made and not processed. Statistics are totals in which nobody can be recognised.",
        ),
    ),
    (
        "automated",
        Text(ko="자동화된 결정", en="Automated decisions"),
        Text(
            ko="사람의 권리나 의무를 기계만으로 정하지 않으며, 사람을 분류하지도 않습니다.",
            en="Nothing about a person's rights or duties is decided by a machine alone, and nobody is profiled.",
        ),
    ),
    (
        "behaviour",
        Text(ko="행태정보", en="Behavioural data"),
        Text(
            ko="무엇을 보고 찾았는지 모으지 않으며, 맞춤형 광고를 하지 않습니다.",
            en="What you look at or search for is not collected, and no advertising is tailored to you.",
        ),
    ),
    (
        "training",
        Text(ko="인공지능 학습", en="Training of AI"),
        Text(
            ko="고객의 정보로 하지 않습니다.",
            en="Not done with customers' data.",
        ),
    ),
)


def purpose_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """Purposes, services by name, and what the mall does not do."""
    return (
        _purposes(policy, language),
        _services(policy, language),
        _not_done(policy, language),
    )


def _purposes(policy: Policy, language: Language) -> Table:
    body = policy.document.body
    lines: list[Line] = []
    for purpose, entry in body.purposes.items():
        records = [r.label.in_(language) for r in body.records.values() if purpose in r.purposes]
        cells = (
            entry.text.in_(language),
            listed(records) or NONE.in_(language),
            entry.achieved_when.in_(language),
        )
        lines.append((purpose.value, cells))
    columns = (
        Text(ko="목적", en="Purpose"),
        Text(ko="쓰는 정보", en="What is used"),
        Text(ko="목적을 이룬 때", en="Achieved when"),
    )
    return table("t-purposes", Text(ko="처리 목적", en="Purposes"), columns, lines, language)


def _services(policy: Policy, language: Language) -> Table:
    body = policy.document.body
    lines: list[Line] = [
        (
            service.value,
            (entry.text.in_(language), body.purposes[entry.purpose].text.in_(language)),
        )
        for service, entry in body.services.items()
    ]
    columns = (Text(ko="서비스", en="Service"), Text(ko="목적", en="Purpose"))
    title = Text(ko="회원 편의 서비스", en="Services for members")
    empty = Text(ko="회원만을 위한 서비스는 없습니다.", en="There is no service for members alone.")
    return table("t-services", title, columns, lines, language, empty=empty)


def _not_done(policy: Policy, language: Language) -> Table:
    lines: list[Line] = [
        (key, (title.in_(language), text.in_(language))) for key, title, text in _NOT_DONE
    ]
    if any(Item.RRN in record.items for record in policy.document.body.records.values()):
        unique = Text(ko="고유식별정보", en="Identifying numbers")
        said = Text(
            ko="주민등록번호 칸이 있으나, 살아 있는 사람의 번호는 들어갈 수 없습니다.",
            en="There is a field for a resident registration number, but no living person's fits in.",
        )
        lines.insert(1, ("unique", (unique.in_(language), told(said.in_(language)))))
    columns = (Text(ko="무엇", en="What"), Text(ko="어떻게 하는지", en="What we do"))
    title = Text(ko="하지 않는 일", en="What is not done")
    return table("t-not-done", title, columns, lines, language)
