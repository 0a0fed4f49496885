"""Take one's data along: JSON for programs and CSV for people, in one archive, complete.

The contents come from :mod:`yaksok.journeys.held`, which finds what ``yaksok explain`` says can be held.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import msgspec

from yaksok.database.roles import keeper
from yaksok.journeys import held as holding
from yaksok.journeys.held import Cell, HeldItem, HeldRecord, HeldTable, Holding
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.csv_text import csv_text
from yaksok.kernel.errors import NotFound
from yaksok.kernel.holdings import GATE
from yaksok.kernel.ids import SubjectId
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.remedies import elsewhere
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.rights import register
from yaksok.privacy.vault import gate

FORMAT = 1
"""Of the JSON. Within one a key keeps its name, its place and its meaning; new keys may come."""

_UNREADABLE = Text(ko="(아무도 읽을 수 없음)", en="(nobody can read it)")
_NEVER = Text(ko="(주신 적 없음)", en="(never given)")

README = Text(
    ko="이 파일에는 {mall}에서 {who}에 관해 가지고 있는 것이 모두 들어 있어요.\n\n"
    "data.json      프로그램이 읽는 전체 내용\n"
    "records.csv    봉인해 둔 기록: 항목 하나가 한 줄\n"
    "tables/*.csv   그 밖의 표: 주문, 동의, 제공, 열람 기록\n\n"
    "비밀번호는 읽을 수 없는 확인값으로만 있어서 값이 없어요. 다른 사람의 번호와 봉인된 바이트는 비워 두었어요."
    " 이 파일은 암호화되어 있지 않으니 다른 사람이 쓰는 컴퓨터에 두지 마세요.\n\n{elsewhere}\n",
    en="This archive holds everything that {mall} keeps about {who}.\n\n"
    "data.json      all of it, for programs\n"
    "records.csv    sealed records: one item a line\n"
    "tables/*.csv   other tables: orders, consents, handovers, the access log\n\n"
    "Of passwords only a check value is kept that nobody can read, so there is no value. Numbers of other"
    " people and sealed bytes are left blank. This archive is not encrypted: do not leave it on a computer"
    " that others use.\n\n{elsewhere}\n",
)
YOU = Text(ko="회원님", en="you")


@dataclass(frozen=True, slots=True)
class Copy:
    """The archive: its name, which says nothing about the person, and its bytes."""

    name: str
    content: bytes
    records: int
    rows: int


def download(actor: Actor, *, stepped_up: bool, language: Language, enter: bool = True) -> Copy:
    """Everything about ``actor`` in one archive, made now and kept nowhere.

    Arguments:
        enter: Whether the register gets a line; not where a request is open there already.

    Refuses:
        Refused: somebody else asks, or they did not show who they are a moment ago (P8.5).

    Records:
        Event.VAULT_ITEMS_OPENED for each record, Event.RIGHTS_REQUEST_ANSWERED.

    Source:
        P8.1; PIPA 35-2; GDPR 15(3), 20(1).
    """
    found = holding.held(actor, stepped_up=stepped_up)
    if enter:
        with keeper():
            register.answered_at_once(
                _who(actor),
                register.Kind.PORT,
                items=items_of(found),
                outcome=register.Outcome.DONE,
                actor=actor,
                trail=gate.trail_of(_who(actor)),
            )
    at = clock.now()
    return Copy(
        f"yaksok-{at.astimezone(SEOUL):%Y%m%d}.zip",
        _archive(found, language, at),
        len(found.records),
        sum(len(table.rows) for table in found.tables),
    )


def items_of(found: Holding) -> set[Item]:
    """The items that are there and were given."""
    return {one.about.item for record in found.records for one in record.items if one.given}


def as_json(found: Holding, at: datetime) -> dict[str, object]:
    """All of it as plain values, for programs."""
    explained = found.explanation
    return {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "policy": {
            "version": explained.version,
            "effective": explained.effective.isoformat(),
            "hash": explained.hash,
        },
        "could_be_held": [f"{one.kind}.{one.item}" for one in explained.items],
        "records": [_record(one) for one in found.records],
        "tables": [_table(one) for one in found.tables],
        "tables_without_rows": _without_rows(found),
    }


def _record(one: HeldRecord) -> dict[str, object]:
    end = one.about.end
    return {
        "kind": one.about.kind.value,
        "label": msgspec.to_builtins(one.about.label),
        "record": str(one.record),
        "basis": one.about.basis.value,
        "purposes": [purpose.value for purpose in one.about.purposes],
        "policy_version": one.policy_version,
        "kept": msgspec.to_builtins(end.reason),
        "kept_until": one.kept_until.isoformat() if one.kept_until else None,
        "items": [_item(item) for item in one.items],
    }


def _item(one: HeldItem) -> dict[str, object]:
    return {
        "item": one.about.item.value,
        "label": msgspec.to_builtins(one.about.label),
        "value": one.value,
        "given": one.given,
        "readable": one.readable,
        "purposes": [purpose.value for purpose in one.about.purposes],
        "recipients": sorted({use.recipient for use in one.about.uses if use.recipient}),
    }


def _table(one: HeldTable) -> dict[str, object]:
    about = one.about
    return {
        "table": f"{about.schema}.{about.name}",
        "label": msgspec.to_builtins(about.label),
        "columns": [
            {"name": column.name, "told": holding.is_told(about, column)}
            for column in about.columns
        ],
        "rows": [list(row) for row in one.rows],
        "more": one.more,
    }


def _without_rows(found: Holding) -> list[str]:
    there = {one.about.name for one in found.tables}
    return sorted(
        f"{table.schema}.{table.name}"
        for table in found.explanation.tables
        if table.name not in there and table.ended_by != GATE
    )


def _archive(found: Holding, language: Language, at: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "README.txt", _readme(language), at)
        text = json.dumps(as_json(found, at), ensure_ascii=False, indent=1)
        _put(archive, "data.json", text, at)
        _put(archive, "records.csv", _csv(_record_lines(found, language)), at)
        for table in found.tables:
            lines = [[column.name for column in table.about.columns], *table.rows]
            _put(archive, f"tables/{table.about.name}.csv", _csv(lines), at)
    return packed.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str, at: datetime) -> None:
    entry = zipfile.ZipInfo(name, at.astimezone(SEOUL).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, text.encode())


def _readme(language: Language) -> str:
    body = policy().document.body
    return README.in_(language).format(
        mall=body.mall.name.in_(language),
        who=YOU.in_(language),
        elsewhere=elsewhere(body, language),
    )


def _record_lines(found: Holding, language: Language) -> Iterator[list[Cell]]:
    yield ["kind", "record", "item", "label", "value", "kept_until"]
    for record in found.records:
        until = record.kept_until.isoformat() if record.kept_until else ""
        for one in record.items:
            yield [
                record.about.kind.value,
                str(record.record),
                one.about.item.value,
                one.about.label.in_(language),
                _told(one, language),
                until,
            ]


def _told(one: HeldItem, language: Language) -> str:
    if one.value is not None:
        return one.value
    return (_NEVER if not one.given else _UNREADABLE).in_(language)


def _csv(lines: Iterable[Iterable[Cell]]) -> str:
    return csv_text([_text(cell) for cell in line] for line in lines)


def _text(cell: Cell) -> str:
    return " ".join(cell) if isinstance(cell, list) else "" if cell is None else str(cell)


def _who(actor: Actor) -> SubjectId:
    if actor.subject is None:
        msg = "there is nothing to take along for somebody who is not known"
        raise NotFound(msg)
    return actor.subject
