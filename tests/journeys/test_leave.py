"""Leaving: the plan adds up, one password erases, and a certificate says so for ever."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import leave, log_in, my_page, sweep
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Shredded
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.retention import certificate, register
from yaksok.privacy.retention.certificate import Gone, Kept
from yaksok.privacy.rights import register as requests
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


@pytest.fixture(autouse=True)
def _standing(standing_clock: FixedClock) -> None:
    """The clock stands still in every test here."""


def leaves(member: people.Member) -> certificate.Certificate:
    return leave.confirm(member.actor, member.person.password, language=KOREAN)


def kinds(subject: SubjectId) -> list[RecordKind]:
    with keeper():
        return [held.kind for held in gate.holdings(subject)]


def planned(member: people.Member) -> dict[tuple[str, str], leave.Row]:
    rows = leave.plan(member.actor, language=KOREAN).rows
    return {(row.kind, row.label): row for row in rows}


def test_the_plan_holds_each_thing_once_and_adds_up() -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    plan = leave.plan(member.actor, language=KOREAN)
    assert plan.now_count + plan.kept_count == len(plan.rows)
    assert plan.now_count
    assert plan.kept_count
    held = {(row.kind, row.label) for row in plan.rows if row.kind}
    assert held == {
        ("회원 정보", "아이디"),
        ("회원 정보", "이메일"),
        ("회원 정보", "나이 확인"),
        ("결제하는 분 정보", "이름"),
        ("결제하는 분 정보", "전화번호"),
        ("결제하는 분 정보", "이메일"),
        ("받는 분 정보", "이름"),
        ("받는 분 정보", "전화번호"),
        ("받는 분 정보", "우편번호"),
        ("받는 분 정보", "주소"),
    }
    outside = {row.label for row in plan.rows if not row.kind}
    assert {"비밀번호 확인값", "주문", "안내와 동의의 영수증 (2)"} <= outside


def test_the_plan_says_what_goes_and_what_stays_by_which_law() -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    rows = planned(member)
    assert rows["회원 정보", "이메일"].goes_now
    assert rows["받는 분 정보", "전화번호"].goes_now
    stays = rows["결제하는 분 정보", "이름"]
    assert not stays.goes_now
    assert stays.kept_until == policy().retention[RecordKind.ORDER_PAYER].statutory[0].due(
        clock.now()
    )
    assert "전자상거래" in stays.law
    assert rows["", "비밀번호 확인값"].goes_now
    assert not rows["", "주문"].goes_now
    assert all(row.goes_now or (row.law and (row.until or row.kept_until)) for row in rows.values())


def test_the_plan_shows_no_value_and_changes_nothing() -> None:
    member = people.member()
    trades.order_of(member, OrderState.PAID)
    before = kinds(member.subject)
    plan = str(leave.plan(member.actor, language=KOREAN))
    assert not any(value in plan for value in member.person.canaries())
    assert kinds(member.subject) == before


def test_a_wrong_password_erases_nothing() -> None:
    member = people.member()
    with pytest.raises(Invalid):
        leave.confirm(member.actor, "wrong", language=KOREAN)
    assert kinds(member.subject) == [RecordKind.MEMBERSHIP]
    assert member.logs_in()


def test_nothing_of_the_member_opens_any_more() -> None:
    member = people.member()
    key = member.logs_in()
    leaves(member)
    assert kinds(member.subject) == [RecordKind.STATUTORY], "the log-in, for three months"
    assert log_in.session(key) is None
    with pytest.raises(Invalid):
        member.logs_in()
    with keeper():
        assert credentials.of(member.subject) is None
        assert ledger.standing(member.subject) == ledger.UNKNOWN
    everybody = (*people.everybody_but_the_person(), member.actor, Actor.system("any"))
    for actor in everybody:
        for purpose in Purpose:
            with keeper(), pytest.raises((Refused, Shredded)):
                gate.open_items(
                    member.subject,
                    [Item.EMAIL],
                    kind=RecordKind.MEMBERSHIP,
                    purpose=purpose,
                    actor=actor,
                )


def test_a_second_leaving_finds_nobody() -> None:
    member = people.member()
    leaves(member)
    with pytest.raises((Invalid, NotFound)):
        leaves(member)


def test_id_and_address_are_free_again() -> None:
    member = people.member()
    leaves(member)
    again = people.signs_up(member.person)
    assert again != member.subject


def test_of_a_delivered_order_only_the_laws_copy_stays_and_nobody_opens_it() -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    leaves(member)
    assert kinds(member.subject) == [RecordKind.STATUTORY]
    assert kinds(order.recipient) == [RecordKind.STATUTORY]
    for subject in (member.subject, order.recipient):
        with keeper():
            (held,) = gate.holdings(subject)
            assert held.destroy_after
        for actor in (*people.everybody_but_the_person(), member.actor, Actor.system("any")):
            for purpose in Purpose:
                if (actor.role, purpose) == (Role.OFFICER, Purpose.STATUTORY_RECORD):
                    continue  # on the legal screen alone
                with keeper(), pytest.raises(Refused):
                    gate.open_items(
                        subject,
                        [Item.NAME],
                        kind=RecordKind.STATUTORY,
                        purpose=purpose,
                        actor=actor,
                    )


def test_the_laws_copy_lies_under_a_new_key_and_leads_to_no_log_entry() -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    with keeper():
        before, trail = gate.holdings(member.subject), gate.trail_of(member.subject)
    leaves(member)
    with keeper():
        (copy,) = gate.holdings(member.subject)
        assert copy.record not in {held.record for held in before}
        assert gate.trail_of(member.subject) != trail


def test_of_an_order_that_came_to_nothing_nothing_stays() -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.CANCELLED)
    leaves(member)
    assert kinds(member.subject) == []
    assert kinds(order.recipient) == []


@pytest.mark.parametrize("state", [OrderState.PAID, OrderState.DISPATCHING, OrderState.SHIPPED])
def test_an_open_order_is_still_delivered_and_then_destroyed(
    state: OrderState, standing_clock: FixedClock
) -> None:
    member = people.member()
    order = trades.order_of(member, state)
    plan = leave.plan(member.actor, language=KOREAN)
    assert plan.open_orders == (order.number,)
    done = leaves(member)
    assert [row.until for row in done.kept] == [None, None]
    assert kinds(member.subject) == [RecordKind.ORDER_PAYER]
    assert kinds(order.recipient) == [RecordKind.ORDER_RECIPIENT]
    sweep.sweep()
    assert kinds(order.recipient) == [RecordKind.ORDER_RECIPIENT], "the parcel is not there yet"
    standing_clock.move(timedelta(days=2))
    trades.stands_at(member.subject, order.id, OrderState.DELIVERED)
    assert sweep.sweep().destroyed == 2
    assert kinds(member.subject) == [RecordKind.STATUTORY]
    assert kinds(order.recipient) == [RecordKind.STATUTORY]
    with keeper():
        assert ledger.standing(member.subject) == ledger.UNKNOWN
    assert sweep.sweep().destroyed == 0


def test_others_keep_what_is_theirs() -> None:
    member, stranger = people.member(), people.stranger()
    order = trades.order_of(stranger, OrderState.DELIVERED)
    key = stranger.logs_in()
    leaves(member)
    assert kinds(stranger.subject) == [
        RecordKind.MEMBERSHIP,
        RecordKind.ORDER_PAYER,
        RecordKind.ACCESS_RECORD,
    ]
    assert kinds(order.recipient) == [RecordKind.ORDER_RECIPIENT]
    assert log_in.session(key)
    assert my_page.view(stranger.actor, stepped_up=True, language=KOREAN).records


def test_the_registers_say_what_happened_and_not_to_whom() -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    number = leaves(member).number
    with keeper():
        lines = register.lines()
        (asked,) = requests.of(member.subject)
    assert {line.certificate for line in lines} == {number}
    assert {(line.kind, line.records, line.reason) for line in lines} == {
        ("membership", 1, "left"),
        ("order_payer", 1, "left"),
        ("order_recipient", 1, "left"),
    }
    assert (asked.kind, asked.outcome) == (requests.Kind.DELETE, requests.Outcome.DONE)
    with keeper(), connection.cursor() as cursor:
        for table in ("retention_destruction", "rights_request", "audit_entry", "vault_erasure"):
            cursor.execute(f"SELECT {table}::text FROM {table}")
            written = str(cursor.fetchall())
            assert not any(value in written for value in member.person.canaries()), table
        cursor.execute("SELECT audit_entry::text FROM audit_entry")
        assert str(member.subject) not in str(cursor.fetchall())


def test_the_certificate_says_what_was_erased_what_stays_and_two_dates() -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    with keeper():
        everywhere = gate.unreadable_by()
    done = leaves(member)
    assert done.erased_at == clock.now()
    assert done.unreadable_by == everywhere
    assert done.erased_at < done.unreadable_by
    assert done.gone == (
        Gone(
            RecordKind.MEMBERSHIP,
            (Item.AGE_CLASS, Item.EMAIL, Item.LOGIN_ID, Item.PASSWORD),
        ),
        Gone(RecordKind.ORDER_RECIPIENT, (Item.PHONE,)),
    )
    until = policy().retention[RecordKind.ORDER_PAYER].statutory[0].due(clock.now())
    assert done.kept == (
        Kept(RecordKind.ORDER_PAYER, (Item.EMAIL, Item.NAME, Item.PHONE), "contract", until),
        Kept(RecordKind.ORDER_RECIPIENT, (Item.ADDRESS, Item.NAME, Item.POSTCODE), "supply", until),
    )


def test_the_certificate_holds_nothing_personal() -> None:
    member = people.member()
    text = leaves(member).text
    assert str(member.subject) not in text
    assert not any(value in text for value in member.person.canaries())


def test_the_certificate_is_verified_without_an_account() -> None:
    done = leaves(people.member())
    found = leave.verify(done.text)
    assert found
    assert (found.number, found.erased_at) == (done.number, done.erased_at)
    assert leave.verify(json.dumps(json.loads(done.text), indent=2, ensure_ascii=False))
    assert certificate.verify(done.text, key=bytes.fromhex(leave.public_key()))


def test_one_changed_letter_is_noticed() -> None:
    text = leaves(people.member()).text
    body = json.loads(text)
    changed = [
        {**body, "erased_at": "2020-01-01T00:00:00Z"},
        {**body, "kept": []},
        {**body, "number": str(SubjectId(body["number"]))[:-1] + "0"},
        {**body, "signature": "00" * 64},
        {**body, "signature": "zz"},
        {**body, "signature": None},
        {**body, "public_key": "00" * 32},
        {key: value for key, value in body.items() if key != "signature"},
        {**body, "more": 1},
    ]
    for other in changed:
        if other != body:
            assert not leave.verify(json.dumps(other)), other
    doubled = '{"erased_at":"x",' + text[1:]
    for other_text in ("", "{", "[]", "null", "[" * 100_000, "x" * 70_000, doubled, text[:-10]):
        assert not leave.verify(other_text)


def test_a_copy_dies_on_its_date(standing_clock: FixedClock) -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    leaves(member)
    with keeper():
        (held,) = gate.holdings(member.subject)
    assert held.destroy_after
    standing_clock.move_to(held.destroy_after - timedelta(seconds=1))
    assert sweep.sweep().destroyed == 0
    standing_clock.move(timedelta(seconds=1))
    assert sweep.sweep().destroyed == 2
    assert kinds(member.subject) == []
    assert kinds(order.recipient) == []
