"""Leaving with all that somebody can leave behind: the plan is whole, and all of it ends on its day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from tests.cast import belongings, people, trades
from tests.cast.partners import agreeing, sharing
from yaksok.database.roles import keeper
from yaksok.journeys import leave, sweep
from yaksok.kernel import clock
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.holdings import GATE, Erase
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.text import kind_name
from yaksok.policy.vocabulary import Language, RecordKind
from yaksok.privacy.retention import certificate, copies, ends, holdings, register
from yaksok.privacy.retention.copies import Kept
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN
SECOND = timedelta(seconds=1)
NUMBERS_ALONE = {"vault_erasure"}
"""Random numbers that lead nowhere any more, by which a restored backup erases again."""


class Rich:
    """A member of a mall with a partner programme, who has one of everything."""

    def __init__(self) -> None:
        self.member = agreeing()
        self.had = {name: plant(self.member) for name, plant in belongings.EVERYTHING.items()}
        with keeper():
            orders = finding.of_subject(self.member.subject, limit=1000)
        self.people: set[SubjectId] = {self.member.subject, *(one.recipient for one in orders)}

    def order(self, name: str) -> Order:
        found = self.had[name]
        assert isinstance(found, Order)
        return found

    def leaves(self) -> certificate.Certificate:
        return leave.confirm(self.member.actor, self.member.person.password, language=KOREAN)

    def finishes(self) -> None:
        """The parcel comes, and the money goes back."""
        trades.stands_at(
            self.member.subject, self.order("an order under way").id, OrderState.DELIVERED
        )
        belongings.refunded(self.order("a refund under way"))
        sweep.sweep()

    def held(self) -> dict[RecordId, RecordKind]:
        with keeper():
            return {one.record: one.kind for who in self.people for one in gate.holdings(who)}

    def kept(self) -> list[Kept]:
        with keeper():
            return [
                one
                for who in self.people
                for one in copies.of(who, [held.record for held in gate.holdings(who)])
            ]

    def tables(self) -> dict[str, int]:
        """All tables of the database that still name one of them, whatever the column."""
        found: dict[str, int] = {}
        for who in self.people:
            for table, count in belongings.tables_naming(who).items():
                found[table] = found.get(table, 0) + count
        return found


@pytest.fixture
def rich(standing_clock: FixedClock) -> Iterator[Rich]:
    with sharing():
        yield Rich()


@contextmanager
def noted_at(at: datetime) -> Iterator[list[register.Line]]:
    """The clock at ``at``; afterwards the lines that the register got for records."""
    with keeper():
        before = {line.id for line in register.lines(limit=10_000)}
    new: list[register.Line] = []
    with clock.fixed(at):
        yield new
    with keeper():
        new += [line for line in register.lines(limit=10_000) if line.id not in before]


def test_the_plan_speaks_of_all_that_the_database_holds(rich: Rich) -> None:
    plan = leave.plan(rich.member.actor, language=KOREAN)
    kinds, declared = (
        set(rich.held().values()),
        {one.table: one for one in holdings.about_persons()},
    )
    assert {
        RecordKind.ACCESS_RECORD,
        RecordKind.ADDRESS_BOOK,
        RecordKind.INQUIRY,
        RecordKind.MEMBERSHIP,
        RecordKind.ORDER_PAYER,
        RecordKind.ORDER_RECIPIENT,
        RecordKind.REVIEW,
        RecordKind.TERMS_CASE,
    } <= kinds
    tables = belongings.tables_naming(rich.member.subject)
    assert {"promotions_held", "reviews_review"} <= tables.keys()
    assert set(tables) <= set(declared), "a table that nobody declares names the member"
    wanted = {kind_name(policy(), kind, KOREAN) for kind in kinds}
    wanted |= {
        declared[table].ko
        for table in tables
        if declared[table].by != GATE and declared[table].subject == "subject_id"
    }
    assert wanted <= {row.kind or row.label.partition(" (")[0] for row in plan.rows}
    assert plan.now_count + plan.kept_count == len(plan.rows)
    for row in plan.rows:
        assert row.goes_now or (row.law and (row.kept_until or row.until))


def test_what_was_to_go_is_gone_and_what_was_to_stay_is_put_away(rich: Rich) -> None:
    before = set(rich.held())
    done = rich.leaves()
    waiting = {RecordKind.ORDER_PAYER, RecordKind.ORDER_RECIPIENT}
    assert set(rich.held().values()) == {RecordKind.STATUTORY} | waiting
    assert len([kind for kind in rich.held().values() if kind in waiting]) == 4
    with keeper():
        for holding, _ in holdings.rows_of(rich.member.subject):
            gone = all(isinstance(end, Erase) for end in holding.columns.values())
            assert not gone or holding.by == GATE, f"{holding.table} was to go"
        lines = register.lines(limit=1000)
    left = sum(line.records for line in lines if line.certificate == done.number)
    assert left == len(before - set(rich.held()))
    assert {one.law for one in done.kept} >= {"", "access_point", "complaint", "contract", "supply"}


def test_with_nothing_under_way_the_start_of_periods_goes_too(standing_clock: FixedClock) -> None:
    member = people.member()
    belongings.log_ins(member)
    rows = {row.label: row for row in leave.plan(member.actor, language=KOREAN).rows}
    assert rows["보관 기간의 시작일"].goes_now
    leave.confirm(member.actor, member.person.password, language=KOREAN)
    assert ends.BEGAN not in belongings.tables_naming(member.subject)


def test_the_parcel_still_comes_the_money_still_goes_back_and_then_it_ends(
    rich: Rich, standing_clock: FixedClock
) -> None:
    rich.leaves()
    standing_clock.move(timedelta(days=2))
    rich.finishes()
    assert set(rich.held().values()) == {RecordKind.STATUTORY}


def test_each_copy_is_destroyed_on_its_own_day_and_the_register_says_so(
    rich: Rich, standing_clock: FixedClock
) -> None:
    rich.leaves()
    rich.finishes()
    days = sorted({one.until for one in rich.kept()})
    laws = {one.law for one in rich.kept()}
    assert laws == {"access_point", "complaint", "contract", "supply"}
    for day in days:
        due = [one for one in rich.kept() if one.until == day]
        with noted_at(day - SECOND) as early:
            sweep.sweep()
        assert [line for line in early if line.kind == RecordKind.STATUTORY] == []
        with noted_at(day) as lines:
            sweep.sweep()
        noted = [line for line in lines if line.kind == RecordKind.STATUTORY]
        assert sum(line.records for line in noted) == len(due)
        assert {line.law for line in noted} == {one.law for one in due}
        assert {(line.at, line.executor) for line in noted} == {(day, "retention_sweep")}
    assert rich.held() == {}


def test_a_year_and_five_years_later(rich: Rich, standing_clock: FixedClock) -> None:
    rich.leaves()
    rich.finishes()
    left = standing_clock()
    standing_clock.move_to(left.replace(year=left.year + 1))
    sweep.sweep()
    sweep.sweep_rows()
    assert {one.law for one in rich.kept()} == {"complaint", "contract", "supply"}
    assert "consent_event" in rich.tables()
    standing_clock.move_to(left.replace(year=left.year + 5) + timedelta(days=1))
    sweep.sweep()
    sweep.sweep_rows()
    assert rich.held() == {}
    assert set(rich.tables()) == NUMBERS_ALONE
