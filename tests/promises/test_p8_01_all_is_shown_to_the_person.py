"""P8.1: at any time, everything: every record, every item, every table; generated, not listed."""

import pytest

from tests.cast import people, trades
from tests.cast.requests import SECRET, called, guest_order
from yaksok.database.roles import keeper
from yaksok.journeys import correct, held, my_page, rights_explain, rights_guest, rights_work
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Held, Item, Language
from yaksok.privacy.retention import holdings
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind
from yaksok.privacy.vault import gate
from yaksok.privacy.vault.reading import content_of, newest

pytestmark = pytest.mark.django_db


def test_every_stored_value_appears() -> None:
    member, who = people.member().agrees("prefill"), people.person()
    correct.correct(
        member.actor,
        {"name": who.name, "phone": who.phone, "book_name": who.name, "book_address": who.address},
        stepped_up=True,
        language=Language.KOREAN,
    )
    trades.order_of(member, OrderState.PAID)
    page = my_page.view(member.actor, stepped_up=True, language=Language.KOREAN)
    shown = {
        (record.record, item.item.value): item.value
        for record in page.records
        for item in record.items
        if item.value
    }
    stored = {}
    with keeper():
        for held in gate.holdings(member.subject):
            row = newest(member.subject, held.kind, held.record)
            assert row
            for item, value in content_of(row.record).items.items():
                stored[held.record, item] = value
    assert len(stored) == 10
    assert shown == stored


def test_every_item_of_the_catalogue_has_its_place() -> None:
    member = people.member()
    trades.order_of(member, OrderState.PAID)
    for language in Language:
        page = my_page.view(member.actor, stepped_up=False, language=language)
        for record in page.records:
            declared = policy().document.body.records[record.kind].items
            expected = {
                item
                for item, entry in declared.items()
                if entry.held is Held.SEALED or record.kind == "membership"
            }
            assert {item.item for item in record.items} == expected
            assert Item.PASSWORD not in expected or record.kind == "membership"


def test_every_table_with_rows_of_the_person_is_named() -> None:
    member = people.member()
    trades.order_of(member, OrderState.PAID)
    page = my_page.view(member.actor, stepped_up=False, language=Language.KOREAN)
    with keeper():
        assert {row.table for row in page.rows} == {
            one.table for one, _ in holdings.rows_of(member.subject)
        }
        assert holdings.undeclared() == {}, "no table is unknown to the page"


def test_what_is_explained_and_taken_along_is_what_the_page_shows() -> None:
    member = people.member().agrees("prefill")
    correct.correct(member.actor, {"name": "김약속"}, stepped_up=True, language=Language.KOREAN)
    page = my_page.view(member.actor, stepped_up=True, language=Language.KOREAN)
    seen = {
        (record.record, item.item): item.value
        for record in page.records
        for item in record.items
        if item.value and item.item is not Item.AGE_CLASS
    }
    taken = held.held(member.actor, stepped_up=True)
    assert {
        (record.record, item.about.item): item.value
        for record in taken.records
        for item in record.items
        if item.value and item.about.item is not Item.AGE_CLASS
    } == seen
    told = rights_explain.explain(member.actor, stepped_up=True, language=Language.KOREAN)
    values = {item.value for part in told.parts for item in part.items if item.value}
    assert set(seen.values()) <= values
    for part in told.parts:
        assert part.purposes, "for what"
        assert part.kept, "until when"
    assert told.consents
    assert told.receipts, "what they agreed to"


def test_a_guest_sees_all_of_theirs_too() -> None:
    bought = guest_order()
    note = rights_guest.by_secret(bought.order.number, SECRET, address_key="198.51.100.9")
    shown = {
        item.value
        for record in rights_guest.view(note, Language.KOREAN).holding.records
        for item in record.items
    }
    assert {bought.payer.name, bought.payer.phone, bought.payer.email} <= shown


def test_somebody_who_calls_gets_the_same_in_ten_days() -> None:
    clerk, member = people.clerk(), people.member()
    line = called(clerk, Kind.SEE, member)
    assert register.due(Kind.SEE, line.received_at) == line.due_at
    rights_work.answer(clerk.actor, line.number, "", language=Language.KOREAN)
    page = my_page.view(member.actor, stepped_up=True, language=Language.KOREAN)
    assert line.number in {one.number for one in page.requests}
