"""회원가입/변경: everything is there, masked until the password is repeated."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import correct, my_page
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import NotFound
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, RecordKind
from yaksok.privacy.audit.events import Event
from yaksok.privacy.retention import holdings
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


def page(member: people.Member, *, stepped_up: bool = False) -> my_page.MyPage:
    return my_page.view(member.actor, stepped_up=stepped_up, language=KOREAN)


def shown(view: my_page.MyPage, kind: RecordKind) -> dict[Item, str]:
    (record,) = [record for record in view.records if record.kind is kind]
    return {item.item: item.value for item in record.items if item.given}


def test_every_record_and_every_item_of_the_catalogue_is_there() -> None:
    member = people.member()
    trades.order_of(member, OrderState.PAID)
    view = page(member)
    with keeper():
        held = gate.holdings(member.subject)
    assert [record.record for record in view.records] == [one.record for one in held]
    for record in view.records:
        declared = policy().items[record.kind]
        assert declared <= {item.item for item in record.items}
        assert all(item.label.strip() for item in record.items)
        assert record.label.strip()
        assert record.reason.strip()
        assert record.kept_while.strip()


def test_values_are_masked_until_the_password_is_repeated() -> None:
    member = people.member()
    trades.order_of(member, OrderState.PAID)
    masked = page(member)
    assert not masked.revealed
    assert not any(value in str(masked) for value in member.person.canaries())
    assert shown(masked, RecordKind.MEMBERSHIP)[Item.EMAIL].endswith("@mail.example")
    plain = page(member, stepped_up=True)
    assert plain.revealed
    who = member.person
    assert shown(plain, RecordKind.MEMBERSHIP) == {
        Item.LOGIN_ID: who.login_id,
        Item.EMAIL: who.email,
        Item.AGE_CLASS: "14+",
        Item.PASSWORD: "",
    }
    assert shown(plain, RecordKind.ORDER_PAYER) == {
        Item.NAME: who.name,
        Item.PHONE: who.phone,
        Item.EMAIL: who.email,
    }


def test_what_was_never_given_is_shown_as_such() -> None:
    view = page(people.member())
    (record,) = view.records
    missing = {item.item for item in record.items if not item.given}
    assert missing == {Item.NAME, Item.PHONE}


def test_the_password_can_be_read_by_nobody() -> None:
    (record,) = page(people.member(), stepped_up=True).records
    (password,) = [item for item in record.items if item.item is Item.PASSWORD]
    assert password.given
    assert not password.readable
    assert not password.value


def test_rows_outside_of_the_vault_are_counted_for_every_declared_table() -> None:
    member = people.member()
    trades.order_of(member, OrderState.PAID)
    member.logs_in()
    rows = {row.table: row.rows for row in page(member).rows}
    with keeper():
        assert rows == {one.table: count for one, count in holdings.rows_of(member.subject)}
    assert {"accounts_credential", "accounts_session", "orders_order", "consent_event"} <= set(rows)


def test_a_table_that_is_added_later_is_there_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    member = people.member()
    orders = next(one for one in holdings.about_persons() if one.table == "orders_order")
    monkeypatch.setattr(
        holdings, "about_persons", lambda: (replace(orders, table="consent_event"),)
    )
    assert [row.table for row in page(member).rows] == ["consent_event"]


def test_receipts_requests_and_trail_are_there() -> None:
    member = people.member()
    member.agrees("prefill")
    correct.correct(member.actor, {"name": member.person.name}, stepped_up=True, language=KOREAN)
    view = page(member)
    agreed, receipt = view.receipts
    assert agreed.given == ("prefill",)
    assert receipt.given == ("age_attested", "terms")
    (request,) = view.requests
    assert request.items == (Item.NAME,)
    assert Event.VAULT_RECORD_SEALED in {entry.event for entry in view.trail}


def test_a_look_is_in_the_trail() -> None:
    member = people.member()
    page(member, stepped_up=True)
    newest = my_page.trail(member.actor)[0]
    assert newest.event == Event.VAULT_ITEMS_OPENED
    assert newest.actor_role == "member"


def test_a_strangers_page_shows_nothing_of_the_member() -> None:
    member, stranger = people.member(), people.stranger()
    view = page(stranger, stepped_up=True)
    assert not any(value in str(view) for value in member.person.canaries())
    with pytest.raises(NotFound):
        my_page.view(Actor.visitor(), stepped_up=True, language=KOREAN)


def test_the_laws_copy_is_named_with_its_date_and_without_values(
    standing_clock: FixedClock,
) -> None:
    member = people.member()
    trades.order_of(member, OrderState.DELIVERED)
    with keeper():
        ends = max(one.destroy_after for one in gate.holdings(member.subject) if one.destroy_after)
    standing_clock.move_to(ends + timedelta(seconds=1))
    from yaksok.journeys.sweep import sweep

    sweep()
    view = page(member, stepped_up=True)
    (copy,) = [record for record in view.records if record.kind is RecordKind.STATUTORY]
    assert copy.kept_until
    assert copy.kept_until > ends
    assert not any(item.readable or item.value for item in copy.items)


def test_a_look_leaves_no_value_in_the_log() -> None:
    member = people.member()
    page(member, stepped_up=True)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_entry::text FROM audit_entry")
        written = str(cursor.fetchall())
    assert not any(value in written for value in member.person.canaries())
