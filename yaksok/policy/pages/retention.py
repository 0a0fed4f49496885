"""Section 3: how long each record lives, how it is destroyed, and what a law has kept."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.law.tables import retention_laws
from yaksok.policy.pages.names import end_name, item_name, listed
from yaksok.policy.pages.rows import Line, table, told
from yaksok.policy.pages.shapes import Table
from yaksok.policy.vocabulary import Language

_STEPS: tuple[tuple[str, Text, Text], ...] = (
    (
        "procedure",
        Text(ko="절차", en="Procedure"),
        Text(
            ko="기간이 끝나거나 목적을 이룬 기록을 매일 골라 지체 없이 파기합니다. 탈퇴와 삭제 요청은 기다리지 않고 바로 처리합니다. 파기대장에는 개인정보 없이 건수와 까닭, 날짜만 남습니다.",
            en="Records whose time is over or whose purpose is achieved are found every day and destroyed without delay. Leaving and requests for deletion do not wait for that. The register of destruction holds numbers, reasons and dates, and no personal data.",
        ),
    ),
    (
        "method",
        Text(ko="방법", en="Method"),
        Text(
            ko="기록마다 따로 있는 암호 키를 없애고 저장된 줄을 지웁니다. 키가 없으면 누구도 되살릴 수 없습니다. 종이에 인쇄한 것은 갈아 없앱니다.",
            en="The key that each record has of its own is destroyed and its rows are deleted. Without the key nobody can bring it back. What was printed is shredded.",
        ),
    ),
    (
        "backups",
        Text(ko="백업", en="Backups"),
        Text(
            ko="키를 감싸는 열쇠를 정해진 때마다 바꾸고 지난 것을 없애므로, 파기한 기록은 모든 백업에서도 읽을 수 없게 됩니다. 그 날짜를 파기한 날짜와 함께 알려 드립니다.",
            en="The keys around the keys are changed regularly and the old ones destroyed, so that what was destroyed becomes unreadable in every backup too. You are told that date beside the first one.",
        ),
    ),
    (
        "kept-apart",
        Text(ko="법에 따라 남기는 것", en="What a law has kept"),
        Text(
            ko="다른 키로 다시 잠가 따로 보관하며, 법이 정한 일 말고는 열지 않고, 기한이 되면 파기합니다.",
            en="It is sealed again under a key of its own and stored apart, opened only for what the law says, and destroyed on its date.",
        ),
    ),
)


def retention_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """Periods, destruction, and what is kept by law."""
    return _periods(policy, language), _destruction(language), _kept(policy, language)


def _periods(policy: Policy, language: Language) -> Table:
    lines: list[Line] = [
        (
            kind.value,
            (
                record.label.in_(language),
                told(end_name(policy, kind, language)),
                record.end.reason.in_(language),
            ),
        )
        for kind, record in policy.document.body.records.items()
    ]
    columns = (
        Text(ko="구분", en="Record"),
        Text(ko="보유 기간", en="Kept until"),
        Text(ko="어떻게 끝나는지", en="How it ends"),
    )
    return table("t-retention", Text(ko="보유 기간", en="How long"), columns, lines, language)


def _destruction(language: Language) -> Table:
    lines: list[Line] = [
        (key, (title.in_(language), text.in_(language))) for key, title, text in _STEPS
    ]
    columns = (Text(ko="무엇", en="What"), Text(ko="어떻게", en="How"))
    title = Text(ko="파기 절차와 방법", en="How data is destroyed")
    return table("t-destruction", title, columns, lines, language)


def _kept(policy: Policy, language: Language) -> Table:
    lines: list[Line] = []
    for kind, rule in policy.retention.items():
        for copy in rule.statutory:
            cells = (
                policy.document.body.records[kind].label.in_(language),
                listed([item_name(item, language) for item in sorted(copy.items)]),
                told(copy.period.words().in_(language)),
                f"{copy.title.in_(language)}, {retention_laws()[copy.law].article}"
                if language is Language.KOREAN
                else copy.title.in_(language),
            )
            lines.append((f"{kind}/{copy.law}", cells))
    columns = (
        Text(ko="구분", en="Record"),
        Text(ko="남기는 항목", en="Items kept"),
        Text(ko="기간", en="For"),
        Text(ko="법", en="By which law"),
    )
    title = Text(ko="법에 따라 남기는 항목", en="What a law has kept")
    empty = Text(ko="법에 따라 남기는 항목은 없습니다.", en="No law has anything kept.")
    return table("t-kept", title, columns, lines, language, empty=empty)
