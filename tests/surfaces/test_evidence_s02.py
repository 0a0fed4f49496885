"""Section 2: each probe finds what is so, and notices the row that breaks its sentence."""

import dataclasses
from datetime import timedelta

import msgspec
import pytest

from tests.cast.planting import (
    OPENED,
    SEALED,
    Patch,
    Row,
    acted,
    named,
    nothing,
    notices,
    row,
    seen,
)
from yaksok.evidence import s02_items as s02
from yaksok.kernel import clock
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import new_id
from yaksok.policy.forms import Form
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName

pytestmark = pytest.mark.django_db

JOINS = (SEALED, "visitor", "membership", "member_service")
ORDERS = (SEALED, "guest", "order_payer", "order", "name", "phone")


def laxer(patch: Patch) -> None:
    """A field that the document requires may stay blank."""
    whole = policy()
    one = whole.forms[FormName.SIGN_UP]
    fields = (dataclasses.replace(one.fields[0], required=False), *one.fields[1:])
    forms = {**whole.forms, FormName.SIGN_UP: dataclasses.replace(one, fields=fields)}
    patch.setattr(s02, "policy", lambda: msgspec.structs.replace(whole, forms=forms))


def stricter(patch: Patch) -> None:
    def read(form: Form, *_: object) -> None:
        raise Invalid({field.name: "" for field in form.fields})

    patch.setattr(s02, "read", read)


def answer_left(_: Patch) -> None:
    """An answer that a product asked for is there two days after its delivery."""
    whose, order, record = new_id(), new_id(), new_id()
    money = {"goods_total": 1, "shipping_fee": 0, "discount": 0, "total": 1}
    row(
        "orders_order",
        subject_id=whose,
        id=order,
        state="delivered",
        delivered_at=clock.now() - timedelta(days=2),
        **money,
    )
    row("orders_line", subject_id=whose, order_id=order, extra_record=record)
    row("vault_record", subject_id=whose, record_id=record, kind="order_extra")


EXTRA = acted(OPENED, "clerk", "order_extra", "order", "extra")

TABLE: tuple[Row, ...] = (
    (s02.p2_02_required_is_what_the_document_requires, nothing, laxer),
    (s02.p2_03_optional_items_may_stay_blank, nothing, stricter),
    (s02.p2_04_the_name_comes_with_an_order, nothing, acted(*JOINS, "login_id", "name")),
    (s02.p2_06_the_address_comes_with_an_order, nothing, acted(*JOINS, "address")),
    (s02.p2_07_the_phone_comes_with_an_order, nothing, acted(*JOINS, "login_id", "phone")),
    (s02.p2_08_members_have_an_id, acted(*JOINS, "login_id"), acted(*JOINS, "email")),
    (s02.p2_10_the_email_was_given, acted(*ORDERS, "email"), acted(*ORDERS)),
    (
        s02.p2_12_no_box_is_ticked,
        nothing,
        lambda patch: patch.setattr(s02, "visit", seen('<input type="checkbox" checked>')),
    ),
    (
        s02.p2_14_answers_served_their_order,
        EXTRA,
        acted(OPENED, "clerk", "order_extra", "complaint", "extra"),
    ),
    (s02.p2_14_answers_served_their_order, EXTRA, answer_left),
    (
        s02.p2_15_data_comes_in_where_it_is_listed,
        acted(*JOINS, "login_id"),
        acted(SEALED, "officer", "statutory", "statutory_record", "name"),
    ),
)


@pytest.mark.parametrize("case", TABLE, ids=named)
def test_it_notices(case: Row, monkeypatch: Patch) -> None:
    notices(case, monkeypatch)


@pytest.mark.usefixtures("shelves")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_question_that_the_document_does_not_know_is_noticed(monkeypatch: Patch) -> None:
    whole = policy()
    body = msgspec.structs.replace(whole.document.body, questions={})
    document = msgspec.structs.replace(whole.document, body=body)
    silent = msgspec.structs.replace(whole, document=document)
    probe = s02.p2_13_goods_ask_what_the_document_lets_them
    notices(
        (probe, nothing, lambda patch: patch.setattr(s02, "policy", lambda: silent)), monkeypatch
    )
