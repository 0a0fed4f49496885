"""From the basket to an order that waits for its payment."""

import threading
import unicodedata
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast.policies import obeying, policy_of, without_table
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import (
    ANSWERS,
    EN,
    GUEST,
    KO,
    SECRET,
    a_member,
    answers,
    choose,
    given,
    order,
    payments_of,
    rows,
    state_of,
)
from yaksok.journeys import check_out, look_up, my_orders, pay
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Busy, Invalid, Refused, Undeclared
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def count(table: str) -> int:
    return int(rows(f"SELECT count(*) FROM {table}")[0][0])


def test_a_guest_orders(shelves: Shop, payment_sandbox: Sandbox) -> None:
    placed = order([(shelves["CUP-W-L"], 1), (shelves["TEA-G"], 2)])
    assert placed.total == 21_000 + 64_000
    assert placed.payment_url is not None
    assert placed.payment_url.startswith(payment_sandbox.url)
    assert state_of(placed.order_number) == "awaiting_payment"
    assert payments_of(placed.order_number) == ["ready"]
    assert (shelves.stock("CUP-W-L"), shelves.stock("TEA-G")) == ((1, 1), (100, 2))


def test_payer_and_recipient_are_two_fresh_subjects(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    for _ in range(2):
        order([(shelves["TEA-G"], 1)], same_as_payer="on")
    found = rows("SELECT subject_id, recipient_subject_id FROM orders_order")
    assert len({subject for row in found for subject in row}) == 4
    kinds = rows("SELECT kind, count(*) FROM vault_record GROUP BY kind")
    assert dict(kinds) == {"order_payer": 2, "order_recipient": 2}


def test_nothing_personal_lies_in_the_tables_of_the_shop(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    order([(shelves["BOX-O"], 1)], also={"extra_oak-box": "사직동 왜가리네"})
    told = [ANSWERS[name] for name in ANSWERS if name != "age_attested"]
    told.append("사직동 왜가리네")
    tables = ["orders_order", "orders_line", "orders_number", "orders_attempt", "orders_secret"]
    tables += ["payments_payment", "payments_reference", "vault_record", "audit_entry"]
    for table in tables:
        text = str(rows(f"SELECT t::text FROM {table} t"))
        assert text != "[]"
        assert not [value for value in told if value in text], table


def test_the_provider_is_told_nothing_personal(shelves: Shop, payment_sandbox: Sandbox) -> None:
    order([(shelves["TEA-G"], 1), (shelves["CUP-W-S"], 1)])
    stored = b"".join(path.read_bytes() for path in payment_sandbox.data.iterdir())
    assert "하동 세작 외 1건".encode() in stored
    for name, value in ANSWERS.items():
        assert name == "age_attested" or value.encode() not in stored


def test_a_question_is_asked_only_with_its_product(shelves: Shop) -> None:
    plain = check_out.begin([(shelves["TEA-G"], 1)], actor=GUEST, language=KO)
    asking = check_out.begin([(shelves["BOX-O"], 1)], actor=GUEST, language=KO)
    extra = {field.name for field in asking.form.fields} - {f.name for f in plain.form.fields}
    assert extra == {"extra_oak-box"}
    assert asking.form.fields[-1].max_length == 20


@pytest.mark.parametrize("table", ["questions.engraving", "records.order_extra.items.extra"])
def test_what_the_policy_does_not_let_goods_ask_is_not_asked(
    shelves: Shop, payment_sandbox: Sandbox, table: str
) -> None:
    with obeying(policy_of(without_table(table))):
        draft = check_out.begin([(shelves["BOX-O"], 1)], actor=GUEST, language=KO)
        assert all(field.item is not Item.EXTRA for field in draft.form.fields)
        assert order([(shelves["BOX-O"], 1)]).payment_url
        with pytest.raises(Undeclared):
            order([(shelves["BOX-O"], 1)], also={"extra_oak-box": "forever"})


def test_an_answer_that_is_too_long_or_missing_is_named(shelves: Shop) -> None:
    for answer in ("ㄱ" * 21, None):
        with pytest.raises(Invalid) as refused:
            order([(shelves["BOX-O"], 1)], also={"extra_oak-box": answer})
        assert set(refused.value.problems) == {"extra_oak-box"}
    assert count("orders_order") == 0


def test_a_field_that_is_not_declared_is_refused_and_stored_nowhere(shelves: Shop) -> None:
    for strange in ("birthday", "login_id", "extra_oak-box", "payer_address"):
        with pytest.raises(Undeclared):
            order([(shelves["TEA-G"], 1)], also={strange: "1988-08-08"})
    assert count("orders_order") + count("vault_record") + count("consent_event") == 0


def test_a_guest_who_was_not_told_is_not_asked(shelves: Shop) -> None:
    with pytest.raises(Refused) as refused:
        order([(shelves["TEA-G"], 1)], notice=None)
    assert refused.value.promise == "P3.6"
    with pytest.raises(Invalid):
        order([(shelves["TEA-G"], 1)], notice="f" * 64)
    assert count("vault_record") == 0


def test_an_age_that_is_not_attested_orders_nothing(shelves: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        order([(shelves["TEA-G"], 1)], age_attested=None)
    assert set(refused.value.problems) == {"age_attested"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("payer_name", "가" * 5000),
        ("payer_name", "두루\x00미"),
        ("payer_name", "두루\ud800미"),
        ("payer_name", "  "),
        ("payer_phone", "010-2345"),
        ("payer_email", "durumi@"),
        ("recipient_postcode", "3045"),
        ("recipient_address", "가" * 201),
        ("recipient_address", "사직로 900101-1234567"),
        ("recipient_name", "\u202e두루미"),
        ("lookup_secret", "짧다"),
        ("lookup_secret", "가" * 201),
    ],
)
def test_what_cannot_be_taken_is_named_and_stored_nowhere(
    shelves: Shop, field: str, value: str
) -> None:
    with pytest.raises(Invalid) as refused:
        order([(shelves["TEA-G"], 1)], also={field: value})
    assert set(refused.value.problems) == {field}
    assert value.strip() not in str(refused.value.problems) or not value.strip()
    assert count("orders_order") + count("vault_record") == 0
    assert shelves.stock("TEA-G") == (100, 0)


@pytest.mark.parametrize(
    "name", ["똠방각하", "쀍긹", "김👨‍👩‍👧", "𠮷野家", "Zoë Ångström", "ㄱ나다"]
)
def test_rare_letters_come_through_whole(
    shelves: Shop, payment_sandbox: Sandbox, name: str
) -> None:
    decomposed = unicodedata.normalize("NFD", name)
    number = order(
        [(shelves["BOX-O"], 1)],
        recipient_name=decomposed,
        lookup_secret=decomposed * 8,
        also={"extra_oak-box": name},
    ).order_number
    shown = look_up.look_up(number.lower(), name * 8, address_key="192.0.2.1")
    assert shown.recipient_masked["name"][0] == unicodedata.normalize("NFC", name)[0]
    assert shown.lines[0].answered


def test_a_double_click_orders_once(shelves: Shop, payment_sandbox: Sandbox) -> None:
    draft = check_out.begin([(shelves["CUP-W-L"], 1)], actor=GUEST, language=KO)
    values = answers(draft)
    placed: list[check_out.Placed] = []

    def click() -> None:
        from django.db import connections

        placed.append(
            check_out.place(
                draft.attempt,
                [(shelves["CUP-W-L"], 1)],
                values,
                actor=GUEST,
                language=KO,
            )
        )
        connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(placed) == 3
    assert len(set(placed)) == 1
    assert count("orders_order") == 1
    assert shelves.stock("CUP-W-L") == (1, 1)


def test_the_back_button_with_other_answers_takes_the_place_of_the_order(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    attempt = uuid4()
    lines = [(shelves["CUP-W-L"], 1)]
    first = order(lines, attempt=attempt)
    assert order(lines, attempt=attempt) == first
    second = order(lines, attempt=attempt, recipient_name="해오라기")
    assert second.order_number != first.order_number
    assert state_of(first.order_number) == "cancelled"
    assert shelves.stock("CUP-W-L") == (1, 1)
    late = choose(payment_sandbox, first.payment_url, "approve")
    assert pay.returned(*given(late)).result is pay.Result.CANCELLED
    ends = rows("SELECT count(*) FROM vault_record WHERE destroy_after <= now()")
    assert ends == [(2,)]


def test_a_paid_order_is_not_ordered_again(shelves: Shop, payment_sandbox: Sandbox) -> None:
    attempt = uuid4()
    placed = order([(shelves["TEA-G"], 1)], attempt=attempt)
    pay.returned(*given(choose(payment_sandbox, placed.payment_url, "approve")))
    again = order([(shelves["TEA-G"], 1)], attempt=attempt, recipient_name="해오라기")
    assert (again.order_number, again.payment_url) == (placed.order_number, None)


def test_an_attempt_belongs_to_who_made_it(shelves: Shop, payment_sandbox: Sandbox) -> None:
    attempt = uuid4()
    first = order([(shelves["TEA-G"], 1)], attempt=attempt)
    with pytest.raises(Invalid):
        order([(shelves["TEA-G"], 1)], attempt=attempt, actor=a_member())
    assert state_of(first.order_number) == "awaiting_payment"


def test_goods_that_are_gone_are_named(shelves: Shop, payment_sandbox: Sandbox) -> None:
    lines = [(shelves["CUP-W-L"], 1), (shelves["TEA-G"], 1)]
    draft = check_out.begin(lines, actor=GUEST, language=KO)
    order([(shelves["CUP-W-L"], 1)])
    with pytest.raises(Invalid) as refused:
        check_out.place(draft.attempt, lines, answers(draft), actor=GUEST, language=KO)
    assert "백자 찻잔 크기: 큰 것" in str(refused.value.problems[""])
    assert count("orders_order") == 1
    assert shelves.stock("TEA-G") == (100, 0)


def test_two_checkouts_for_the_last_one(shelves: Shop, payment_sandbox: Sandbox) -> None:
    done: list[str] = []

    def shop() -> None:
        from django.db import connections

        try:
            done.append(order([(shelves["CUP-W-L"], 1)]).order_number)
        except Invalid as refused:
            done.append(str(refused.problems[""]))
        connections.close_all()

    threads = [threading.Thread(target=shop) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 4
    assert len([said for said in done if "백자 찻잔" in said]) == 3
    assert shelves.stock("CUP-W-L") == (1, 1)


def test_a_price_that_changed_is_shown_first(shelves: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        order([(shelves["TEA-G"], 1)], total="1000")
    assert "35,000원" in str(refused.value.problems[""])


def test_an_empty_or_malformed_basket_is_not_an_order(shelves: Shop) -> None:
    for lines in ([], [("x", "1")], [(str(uuid4()), "1")], [(str(shelves["TEA-G"]), "0")]):
        with pytest.raises(Invalid):
            order(list(lines))
    assert count("orders_order") == 0


def test_a_provider_that_is_down_keeps_the_order(shelves: Shop, payment_sandbox: Sandbox) -> None:
    attempt = uuid4()
    payment_sandbox.faults(down=True)
    with pytest.raises(Busy):
        order([(shelves["TEA-G"], 1)], attempt=attempt)
    assert rows("SELECT state FROM orders_order") == [("awaiting_payment",)]
    payment_sandbox.healthy()
    placed = order([(shelves["TEA-G"], 1)], attempt=attempt)
    assert placed.payment_url
    assert count("orders_order") == 1


def test_an_answer_that_is_lost_opens_no_second_window(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    attempt = uuid4()
    payment_sandbox.faults(lost=2)
    with pytest.raises(Busy):
        order([(shelves["TEA-G"], 1)], attempt=attempt)
    placed = order([(shelves["TEA-G"], 1)], attempt=attempt)
    back = choose(payment_sandbox, placed.payment_url, "approve")
    assert pay.returned(*given(back)).paid
    assert payments_of(placed.order_number) == ["done"]


def test_a_member_orders_for_another_and_sees_both_masked(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    member = a_member()
    number = order([(shelves["TEA-G"], 1)], actor=member).order_number
    shown = my_orders.orders(member)
    assert [(one.order_number, one.what, one.total) for one in shown] == [
        (number, "하동 세작", 35_000)
    ]
    one = my_orders.order(member, shown[0].order_id)
    assert one.payer_masked["name"] == "두*미"
    assert one.recipient_masked["name"] == "왜*리"
    found = rows("SELECT subject_id, recipient_subject_id, member FROM orders_order")
    assert found[0][0] == member.subject
    assert found[0][1] != member.subject
    assert found[0][2] is True


def test_a_member_who_is_the_recipient_is_one_subject(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    member = a_member()
    order([(shelves["TEA-G"], 1)], actor=member, same_as_payer="on", save_address="on")
    order([(shelves["TEA-G"], 1)], actor=member, same_as_payer="on", save_address="on")
    assert rows("SELECT DISTINCT recipient_subject_id FROM orders_order") == [(member.subject,)]
    kinds = dict(rows("SELECT kind, count(*) FROM vault_record GROUP BY kind"))
    assert kinds == {"address_book": 1, "membership": 1, "order_payer": 2, "order_recipient": 2}


def test_only_who_stepped_up_puts_another_address_into_the_book(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    member, lines = a_member(), [(shelves["TEA-G"], 1)]
    order(lines, actor=member, save_address="on")
    other = {"save_address": "on", "recipient_address": "부산광역시 해운대구 센텀로 1, 1001호"}
    with pytest.raises(Invalid) as refused:
        order(lines, actor=member, also=other)
    assert set(refused.value.problems) == {"save_address"}
    assert rows("SELECT count(*) FROM orders_order") == [(1,)]
    draft = check_out.begin(lines, actor=member, language=KO, stepped_up=True)
    assert draft.prefill["recipient_address"] == ANSWERS["recipient_address"]
    check_out.place(
        draft.attempt,
        lines,
        answers(draft, **other),
        actor=member,
        language=KO,
        stepped_up=True,
    )
    after = check_out.begin(lines, actor=member, language=KO, stepped_up=True)
    assert after.prefill["recipient_address"] == other["recipient_address"]


def test_only_who_stepped_up_finds_their_data_filled_in(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    member = a_member()
    order([(shelves["TEA-G"], 1)], actor=member, same_as_payer="on", save_address="on")
    plain = check_out.begin([(shelves["TEA-G"], 1)], actor=member, language=KO)
    assert plain.prefill == {}
    full = check_out.begin([(shelves["TEA-G"], 1)], actor=member, language=KO, stepped_up=True)
    assert full.prefill["payer_name"] == "재두루미"
    assert full.prefill["recipient_address"] == ANSWERS["recipient_address"]


def test_an_english_order_comes_back_in_english(shelves: Shop, payment_sandbox: Sandbox) -> None:
    from django.utils import translation

    with translation.override("en"):
        number = order([(shelves["BOX-O"], 1)], language=EN, also={"extra_oak-box": "Heron"})
        shown = look_up.look_up(number.order_number, SECRET, address_key="192.0.2.1")
    assert (shown.state_label, shown.lines[0].name) == ("Waiting for payment", "Oak box")
    assert shown.lines[0].question == "Text to engrave"


def test_a_visitor_has_no_list_of_orders() -> None:
    from yaksok.kernel.errors import NotFound
    from yaksok.kernel.ids import OrderId

    with pytest.raises(NotFound):
        my_orders.orders(Actor.visitor())
    with pytest.raises(NotFound):
        my_orders.order(a_member(), OrderId(uuid4()))


def test_the_policy_in_force_is_what_the_receipt_names(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    placed_at = clock.now()
    order([(shelves["TEA-G"], 1)])
    found = rows("SELECT policy_version, notice, at FROM consent_event")
    assert len(found) == 2
    assert {row[0] for row in found} == {policy().version}
    assert all(len(row[1]) == 64 for row in found)
    assert all(row[2] - placed_at < timedelta(seconds=30) for row in found)
