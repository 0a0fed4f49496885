"""Parcels handed to a courier in a file: two persons, once, three items, and nothing kept."""

import io
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.conf import settings
from django.db import connection

from tests.cast import people
from tests.cast.orders import Ordered, ordered, turns_out
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import courier_files, courier_sheets, dispatch
from yaksok.journeys.courier_files import Outcome, Stage
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.mall.orders import moving
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.policy.vocabulary import AgeClass, Language
from yaksok.privacy.disclosure import layouts, register
from yaksok.privacy.disclosure.label import Label
from yaksok.privacy.disclosure.layouts import Consigned
from yaksok.privacy.disclosure.register import State, Way
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

CJ = "예약구분 집하예정일 받는분성명 받는분전화번호 받는분기타연락처 받는분우편번호 받는분주소(전체,+분할) 운송장번호 고객주문번호 품목명 박스수량 박스타입 기본운임 배송메세지1 배송메세지2 품목명 운임구분"
HANJIN = "보내시는+분 보내시는+분+전화 보내는분담당자 보내는분담당자HP 보내는분우편번호 보내는분총주소 받으시는+분 받으시는+분+전화 받는분담당자 받는분핸드폰 받는분우편번호 받는분총주소 수량 품목명 운임Type 지불조건 출고번호 특기사항"
LOTTE = "주문번호 받는사람 전화번호1 전화번호2 우편번호 주소 상품명1 상품상세1 수량(A타입) 배송메시지 운임구분 운임 운송장번호"
COLUMNS = {
    key: [title.replace("+", " ") for title in titles.split()]
    for key, titles in (("cj", CJ), ("hanjin", HANJIN), ("lotte", LOTTE))
}
HOSTILE = ("=1+1", "+82", "-2+3", "@SUM(A1)", '=HYPERLINK("x")', "<b>&amp;", "_x0041_", "두\n줄")


def asked(
    *bought: Ordered, by: Actor | None = None, layout: str = "cj", reason: str = "by_contract"
) -> tuple[UUID, Actor]:
    clerk = by or people.clerk().actor
    ids = [one.id for one in bought]
    return courier_sheets.ask(ids, layout, reason, clerk, language=Language.KOREAN), clerk


def allowed(*bought: Ordered, layout: str = "cj") -> tuple[UUID, Actor]:
    key, clerk = asked(*bought, layout=layout)
    courier_sheets.allow(key, people.clerk().actor)
    return key, clerk


def taken(*bought: Ordered, layout: str = "cj") -> bytes:
    key, clerk = allowed(*bought, layout=layout)
    return courier_sheets.take(key, clerk, language=Language.KOREAN).content


def table(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def parcel_of(bought: Ordered) -> str:
    with keeper():
        return parcels.of_orders([bought.place])[bought.id].number


def entries(bought: Ordered) -> Sequence[register.Entry]:
    with keeper():
        return register.for_subject(bought.now().recipient)


def moves() -> list[tuple[str, int]]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT split_part(reason, ':', 1), subjects FROM audit_entry"
            " WHERE event = 'disclosure:sheet:moved' ORDER BY id"
        )
        return list(cursor.fetchall())


@pytest.mark.parametrize("layout", COLUMNS)
def test_each_layout_has_its_columns_and_the_items_in_them(layout: str) -> None:
    bought = ordered()
    titles, row = table(taken(bought, layout=layout))
    assert list(titles) == COLUMNS[layout]
    who, held = bought.recipient, [value for value in row if value is not None]
    for given in (who.name, who.phone, who.postcode, who.address, parcel_of(bought)):
        assert held.count(given) == 1
    known = layouts.layouts()[layout]
    for column, value in zip(known.columns, row, strict=True):
        if column.holds is None:
            assert (value or "") == column.says
    order = bought.now()
    for hidden in (order.number, bought.payer.name, bought.payer.phone, bought.payer.email, "접시"):
        assert all(hidden not in str(value) for value in held)


def test_json_is_what_goes_by_wire() -> None:
    bought = ordered()
    who = bought.recipient
    assert json.loads(taken(bought, layout="json")) == [
        {
            "parcel": parcel_of(bought),
            "name": who.name,
            "address": f"({who.postcode}) {who.address}",
            "phone": who.phone,
        }
    ]


def test_a_file_is_taken_by_its_asker_after_another_allowed_it_once(
    standing_clock: FixedClock,
) -> None:
    bought = ordered()
    key, clerk = asked(bought)
    with pytest.raises(NotFound):
        courier_sheets.take(key, clerk, language=Language.KOREAN)
    with pytest.raises(Refused, match=r"P4\.11"):
        courier_sheets.allow(key, clerk)
    for nobody in (people.newcomer().actor, people.auditor().actor, Actor.visitor()):
        with pytest.raises(Refused):
            courier_sheets.allow(key, nobody)
    other = people.clerk().actor
    courier_sheets.allow(key, other)
    with pytest.raises(Refused, match=r"P4\.11"):
        courier_sheets.take(key, other, language=Language.KOREAN)
    assert bought.now().state is OrderState.PAID
    courier_sheets.take(key, clerk, language=Language.KOREAN)
    assert bought.now().state is OrderState.DISPATCHING
    with pytest.raises(NotFound):
        courier_sheets.take(key, clerk, language=Language.KOREAN)
    assert moves() == [("asked", 1), ("allowed", 1), ("taken", 1)]


def test_nobody_but_a_trained_clerk_asks() -> None:
    bought = ordered()
    for nobody in (
        people.newcomer().actor,
        people.officer().actor,
        people.auditor().actor,
        Actor.visitor(),
    ):
        with pytest.raises(Refused, match=r"P7\.1[34]"):
            asked(bought, by=nobody)


def test_a_file_that_is_not_taken_in_time_hands_nothing_over(standing_clock: FixedClock) -> None:
    bought = ordered()
    key, clerk = allowed(bought)
    standing_clock.move(courier_files.OPEN_FOR)
    with pytest.raises(NotFound):
        courier_sheets.take(key, clerk, language=Language.KOREAN)
    assert courier_files.detail(key, clerk).stage is Stage.OVER
    assert bought.now().state is OrderState.PAID
    assert entries(bought) == ()


def test_what_was_closed_is_not_taken() -> None:
    bought = ordered()
    key, clerk = allowed(bought)
    courier_sheets.close(key, people.officer().actor)
    with pytest.raises(NotFound):
        courier_sheets.take(key, clerk, language=Language.KOREAN)
    assert entries(bought) == ()


def test_the_register_and_the_trail_say_that_it_left_in_a_file() -> None:
    bought = ordered()
    taken(bought)
    (entry,) = entries(bought)
    assert (entry.way, entry.state, entry.attempts) == (Way.FILE, State.FILED, 1)
    assert entry.sent_at is not None
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT event, recipient, reason, actor_role FROM audit_entry WHERE trail = %s"
            " AND event <> 'vault:record:sealed' ORDER BY id",
            [gate.trail_of(bought.now().recipient)],
        )
        found = [row for row in cursor.fetchall() if row[1]]
    assert found == [
        ("vault:items:opened", "courier", "", "clerk"),
        ("disclosure:handover:sent", "courier", "file", "clerk"),
    ]


def test_what_is_in_a_file_is_never_sent_by_wire(courier_sandbox: Sandbox) -> None:
    bought = ordered()
    taken(bought)
    number = parcel_of(bought)
    dispatch.deliver_due()
    (result,) = dispatch.dispatch([bought.id], people.clerk().actor)
    assert result.outcome is dispatch.Outcome.ALREADY
    assert number not in courier_sandbox.call("GET", "/")[1]


def test_what_went_otherwise_meanwhile_is_left_out(courier_sandbox: Sandbox) -> None:
    by_wire, gone, stays = ordered(), ordered(), ordered()
    key, clerk = allowed(by_wire, gone, stays)
    dispatch.dispatch([by_wire.id], clerk)
    with keeper():
        moving.move(moving.lock(*gone.place), OrderState.CANCELLED)
    content = courier_sheets.take(key, clerk, language=Language.KOREAN).content
    assert len(table(content)) == 2
    outcomes = {row.order.id: row.outcome for row in courier_files.detail(key, clerk).rows}
    assert outcomes == {
        by_wire.id: Outcome.OTHERWISE,
        gone.id: Outcome.GONE,
        stays.id: Outcome.HANDED,
    }


def test_the_policy_is_asked_about_each_when_it_leaves() -> None:
    child, grown = ordered(), ordered()
    key, clerk = allowed(child, grown)
    recipient = child.now().recipient
    with keeper():
        turns_out(recipient, AgeClass.CHILD)
    content = courier_sheets.take(key, clerk, language=Language.KOREAN).content
    assert child.recipient.name not in str(table(content))
    assert grown.recipient.name in str(table(content))
    found = {row.order.id: row for row in courier_files.detail(key, clerk).rows}
    assert (found[child.id].outcome, found[child.id].promise) == (Outcome.REFUSED, "P9.6")
    assert child.now().state is OrderState.PAID
    assert entries(child) == ()


def test_a_file_of_nothing_is_not_made() -> None:
    child = ordered()
    key, clerk = allowed(child)
    recipient = child.now().recipient
    with keeper():
        turns_out(recipient, AgeClass.CHILD)
    with pytest.raises(Invalid):
        courier_sheets.take(key, clerk, language=Language.KOREAN)
    assert courier_files.detail(key, clerk).stage is Stage.ALLOWED


def test_an_unpaid_order_an_unknown_one_and_a_strange_layout_make_no_file() -> None:
    unpaid, clerk = ordered(paid=False), people.clerk().actor
    for ids, layout, reason, field in (
        ([unpaid.id], "cj", "by_contract", "order"),
        ([uuid4()], "cj", "by_contract", "order"),
        ([ordered().id], "../cj", "by_contract", "layout"),
        ([ordered().id], "cj", "because", "reason"),
        ([uuid4() for _ in range(51)], "cj", "by_contract", "order"),
    ):
        with pytest.raises(Invalid) as wrong:
            courier_sheets.ask(ids, layout, reason, clerk, language=Language.KOREAN)
        assert field in wrong.value.problems


def test_a_lost_file_is_made_again_and_the_register_counts_it() -> None:
    bought, clerk = ordered(), people.clerk().actor
    key, _ = asked(bought, by=clerk)
    courier_sheets.allow(key, people.officer().actor)
    first = courier_sheets.take(key, clerk, language=Language.KOREAN)
    second_key = courier_sheets.again(key, clerk, language=Language.KOREAN)
    courier_sheets.allow(second_key, people.officer().actor)
    second = courier_sheets.take(second_key, clerk, language=Language.KOREAN)
    assert table(first.content) == table(second.content)
    (entry,) = entries(bought)
    assert (entry.state, entry.attempts) == (State.FILED, 2)
    assert courier_files.detail(second_key, clerk).sheet.again_of == key


def test_a_kill_before_the_end_hands_nothing_over(monkeypatch: pytest.MonkeyPatch) -> None:
    bought = ordered()
    key, clerk = allowed(bought)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(layouts, "file_of", _killed)
        courier_sheets.take(key, clerk, language=Language.KOREAN)
    assert bought.now().state is OrderState.PAID
    assert entries(bought) == ()
    assert len(table(courier_sheets.take(key, clerk, language=Language.KOREAN).content)) == 2


def _killed(*_: object) -> bytes:
    raise KeyboardInterrupt


@pytest.mark.parametrize("layout", COLUMNS)
def test_no_cell_is_ever_a_formula(layout: str) -> None:
    rows = [Consigned("f" * 20, Label(v, f"(03154) {v}", v), "03154") for v in HOSTILE]
    content = layouts.file_of(layouts.layouts()[layout], rows)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert all(cell.quotePrefix for cell in cells if cell.row > 1)
    said = {str(cell.value) for cell in cells}
    assert set(HOSTILE) <= said


def test_nothing_of_a_file_is_written_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    bought = ordered()
    assert bought.recipient.name in str(table(taken(bought)))
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT s::text || l::text FROM shipping_sheet s, shipping_sheet_line l")
        kept = str(cursor.fetchall())
    assert str(bought.id) in kept
    assert bought.recipient.name not in kept


def test_an_operator_adds_a_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = _own(tmp_path, monkeypatch)
    own.write_text(
        '[village]\nname = { ko = "마을택배", en = "Village" }\ntracking = "번호"\n'
        'columns = [{ title = "a", holds = "parcel" }, { title = "b", holds = "name" },'
        ' { title = "c", holds = "phone" }, { title = "d", holds = "address" }]\n'
    )
    assert "village" in courier_sheets.offered(Language.KOREAN)
    bought = ordered()
    who = bought.recipient
    titles, row = table(taken(bought, layout="village"))
    assert titles == ("a", "b", "c", "d")
    whole = f"({who.postcode}) {who.address}"
    assert row == (parcel_of(bought), who.name, who.phone, whole)


@pytest.mark.parametrize(
    "columns",
    [
        '{ title = "a", holds = "email" }',
        '{ title = "a", holds = "goods" }',
        '{ title = "a", holds = "parcel" }',
        '{ title = "a", asks = "name" }',
        '{ title = "", holds = "parcel" }',
    ],
)
def test_a_layout_that_holds_more_or_less_stops_them_all(
    columns: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f'[own]\nname = {{ ko = "a", en = "a" }}\ncolumns = [{columns}]\n'
    _own(tmp_path, monkeypatch).write_text(text)
    with pytest.raises(Invalid):
        courier_sheets.offered(Language.KOREAN)
    with pytest.raises(Invalid):
        asked(ordered())


def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from yaksok.database.layout import DataDirectory

    monkeypatch.setattr(settings, "YAKSOK_DATA", DataDirectory(tmp_path))
    (tmp_path / layouts.FOLDER).mkdir()
    return tmp_path / layouts.FOLDER / "own.toml"


@pytest.mark.skipif(
    not os.environ.get("YAKSOK_FULL") or not shutil.which("soffice"),
    reason="LibreOffice takes its time: YAKSOK_FULL=1, and soffice must be there",
)
@pytest.mark.parametrize("layout", COLUMNS)
def test_libreoffice_shows_the_same(layout: str, tmp_path: Path) -> None:
    rows = [Consigned("f" * 20, Label(v, f"(03154) {v}", v), "03154") for v in HOSTILE]
    content = layouts.file_of(layouts.layouts()[layout], rows)
    (tmp_path / "sheet.xlsx").write_bytes(content)
    command = [
        str(shutil.which("soffice")),
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "sheet.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    import csv

    with (tmp_path / "sheet.csv").open(encoding="utf-8", newline="") as text:
        shown = list(csv.reader(text))
    assert shown[0] == COLUMNS[layout]
    name = COLUMNS[layout].index(
        {"cj": "받는분성명", "hanjin": "받으시는 분"}.get(layout, "받는사람")
    )
    assert [row[name] for row in shown[1:]] == list(HOSTILE)
