"""What a courier answers to a file: read strictly, taken line by line, told by telephone what changed."""

import io
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest

from tests.cast import people
from tests.cast.orders import Ordered, ordered
from tests.cast.sandboxes import Sandbox
from tests.journeys.test_courier_sheets import entries, parcel_of, taken
from yaksok.database.roles import keeper
from yaksok.journeys import courier_answers, courier_files, dispatch
from yaksok.journeys.courier_answers import Outcome
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.mall.orders import moving
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Language, Purpose
from yaksok.privacy.disclosure import handover
from yaksok.privacy.disclosure import sheets as filing
from yaksok.privacy.disclosure.register import Answer, State, Way
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def number() -> str:
    """A tracking number that nobody has."""
    return f"6{uuid4().int % 10**11:011d}"


def said(pasted: str = "", *, file: bytes = b"", by: Actor | None = None) -> list[Outcome]:
    clerk = by or people.clerk().actor
    lines = courier_answers.bring_back(file, pasted, clerk, language=Language.KOREAN)
    return [line.outcome for line in lines]


def why(pasted: str = "", *, file: bytes = b"") -> str:
    with pytest.raises(Invalid) as wrong:
        said(pasted, file=file)
    return str(wrong.value.problems[""])


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, memory = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(memory)
    return memory.getvalue()


def in_a_file() -> tuple[Ordered, str]:
    bought = ordered()
    taken(bought)
    return bought, parcel_of(bought)


def test_a_number_that_comes_back_ships_the_order() -> None:
    bought, parcel = in_a_file()
    tracking = number()
    assert said(f"{parcel},{tracking[:4]}-{tracking[4:8]}-{tracking[8:]}\n") == [Outcome.TAKEN]
    assert bought.now().state is OrderState.SHIPPED
    (entry,) = entries(bought)
    assert (entry.state, entry.answer) == (State.ACKNOWLEDGED, Answer.DONE)
    assert said(f"{parcel}\t{tracking}") == [Outcome.SAME]
    assert said(f"{parcel},{number()}") == [Outcome.OTHER]


def test_the_couriers_own_file_is_read_and_its_names_are_forgotten() -> None:
    bought, parcel = in_a_file()
    tracking = int(number())
    file = workbook(
        ("집하예정일", "받는분성명", "운송장번호", "고객주문번호", "운임"),
        (date(2026, 3, 2), bought.recipient.name, tracking, parcel, 2500.5),
    )
    lines = courier_answers.bring_back(file, "", people.clerk().actor, language=Language.KOREAN)
    assert [line.outcome for line in lines] == [Outcome.TAKEN]
    assert bought.recipient.name not in repr(lines)


def test_a_text_of_a_korean_office_is_read() -> None:
    _, parcel = in_a_file()
    file = f"주문번호,받는사람,운송장번호\r\n{parcel},가나다,{number()}\r\n".encode("cp949")
    assert said(file=file) == [Outcome.TAKEN]


def test_doubles_and_strangers_are_told_line_by_line(courier_sandbox: Sandbox) -> None:
    (one, first), (_, second), by_wire = in_a_file(), in_a_file(), ordered()
    dispatch.dispatch([by_wire.id], people.clerk().actor)
    tracking = number()
    assert said(f"{first},{tracking}\n{second},{tracking}") == [Outcome.TWICE] * 2
    assert said(f"{first},{number()}\n{first},{number()}") == [Outcome.TWICE] * 2
    assert one.now().state is OrderState.DISPATCHING
    assert said(f"{first},{tracking}") == [Outcome.TAKEN]
    rest = [
        f"{second},{tracking}",
        f"{'f' * 20},{number()}",
        f"{parcel_of(by_wire)},{number()}",
        f"{second}0,{number()}",
        f"{second[:19]},not a number",
    ]
    assert said("\n".join(["parcel,tracking_number", *rest])) == [
        Outcome.USED,
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
        Outcome.UNFIT,
        Outcome.UNFIT,
    ]


@pytest.mark.parametrize("column", ["01012345678", "0161234567", "서울특별시", "1", "=1", "1" * 15])
def test_what_is_no_tracking_number_is_not_kept(column: str) -> None:
    bought, parcel = in_a_file()
    if column.startswith("="):
        assert "수식" in why(f"{parcel},{column}")
    else:
        assert said(f"{parcel},{column}") == [Outcome.UNFIT]
    assert bought.now().state is OrderState.DISPATCHING


def test_a_formula_stops_the_whole_file() -> None:
    bought, parcel = in_a_file()
    titles = ("소포번호", "운송장번호", "")
    file = workbook(titles, (parcel, number(), ""), ("", "", '=HYPERLINK("http://a.example")'))
    assert why(file=file).startswith("3번째 줄: ")
    assert bought.now().state is OrderState.DISPATCHING


def test_what_is_no_table_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (9 << 20))
    whole = workbook(("소포번호", "운송장번호"))
    dtd = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(dtd, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"<worksheet", b"<!DOCTYPE a><worksheet"))
    for file in (
        b"PK\x03\x04 nothing",
        whole[: len(whole) // 2],
        bomb.getvalue(),
        dtd.getvalue(),
        b"\x00\x01\x02",
        b"a,b\n" * 1001,
        b"x" * (256 * 1024 + 1),
        b"one,two,three\n1,2,3",
        b",,\n,,",
    ):
        assert why(file=file)
    assert why("  ")
    assert why("a,b", file=b"a,b")


def test_a_cancelled_order_is_not_shipped() -> None:
    bought, parcel = in_a_file()
    clerk = people.clerk().actor
    courier_answers.not_taken(parcel, clerk)
    with keeper():
        moving.move(moving.lock(*bought.place), OrderState.CANCELLED)
    assert said(f"{parcel},{number()}", by=clerk) == [Outcome.CANCELLED]
    assert bought.now().state is OrderState.CANCELLED


def test_what_the_courier_does_not_have_can_go_again(courier_sandbox: Sandbox) -> None:
    bought, parcel = in_a_file()
    clerk = people.clerk().actor
    courier_answers.not_taken(parcel, clerk)
    assert bought.now().state is OrderState.PAID
    with pytest.raises(NotFound):
        courier_answers.not_taken(parcel, clerk)
    (result,) = dispatch.dispatch([bought.id], clerk)
    assert result.outcome is dispatch.Outcome.HANDED
    (entry,) = entries(bought)
    assert (entry.way, entry.attempts) == (Way.WIRE, 1)


def test_nobody_but_a_trained_clerk_brings_numbers_back() -> None:
    _, parcel = in_a_file()
    for nobody in (people.newcomer().actor, people.officer().actor, people.auditor().actor):
        with pytest.raises(Refused, match=r"P7\.1[34]"):
            said(f"{parcel},{number()}", by=nobody)
        with pytest.raises(Refused, match=r"P7\.1[34]"):
            courier_answers.not_taken(parcel, nobody)
    with pytest.raises(Refused, match=r"P7\.13"):
        courier_answers.work(Actor.visitor())


def test_what_is_not_confirmed_within_a_day_is_an_alarm(standing_clock: FixedClock) -> None:
    bought, parcel = in_a_file()
    auditor = people.auditor().actor
    standing_clock.move(timedelta(hours=23))
    assert courier_answers.work(auditor).late == ()
    standing_clock.move(timedelta(hours=1))
    (late,) = courier_answers.work(auditor).late
    assert late.reference == parcel
    clerk = people.clerk().actor
    assert said(f"{parcel},{number()}", by=clerk) == [Outcome.TAKEN]
    assert courier_answers.work(auditor).late == ()
    assert courier_files.recent(auditor)
    assert bought.now().state is OrderState.SHIPPED


def test_a_correction_is_told_by_telephone_and_never_by_wire(courier_sandbox: Sandbox) -> None:
    bought, parcel = in_a_file()
    order, clerk = bought.now(), people.clerk().actor
    with keeper():
        assert handover.correct(order.recipient, order.recipient_record, actor=clerk) == 1
    dispatch.deliver_due()
    (entry,) = courier_answers.work(clerk).to_tell
    assert (entry.state, entry.reference) == (State.PLANNED, parcel)
    with pytest.raises(Refused, match=r"P4\.5"):
        courier_answers.told(entry.subject, entry.id, "done", clerk)
    label = courier_answers.read_out(entry.subject, entry.id, clerk)
    assert label is not None
    assert label.name == bought.recipient.name
    courier_answers.told(entry.subject, entry.id, "done", clerk)
    assert courier_answers.work(clerk).to_tell == ()
    assert entries(bought)[-1].state is State.ACKNOWLEDGED
    with pytest.raises(NotFound):
        courier_answers.told(entry.subject, entry.id, "done", clerk)


def test_an_erasure_is_told_by_telephone_and_opens_nothing() -> None:
    bought, parcel = in_a_file()
    order, clerk = bought.now(), people.clerk().actor
    with keeper():
        assert handover.recall(order.recipient, [order.recipient_record], actor=clerk) == 1
    (entry,) = courier_answers.work(clerk).to_tell
    assert courier_answers.read_out(entry.subject, entry.id, clerk) is None
    with pytest.raises(NotFound):
        courier_answers.told(entry.subject, entry.id, "perhaps", clerk)
    courier_answers.told(entry.subject, entry.id, "not_held", clerk)
    assert entries(bought)[-1].answer == Answer.NOT_HELD
    with keeper():
        assert filing.unanswered() == ()
        assert parcel in filing.by_file([order.recipient])


def test_a_correction_of_what_was_destroyed_is_closed() -> None:
    bought, _ = in_a_file()
    order, clerk = bought.now(), people.clerk().actor
    with keeper():
        handover.correct(order.recipient, order.recipient_record, actor=clerk)
        gate.erase(
            order.recipient,
            actor=Actor.system("sweep"),
            purpose=Purpose.ORDER,
            reason="ended",
            only=[order.recipient_record],
        )
    (entry,) = courier_answers.work(clerk).to_tell
    assert courier_answers.read_out(entry.subject, entry.id, clerk) is None
    assert courier_answers.work(clerk).to_tell == ()
