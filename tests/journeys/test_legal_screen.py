"""The legal screen and legal holds: the exact number, a ground, two officers, once; nothing else opens."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import yaksok
from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import leave, legal_holds, legal_screen, sweep
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, Refused
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.retention import register
from yaksok.privacy.retention.grounds import Ground
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN
PAPER = "서울중앙지방법원 2026카단1234"


def officer() -> Actor:
    return Actor(Role.OFFICER, new_subject_id(), trained=True)


FIRST, SECOND = officer(), officer()
NOT_OFFICERS = (
    Actor(Role.CLERK, new_subject_id(), trained=True),
    Actor(Role.AUDITOR, new_subject_id(), trained=True),
    Actor(Role.OFFICER, new_subject_id(), trained=False),
    Actor.member(new_subject_id()),
    Actor.visitor(),
    Actor.system("any"),
)


class Gone:
    """A member who bought, logged in, and left; and the order."""

    def __init__(self, at: FixedClock) -> None:
        self.clock, self.member = at, people.member()
        self.member.logs_in()
        self.order: Order = trades.order_of(self.member, OrderState.DELIVERED)
        leave.confirm(self.member.actor, self.member.person.password, language=KOREAN)

    def asks(self, ground: Ground = Ground.COURT_ORDER, by: Actor = FIRST) -> object:
        return legal_screen.ask(self.order.number, ground, PAPER, actor=by, language=KOREAN)

    def held(self) -> legal_holds.Listed:
        """A hold that two officers set."""
        day = (self.clock() + timedelta(days=90)).date().isoformat()
        key = legal_holds.ask(
            self.order.number, Ground.COURT_ORDER, PAPER, day, actor=FIRST, language=KOREAN
        )
        legal_holds.second(key, actor=SECOND)
        return legal_holds.every(FIRST)[0]

    def kinds(self) -> set[RecordKind]:
        return self.of(self.member.subject) | self.of(self.order.recipient)

    def of(self, subject: SubjectId) -> set[RecordKind]:
        with keeper():
            return {one.kind for one in gate.holdings(subject)}


@pytest.fixture
def gone(standing_clock: FixedClock) -> Gone:
    return Gone(standing_clock)


def test_two_officers_see_what_is_kept_once_and_it_is_logged(gone: Gone) -> None:
    look = legal_screen.ask(
        gone.order.number, Ground.COURT_ORDER, PAPER, actor=FIRST, language=KOREAN
    )
    legal_screen.allow(look, actor=SECOND)
    shown = legal_screen.open_(look, actor=FIRST, language=KOREAN)
    values = {value for part in shown.parts for _, value in part.values}
    assert {gone.member.person.name, gone.member.person.email} <= values
    assert all(part.until and part.law for part in shown.parts)
    with pytest.raises(Refused):
        legal_screen.open_(look, actor=FIRST, language=KOREAN)
    with keeper():
        trail = gate.trail_of(gone.member.subject)
        assert trail
        opened = [one for one in log.of_trail(trail) if one.event == "vault:items:opened"]
    assert [(one.actor_role, one.purpose) for one in opened] == [("officer", "statutory_record")]


def test_log_ins_are_shown_for_a_warrant_alone(gone: Gone) -> None:
    for ground, some in ((Ground.COURT_ORDER, False), (Ground.COURT_WARRANT, True)):
        look = legal_screen.ask(gone.order.number, ground, PAPER, actor=FIRST, language=KOREAN)
        legal_screen.allow(look, actor=SECOND)
        shown = legal_screen.open_(look, actor=FIRST, language=KOREAN)
        values = [value for part in shown.parts for _, value in part.values]
        assert any(people.ADDRESS_KEY in value for value in values) is some


def test_without_a_second_officer_in_time_nothing_opens(gone: Gone) -> None:
    look = legal_screen.ask(
        gone.order.number, Ground.TAX_AUDIT, PAPER, actor=FIRST, language=KOREAN
    )
    with pytest.raises(Refused):
        legal_screen.open_(look, actor=FIRST, language=KOREAN)
    with pytest.raises(Refused):
        legal_screen.allow(look, actor=FIRST)
    legal_screen.allow(look, actor=SECOND)
    with pytest.raises(Refused):
        legal_screen.open_(look, actor=SECOND, language=KOREAN)
    gone.clock.move(legal_screen.OPEN_FOR)
    with pytest.raises(Refused):
        legal_screen.open_(look, actor=FIRST, language=KOREAN)


@pytest.mark.parametrize("other", NOT_OFFICERS, ids=lambda one: f"{one.role}-{one.trained}")
def test_nobody_else_comes_in(gone: Gone, other: Actor) -> None:
    with pytest.raises(Refused):
        legal_screen.ask(gone.order.number, Ground.COURT_ORDER, PAPER, actor=other, language=KOREAN)
    look = legal_screen.ask(
        gone.order.number, Ground.COURT_ORDER, PAPER, actor=FIRST, language=KOREAN
    )
    with pytest.raises(Refused):
        legal_screen.allow(look, actor=other)


def test_only_the_exact_number_with_a_ground_and_a_paper(gone: Gone) -> None:
    number = gone.order.number
    wrong = [
        (number[:-2], Ground.COURT_ORDER, PAPER),
        (gone.member.person.name, Ground.COURT_ORDER, PAPER),
        (number, "curious", PAPER),
        (number, Ground.COURT_ORDER, ""),
        (number, Ground.COURT_ORDER, "x" * 61),
        (number, Ground.COURT_ORDER, "연락처 010-1234-5678"),
        (number, Ground.COURT_ORDER, "900101-1234567"),
    ]
    for words, ground, paper in wrong:
        with pytest.raises(Invalid):
            legal_screen.ask(words, ground, paper, actor=FIRST, language=KOREAN)
    assert legal_screen.every(FIRST) == ()


def test_nothing_is_destroyed_but_by_the_way_that_writes_it_down() -> None:
    """What a law keeps is put aside and the register gets its line only in ``destroying.destroy``."""
    calling = {
        path.name
        for path in (Path(yaksok.__file__).parent / "journeys").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "gate.erase"
    }
    assert calling == set()


def test_nothing_else_in_the_mall_opens_a_laws_copy() -> None:
    naming = {
        path.name
        for path in (Path(yaksok.__file__).parent / "journeys").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"open_items", "open_many", "show_masks"}
        and "RecordKind.STATUTORY" in ast.unparse(node)
    }
    assert naming == {"legal_screen.py"}


def test_a_held_copy_outlives_its_date_and_dies_when_it_is_let_go(gone: Gone) -> None:
    hold = gone.held().hold
    gone.clock.move(timedelta(days=6 * 365))
    sweep.sweep()
    sweep.sweep_rows()
    assert gone.kinds() == {RecordKind.STATUTORY}
    assert legal_holds.every(FIRST)[0].overdue
    legal_holds.ask_release(hold.id, actor=FIRST)
    with pytest.raises(Refused):
        legal_holds.release(hold.id, actor=FIRST)
    legal_holds.release(hold.id, actor=SECOND)
    sweep.sweep()
    assert gone.kinds() == set()
    with keeper():
        laws = {line.law for line in register.lines(limit=3) if line.kind == "statutory"}
    assert laws == {"contract", "supply"}


def test_a_hold_lifted_before_the_date_gives_the_date_back(gone: Gone) -> None:
    with keeper():
        before = {one.record: one.destroy_after for one in gate.holdings(gone.order.recipient)}
    hold = gone.held().hold
    with keeper():
        assert [one.destroy_after for one in gate.holdings(gone.order.recipient)] == [None]
    legal_holds.ask_release(hold.id, actor=SECOND)
    legal_holds.release(hold.id, actor=FIRST)
    with keeper():
        after = {one.record: one.destroy_after for one in gate.holdings(gone.order.recipient)}
    assert after == before


def test_a_hold_alone_or_of_an_unknown_order_is_none(gone: Gone) -> None:
    day = (gone.clock() + timedelta(days=9)).date().isoformat()
    ask = (Ground.COURT_ORDER, PAPER, day)
    key = legal_holds.ask(gone.order.number, *ask, actor=FIRST, language=KOREAN)
    with pytest.raises(Refused):
        legal_holds.second(key, actor=FIRST)
    with pytest.raises(Refused):
        legal_holds.release(key, actor=SECOND)
    for wrong in ("2020-01-01", "", "2099-01-01"):
        with pytest.raises(Invalid):
            legal_holds.ask(
                gone.order.number, Ground.COURT_ORDER, PAPER, wrong, actor=FIRST, language=KOREAN
            )
    with pytest.raises(Invalid):
        legal_holds.ask("0000", *ask, actor=FIRST, language=KOREAN)


def test_what_is_held_while_in_use_goes_out_of_use_on_its_day(standing_clock: FixedClock) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.EXPIRED)
    day = (standing_clock() + timedelta(days=30)).date().isoformat()
    key = legal_holds.ask(
        order.number, Ground.CONSUMER_DISPUTE, PAPER, day, actor=FIRST, language=KOREAN
    )
    legal_holds.second(key, actor=SECOND)
    standing_clock.move(timedelta(days=2))
    sweep.sweep()
    with keeper():
        (copy,) = gate.holdings(order.recipient)
    assert (copy.kind, copy.destroy_after) == (RecordKind.STATUTORY, None)
    with keeper(), pytest.raises(Refused):
        gate.open_items(
            order.recipient,
            [Item.NAME],
            kind=RecordKind.STATUTORY,
            purpose=Purpose.DELIVERY,
            actor=Actor.system("any"),
        )
