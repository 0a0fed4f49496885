"""Section 2: what is collected, with the items that need a consent apart from those that need none."""

from collections.abc import Iterator

from yaksok.policy.compile import Policy
from yaksok.policy.entries import ItemEntry, Record, Text
from yaksok.policy.law.page import basis_words
from yaksok.policy.pages.names import end_name, item_name, listed
from yaksok.policy.pages.shapes import Cell, ItemRow, KeptRow, RecordTable, Row, Table
from yaksok.policy.vocabulary import Basis, Item, Language, Purpose, RecordKind

_BY_LAW = Text(ko="동의 없이 처리하는 항목", en="Items processed without consent")
_BY_CONSENT = Text(ko="동의를 받아 처리하는 항목", en="Items processed by consent")
_COLUMNS = (
    Text(ko="구분", en="Record"),
    Text(ko="필수 항목", en="Required"),
    Text(ko="선택 항목", en="Optional"),
    Text(ko="목적", en="Purposes"),
    Text(ko="근거", en="Basis"),
    Text(ko="보유 기간", en="Kept"),
)
_REFUSING = Text(ko="동의하지 않으면", en="If you refuse")
_NONE = Text(ko="없음", en="none")
_NO_CONSENT_NEEDED = Text(
    ko="동의를 받아야 하는 항목은 없습니다. 광고에도, 그 밖의 선택적인 일에도 개인정보를 쓰지 않습니다.",
    en="No item is taken by consent. Nothing is used for advertising or anything else that is a matter of choice.",
)
_BY_LAW_NOTE = Text(
    ko="이 항목들은 적힌 근거에 따라 처리하므로 따로 동의를 묻지 않습니다. 필수 항목이 없으면 그 일을 해 드릴 수 없고, 선택 항목은 비워 두셔도 됩니다.",
    en="These are processed on the basis that is named, so no consent is asked. Without a required item the thing cannot be done; an optional one may stay blank.",
)
_QUESTIONS = Text(ko="상품이 더 묻는 것", en="What goods may ask")
_QUESTION_COLUMNS = (
    Text(ko="질문", en="Question"),
    Text(ko="필수 여부", en="Required?"),
    Text(ko="왜", en="Why"),
)
_MUST = Text(ko="필수", en="required")
_MAY = Text(ko="선택", en="optional")
_UNIQUE = frozenset({Item.RRN})
_CONTACTS = frozenset({Item.CALL_PHONE, Item.EMAIL, Item.PHONE, Item.PUSH_ENDPOINT})


def record_tables(policy: Policy, language: Language) -> tuple[RecordTable, ...]:
    """Every record, item by item. Items that ask a consent of their own make a table of their own."""
    return tuple(
        _table(policy, kind, consent, language)
        for kind, record in policy.document.body.records.items()
        for consent in _consents(record)
    )


def apart(tables: tuple[RecordTable, ...], language: Language) -> tuple[Table, Table]:
    """``tables`` on one sheet each: what needs no consent with its legal basis, and what needs one."""
    columns = tuple(column.in_(language) for column in _COLUMNS)
    by_law = [_row(table, language) for table in tables if not table.consent]
    by_consent = [
        Row(row.key, (*row.cells, Cell(table.refusing)))
        for table in tables
        if table.consent
        for row in [_row(table, language)]
    ]
    return (
        Table(
            "t-by-law",
            _BY_LAW.in_(language),
            columns,
            tuple(by_law),
            note=_BY_LAW_NOTE.in_(language),
        ),
        Table(
            "t-by-consent",
            _BY_CONSENT.in_(language),
            (*columns, _REFUSING.in_(language)),
            tuple(by_consent),
            empty=_NO_CONSENT_NEEDED.in_(language),
        ),
    )


def questions(policy: Policy, language: Language) -> tuple[Table, ...]:
    """What goods may ask with an order, if any of them asks something (P2.13)."""
    rows = tuple(
        Row(
            f"question/{name}",
            (
                Cell(entry.label.in_(language)),
                Cell((_MUST if entry.required else _MAY).in_(language)),
                Cell(entry.reason.in_(language)),
            ),
        )
        for name, entry in policy.document.body.questions.items()
    )
    columns = tuple(column.in_(language) for column in _QUESTION_COLUMNS)
    return (Table("t-questions", _QUESTIONS.in_(language), columns, rows),) if rows else ()


def _consents(record: Record) -> Iterator[str | None]:
    """The consents that items of ``record`` rest on, one after the other; None for no consent."""
    found = dict.fromkeys(entry.consent or record.consent for entry in record.items.values())
    yield from sorted(found, key=lambda name: (name is not None, name or ""))


def _table(policy: Policy, kind: RecordKind, consent: str | None, lang: Language) -> RecordTable:
    body = policy.document.body
    record = body.records[kind]
    asked = body.consents[consent] if consent else None
    basis = Basis.CONSENT if consent else record.basis
    purposes = tuple(p for p in asked.purposes if p in record.purposes) if asked else ()
    return RecordTable(
        key=f"{kind}/{consent}" if consent else kind.value,
        kind=kind,
        name=record.label.in_(lang),
        items=tuple(
            _item(record, item, entry, lang)
            for item, entry in record.items.items()
            if (entry.consent or record.consent) == consent
        ),
        purposes=tuple(body.purposes[p].text.in_(lang) for p in purposes or record.purposes),
        basis=basis_words(basis, policy.profile).in_(lang),
        end=record.end.reason.in_(lang),
        until=end_name(policy, kind, lang),
        kept=tuple(
            KeptRow(
                tuple(item_name(item, lang) for item in sorted(copy.items)),
                copy.period.words().in_(lang),
                copy.title.in_(lang),
            )
            for copy in policy.retention[kind].statutory
        ),
        consent=asked.text.in_(lang) if asked else "",
        refusing=asked.refusing.in_(lang) if asked else "",
    )


def _item(record: Record, item: Item, entry: ItemEntry, language: Language) -> ItemRow:
    advertised = Purpose.ADVERTISING in record.purposes and item in _CONTACTS
    return ItemRow(
        key=item.value,
        name=entry.label.in_(language),
        required=entry.required,
        reason=entry.reason.in_(language),
        told=item in _UNIQUE or advertised,
    )


def _row(table: RecordTable, language: Language) -> Row:
    none = _NONE.in_(language)
    told = any(item.told for item in table.items)
    return Row(
        f"by-basis/{table.key}",
        (
            Cell(table.name),
            Cell(listed([i.name for i in table.items if i.required]) or none, told=told),
            Cell(listed([i.name for i in table.items if not i.required]) or none, told=told),
            Cell(listed(list(table.purposes))),
            Cell(table.basis),
            Cell(table.until, told=True),
        ),
    )
