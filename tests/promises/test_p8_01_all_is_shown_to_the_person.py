"""P8.1: at any time, everything: every record, every item, every table; generated, not listed."""

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import correct, my_page
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Held, Item, Language
from yaksok.privacy.retention import holdings
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
