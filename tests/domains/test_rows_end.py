"""Rows outside of the vault come to the end that their table declares, on the day and not before."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import people, trades
from tests.cast.dotted import resolved
from yaksok.database.roles import keeper
from yaksok.journeys import leave, legal_holds, staff_door, sweep
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.holdings import AfterPerson, EndedBy, Holding, WithRow
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.payments import book
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.retention import holdings, register, rows

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN
FIVE_YEARS, THREE_YEARS = Period.parse("P5Y"), Period.parse("P3Y")
OF_AN_ORDER = {"orders_order", "orders_line", "orders_number", "payments_payment"}
NUMBERS_ALONE = {"vault_erasure"}
"""Random numbers that lead nowhere any more, by which a restored backup erases again."""
CODES = st.sampled_from(["P5Y", "P3Y", "P2Y", "P3M", "P1M", "P10D", "P1Y2M3D"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


def tables_of(subject: SubjectId) -> set[str]:
    with keeper():
        return {holding.table for holding, _ in holdings.rows_of(subject)}


def pays(order: Order) -> None:
    with keeper():
        book.add(order.subject, order.id, order.total)


def two_officers_hold(order: Order, until: datetime) -> None:
    first, second = (Actor(Role.OFFICER, new_subject_id(), trained=True) for _ in range(2))
    day = until.date().isoformat()
    key = legal_holds.ask(
        order.number, "court_order", "2026가단1", day, actor=first, language=KOREAN
    )
    legal_holds.second(key, actor=second)


@given(code=CODES, now=MOMENTS)
def test_a_cut_lies_exactly_where_a_period_ends(code: str, now: datetime) -> None:
    period = Period.parse(code)
    cut = period.over_before(now)
    assert period.after(cut - timedelta(microseconds=1)) <= now < period.after(cut)


def test_whatever_is_kept_says_what_ends_it() -> None:
    assert rows.unended() == ()


def test_a_table_that_keeps_and_says_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = [
        Holding(one.table, one.subject, one.ko, one.en, one.columns, one.by)
        for one in holdings.about_persons()
        if one.table == "orders_order"
    ]
    monkeypatch.setattr(holdings, "about_persons", lambda: tuple(silent))
    assert rows.unended() == ("orders_order",)


def test_what_ends_a_row_is_there() -> None:
    declared = {one.table: one for one in holdings.about_persons()}
    for one in declared.values():
        for end in one.ends:
            if isinstance(end, EndedBy):
                assert callable(resolved(end.carrier)), one.table
            if isinstance(end, WithRow):
                assert end.on.keys() <= one.columns.keys(), one.table
                assert set(end.on.values()) <= declared[end.table].columns.keys(), one.table
            if isinstance(end, AfterPerson):
                assert set(end.empties) <= one.columns.keys(), one.table


@pytest.mark.parametrize(
    ("delivered", "last_day"),
    [
        (datetime(2028, 2, 29, 3, tzinfo=UTC), datetime(2033, 2, 28, 23, 59, tzinfo=SEOUL)),
        (datetime(2026, 12, 31, 14, 59, tzinfo=UTC), datetime(2031, 12, 31, 23, 59, tzinfo=SEOUL)),
        (datetime(2026, 12, 31, 15, 0, tzinfo=UTC), datetime(2032, 1, 1, 23, 59, tzinfo=SEOUL)),
    ],
    ids=["leap day", "last minute of the year", "first minute of the next, in Seoul"],
)
def test_an_order_goes_whole_when_its_five_years_are_over(
    delivered: datetime, last_day: datetime
) -> None:
    with clock.fixed(delivered) as now:
        member = people.member()
        order = trades.order_of(member, OrderState.DELIVERED)
        pays(order)
        now.move_to(last_day)
        sweep.sweep_rows()
        assert tables_of(member.subject) >= OF_AN_ORDER
        now.move_to(last_day + timedelta(minutes=1))
        sweep.sweep_rows()
        assert not tables_of(member.subject) & OF_AN_ORDER
        with keeper():
            lines = {line.kind: line for line in register.lines(limit=20)}
        assert lines["orders_order"].records == 1
        assert lines["payments_payment"].method == rows.DELETED


def test_of_an_order_that_came_to_nothing_no_row_stays(standing_clock: FixedClock) -> None:
    member = people.member()
    trades.order_of(member, OrderState.EXPIRED)
    bought = trades.order_of(member, OrderState.DELIVERED)
    standing_clock.move(timedelta(days=100))
    sweep.sweep_rows()
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM orders_order WHERE subject_id = %s", [member.subject])
        assert cursor.fetchall() == [(bought.id,)]


def test_a_row_past_its_day_is_noticed_until_it_is_gone(standing_clock: FixedClock) -> None:
    trades.order_of(people.member(), OrderState.EXPIRED)
    standing_clock.move(timedelta(days=100))
    with keeper():
        assert rows.outlived(clock.now()) == (rows.Outlived("orders_order", 1),)
    sweep.sweep_rows()
    with keeper():
        assert rows.outlived(clock.now()) == ()


def test_what_is_held_stays(standing_clock: FixedClock) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    two_officers_hold(order, standing_clock() + timedelta(days=9))
    standing_clock.move_to(FIVE_YEARS.after(standing_clock()))
    sweep.sweep_rows()
    assert "orders_order" in tables_of(member.subject)


def test_receipts_go_three_years_after_the_person_and_never_before(
    standing_clock: FixedClock,
) -> None:
    member, stays = people.member(), people.stranger()
    standing_clock.move(timedelta(days=4 * 365))
    sweep.sweep_rows()
    assert "consent_event" in tables_of(member.subject), "they are still a member"
    leave.confirm(member.actor, member.person.password, language=KOREAN)
    standing_clock.move_to(THREE_YEARS.after(standing_clock()) - timedelta(seconds=1))
    sweep.sweep_rows()
    assert "consent_event" in tables_of(member.subject)
    standing_clock.move(timedelta(seconds=1))
    sweep.sweep()
    sweep.sweep_rows()
    assert tables_of(member.subject) == NUMBERS_ALONE
    assert "consent_event" in tables_of(stays.subject)


def test_the_database_itself_refuses_to_forget_receipts_of_somebody_who_is_here() -> None:
    member = people.member()
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT consent.forget_receipts(%s)", [[member.subject]])
        assert cursor.fetchone() == (0,)


def test_staff_rows_go_three_years_after_they_left(standing_clock: FixedClock) -> None:
    gone, here = people.clerk(), people.officer()
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO retention_confirmed (line_id, confirmed_by, at) VALUES (%s, %s, %s)",
            [uuid4(), gone.subject, clock.now()],
        )
    staff_door.let_go(gone.account.login_id)
    assert {"staff_account", "staff_grant", "staff_training"} <= tables_of(gone.subject)
    standing_clock.move_to(THREE_YEARS.after(standing_clock() + timedelta(days=93)))
    sweep.sweep_rows()
    assert tables_of(gone.subject) == NUMBERS_ALONE
    assert {"staff_account", "staff_training"} <= tables_of(here.subject)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT confirmed_by FROM retention_confirmed")
        assert cursor.fetchall() == [(rows.EMPTY,)]


def test_log_entries_go_after_two_years_by_the_databases_own_clock() -> None:
    def entries() -> int:
        with keeper(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_entry WHERE reason = 'old or young'")
            (count,) = cursor.fetchone()
            return int(count)

    def written(at: datetime) -> None:
        with clock.fixed(at), keeper():
            log.record(Event.BOARD_NOTICE_POSTED, actor=Actor.system("any"), reason="old or young")

    now = clock.now()
    written(now - timedelta(days=3 * 365))
    written(now - timedelta(days=365))
    sweep.sweep_rows()
    assert entries() == 1
    with clock.fixed(now + timedelta(days=20 * 365)):
        sweep.sweep_rows()
    assert entries() == 1, "whatever the mall's clock says, an entry of last year stays"


def test_the_register_of_rows_names_nobody(standing_clock: FixedClock) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.EXPIRED)
    standing_clock.move(timedelta(days=100))
    sweep.sweep_rows()
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT retention_destruction::text FROM retention_destruction")
        written = str(cursor.fetchall())
    ids: tuple[UUID, ...] = (member.subject, order.id, order.recipient)
    assert "orders_line" in written
    assert not any(str(one) in written for one in ids)
