"""A safe number instead of the telephone: wished for by parcel, lent in time, followed, given back."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import openpyxl
import pytest
from django.db import connection

from tests.cast import people
from tests.cast.lender import leading_to, lending, lent, numbers
from tests.cast.orders import Ordered, ordered
from tests.cast.partners import day_ago
from tests.cast.policies import policy_of
from tests.cast.sandboxes import SECRET, Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import GUEST, order
from yaksok.database.roles import keeper
from yaksok.evidence import s04_sharing
from yaksok.evidence.outcome import State as Shown
from yaksok.journeys import (
    check_out,
    courier_files,
    courier_sheets,
    dispatch,
    dispatch_queue,
    ending,
    received,
    recipient_acts,
    recipient_page,
    rights_proof,
    rights_stop,
    safe_numbers,
    sweep,
)
from yaksok.journeys.dispatch import Outcome
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, Undeclared
from yaksok.mall.orders import finding, moving
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.policy.document import DocumentError
from yaksok.policy.safe_number import PROVIDER
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.disclosure import handover, register, saying, wire
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.portion import Portion
from yaksok.privacy.disclosure.register import Entry, Message, State, Way
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

with_goods = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

KO = Language.KOREAN
LABEL = {Item.NAME, Item.POSTCODE, Item.ADDRESS, Item.SAFE_NUMBER}


def wished() -> Ordered:
    return ordered(safe_number=True)


def handed(bought: Ordered, clerk: Actor | None = None) -> Outcome:
    (result,) = dispatch.dispatch([bought.id], clerk or people.clerk().actor)
    return result.outcome


def entries(bought: Ordered, recipient: str = "") -> tuple[Entry, ...]:
    subject = bought.now().recipient
    with keeper():
        found = register.for_subject(subject)
    return tuple(one for one in found if recipient in {"", one.recipient})


def parcel_of(bought: Ordered) -> str:
    with keeper():
        return parcels.of_orders([bought.place])[bought.id].number


def at_the_courier(courier: Sandbox, bought: Ordered) -> list[dict[str, str]]:
    """Every body about this parcel that the courier took, as it came."""
    bodies = [
        json.loads(one) for one in courier.call("GET", "/sandbox/parcels")[1]["bodies"] if one
    ]
    return [one for one in bodies if one["name"] == bought.recipient.name]


def number_of(provider: Sandbox, bought: Ordered) -> str:
    (one,) = leading_to(provider, bought.recipient.phone)
    return str(one["safe_number"])


def corrects(bought: Ordered, phone: str) -> int:
    """The recipient gives another telephone; how many recipients are told."""
    order = bought.now()
    actor = Actor.guest(order.recipient)
    with keeper():
        gate.amend(
            order.recipient,
            RecordKind.ORDER_RECIPIENT,
            {Item.PHONE: phone},
            purpose=Purpose.RIGHTS,
            actor=actor,
            record=order.recipient_record,
        )
        return handover.correct(order.recipient, order.recipient_record, actor=actor)


def arrives(bought: Ordered) -> None:
    with keeper():
        ending.after_delivery(moving.move(moving.lock(*bought.place), OrderState.DELIVERED))


def file_with(*bought: Ordered, layout: str = "cj") -> tuple[UUID, Actor]:
    clerk = people.clerk().actor
    ids = [one.id for one in bought]
    key = courier_sheets.ask(ids, layout, "by_contract", clerk, language=KO)
    courier_sheets.allow(key, people.clerk().actor)
    return key, clerk


def cells(content: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def outcomes(key: UUID, clerk: Actor) -> list[str]:
    return [row.outcome for row in courier_files.detail(key, clerk).rows]


def test_the_courier_gets_the_safe_number_and_never_the_telephone(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with lent():
        bought = wished()
        assert handed(bought) is Outcome.HANDED
        who, number = bought.recipient, number_of(safe_number_sandbox, bought)
        assert at_the_courier(courier_sandbox, bought) == [
            {
                "parcel": parcel_of(bought),
                "name": who.name,
                "address": f"({who.postcode}) {who.address}",
                "phone": number,
            }
        ]
        assert who.phone not in courier_sandbox.call("GET", "/")[1]
        provider, courier = entries(bought)
        assert (provider.recipient, set(provider.items)) == ("safe_number", {Item.PHONE})
        assert (courier.recipient, set(courier.items)) == ("courier", LABEL)
        assert {one.promise for one in (provider, courier)} == {"P4.13"}
        assert s04_sharing.p4_12_a_label_has_three_fields().state is Shown.KEPT
        assert s04_sharing.p4_13_only_what_the_label_needs_is_opened().state is Shown.KEPT
        assert bought.now().state is OrderState.SHIPPED


def test_the_provider_is_told_a_telephone_and_nothing_else(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with lent():
        bought = wished()
        handed(bought)
        (one,) = leading_to(safe_number_sandbox, bought.recipient.phone)
        body = json.loads(one["body"])
        digits = bought.recipient.phone.replace("-", "")
        assert body == {"reference": one["reference"], "number": digits, "days": 30}
        assert one["reference"] not in {parcel_of(bought), bought.now().number}
        assert one["reference"] not in str(courier_sandbox.call("GET", "/")[1])


def test_the_number_is_sealed_and_stands_in_no_plain_column(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with lent():
        bought = wished()
        handed(bought)
        number, order = number_of(safe_number_sandbox, bought), bought.now()
        with keeper(), connection.cursor() as cursor:
            for table in ("disclosure_handover", "audit_entry", "shipping_parcel", "vault_record"):
                cursor.execute(f"SELECT t::text FROM {table} t")
                assert number not in str(cursor.fetchall()), table
            opened = gate.open_items(
                order.recipient,
                [Item.SAFE_NUMBER],
                kind=RecordKind.ORDER_RECIPIENT,
                purpose=Purpose.RIGHTS,
                actor=Actor.recipient(order.recipient),
                record=order.recipient_record,
            )
        assert opened[Item.SAFE_NUMBER].reveal() == number
        assert number not in str(opened[Item.SAFE_NUMBER])


def test_the_recipient_sees_which_number_the_courier_got(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with lent():
        bought = wished()
        handed(bought)
        number, order = number_of(safe_number_sandbox, bought), bought.now()
        with keeper():
            tracking = parcels.of_orders([bought.place])[bought.id].tracking_number
        digits = bought.recipient.phone[-4:]
        page = recipient_page.begin(tracking, digits, address_key="198.51.100.7", language=KO)
        assert page.items[Item.SAFE_NUMBER].endswith(number[-4:])
        assert number not in repr(page)
        told = {one.recipient: set(one.items) for one in page.handed}
        assert told == {"courier": LABEL, "safe_number": {Item.PHONE}}
        with keeper(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT recipient, items FROM audit_entry WHERE trail = %s"
                " AND event = 'vault:items:opened' AND recipient <> ''",
                [gate.trail_of(order.recipient)],
            )
            opened = {recipient: set(items) for recipient, items in cursor.fetchall()}
        assert opened == {"courier": LABEL, "safe_number": {Item.PHONE}}


def test_without_the_wish_nothing_is_lent(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with lent():
        bought = ordered()
        assert handed(bought) is Outcome.HANDED
        (body,) = at_the_courier(courier_sandbox, bought)
        assert body["phone"] == bought.recipient.phone
        assert leading_to(safe_number_sandbox, bought.recipient.phone) == []
        assert [one.recipient for one in entries(bought)] == ["courier"]


@pytest.mark.parametrize("layout", ["cj", "hanjin", "lotte", "json"])
def test_each_file_holds_the_safe_number(safe_number_sandbox: Sandbox, layout: str) -> None:
    with lent():
        bought, plain = wished(), ordered()
        key, clerk = file_with(bought, plain, layout=layout)
        assert entries(bought) == ()  # nobody is asked for anything before the file is taken
        content = courier_sheets.take(key, clerk, language=KO).content
        number, telephone = number_of(safe_number_sandbox, bought), bought.recipient.phone
        if layout == "json":
            held = [one["phone"] for one in json.loads(content)]
            assert held == [number, plain.recipient.phone]
        else:
            held = cells(content)
            assert held.count(number) == 1
            assert held.count(plain.recipient.phone) == 1
        assert telephone not in str(held)
        (line,) = entries(bought, "courier")
        assert (line.way, set(line.items)) == (Way.FILE, LABEL)
        assert bought.now().state is OrderState.DISPATCHING


def test_a_file_leaves_out_what_has_no_number_yet(safe_number_sandbox: Sandbox) -> None:
    with day_ago() as standing, lent():
        bought, plain = wished(), ordered()
        safe_number_sandbox.faults(down=True)
        key, clerk = file_with(bought, plain)
        held = cells(courier_sheets.take(key, clerk, language=KO).content)
        assert bought.recipient.name not in held
        assert bought.recipient.phone not in held
        assert plain.recipient.phone in held
        assert outcomes(key, clerk) == ["number_awaited", "handed"]
        assert bought.now().state is OrderState.PAID
        alone, clerk = file_with(bought)
        with pytest.raises(Invalid):
            courier_sheets.take(alone, clerk, language=KO)
        safe_number_sandbox.healthy()
        standing.move_to(datetime.now(UTC))
        dispatch.deliver_due()
        again, clerk = file_with(bought)
        held = cells(courier_sheets.take(again, clerk, language=KO).content)
        assert held.count(number_of(safe_number_sandbox, bought)) == 1


def test_a_provider_down_for_a_day_loses_and_doubles_nothing(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with day_ago() as standing, lent():
        bought, clerk = wished(), people.clerk().actor
        safe_number_sandbox.faults(down=True)
        assert handed(bought, clerk) is Outcome.NUMBER_AWAITED
        for _ in range(23):
            dispatch.deliver_due()
            standing.move(timedelta(hours=1))
        shown = dispatch_queue.queue(clerk)
        (row,) = [one for one in shown.rows if one.order_id == bought.id]
        assert (row.state, row.reason) == (OrderState.DISPATCHING, register.AWAITED)
        assert shown.without_number == 1
        assert at_the_courier(courier_sandbox, bought) == []
        assert entries(bought, "courier")[0].attempts == 0
        safe_number_sandbox.healthy()
        standing.move_to(datetime.now(UTC))
        dispatch.deliver_due()
        dispatch.deliver_due()
        assert len(leading_to(safe_number_sandbox, bought.recipient.phone)) == 1
        (body,) = at_the_courier(courier_sandbox, bought)
        assert body["phone"] == number_of(safe_number_sandbox, bought)
        assert bought.now().state is OrderState.SHIPPED


def test_a_lost_answer_lends_no_second_number(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, lent():
        bought = wished()
        safe_number_sandbox.faults(lost=1)
        assert handed(bought) is Outcome.NUMBER_AWAITED
        standing.move(timedelta(seconds=11))
        dispatch.deliver_due()
        dispatch.deliver_due()
        (one,) = leading_to(safe_number_sandbox, bought.recipient.phone)
        assert one["calls"] == 2
        (body,) = at_the_courier(courier_sandbox, bought)
        assert body["phone"] == one["safe_number"]


@pytest.mark.parametrize("manner", ["another", "real"])
def test_an_answer_with_somebody_elses_number_is_refused(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox, manner: str
) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, lent():
        bought = wished()
        safe_number_sandbox.manner(**{manner: True})
        assert handed(bought) is Outcome.NUMBER_AWAITED
        assert at_the_courier(courier_sandbox, bought) == []
        with keeper():
            order = bought.now()
            name = (order.recipient, order.recipient_record)
            held = gate.given([name], kind=RecordKind.ORDER_RECIPIENT)[name]
        assert Item.SAFE_NUMBER not in held
        safe_number_sandbox.manner()
        standing.move(timedelta(seconds=11))
        dispatch.deliver_due()
        dispatch.deliver_due()
        (body,) = at_the_courier(courier_sandbox, bought)
        assert body["phone"] == number_of(safe_number_sandbox, bought)


def lend(number: object) -> wire.Receipt:
    """What the wire makes of a provider's answer with ``number`` in it."""
    answer = httpx.Response(200, json={"reference": "r", "safe_number": number})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "_ask", lambda *_: answer)
        return wire.lend("r", Portion({"phone": "010-2000-0001"}), days=30)


NO_SAFE_NUMBERS = ("0501234567", "0501234567890", "01012345678", "05112345678", "050-1234-5678")


def test_only_a_number_that_begins_with_050_is_one(settings: Any) -> None:
    settings.YAKSOK_SAFE_NUMBER_URL, settings.YAKSOK_SAFE_NUMBER_SECRET = "http://x", SECRET
    for number in ("05012345678", "050123456789"):
        given = lend(number).number
        assert given is not None
        assert given.reveal() == number
        assert number not in repr(lend(number))
    for other in (*NO_SAFE_NUMBERS, "０5012345678", "05012345678\n", 5012345678, None):
        with pytest.raises(wire.NotTaken):
            lend(other)


def test_it_is_given_up_visibly_and_the_telephone_stays_here(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "MOST_ATTEMPTS", 3)
    with day_ago() as standing, lent():
        bought, clerk = wished(), people.clerk().actor
        safe_number_sandbox.faults(down=True)
        handed(bought, clerk)
        for _ in range(handover.MOST_ATTEMPTS):
            standing.move(timedelta(hours=2))
            dispatch.deliver_due()
        (courier,) = entries(bought, "courier")
        assert (courier.state, courier.reason) == (State.GIVEN_UP, register.NO_NUMBER)
        assert bought.now().state is OrderState.PAID
        safe_number_sandbox.healthy()
        standing.move_to(datetime.now(UTC))
        assert handed(bought, clerk) is Outcome.HANDED
        (body,) = at_the_courier(courier_sandbox, bought)
        assert body["phone"] == number_of(safe_number_sandbox, bought)


def test_a_corrected_telephone_goes_to_the_provider_and_the_number_stays(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with lent():
        bought = wished()
        handed(bought)
        number, other = number_of(safe_number_sandbox, bought), people.person().phone
        assert corrects(bought, other) == 2
        dispatch.deliver_due()
        (one,) = leading_to(safe_number_sandbox, other)
        assert one["safe_number"] == number
        assert leading_to(safe_number_sandbox, bought.recipient.phone) == []
        page = str(courier_sandbox.call("GET", "/")[1])
        assert number in page
        assert other not in page
        told = [one for one in entries(bought) if one.message is Message.CORRECTION]
        assert {(one.recipient, one.state) for one in told} == {
            ("courier", State.ACKNOWLEDGED),
            ("safe_number", State.ACKNOWLEDGED),
        }


def test_it_is_given_back_some_days_after_the_delivery(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, lent():
        bought = wished()
        handed(bought)
        arrives(bought)
        delivered = clock.now()
        assert safe_numbers.give_back() == 0
        standing.move(timedelta(days=2))
        assert safe_numbers.give_back() == 0
        standing.move(timedelta(days=2))
        assert safe_numbers.give_back() == 1
        assert safe_numbers.give_back() == 0
        standing.move_to(delivered)
        released(bought, safe_number_sandbox)


def released(bought: Ordered, provider: Sandbox) -> None:
    """What was planned goes out, and the provider has forgotten the telephone; nobody gets a letter."""
    with keeper():
        Handover.objects.filter(state=State.PLANNED).update(next_try=clock.now())
    dispatch.deliver_due()
    assert leading_to(provider, bought.recipient.phone) == []
    last = entries(bought, "safe_number")[-1]
    assert (last.message, last.state, last.answer) == (
        Message.ERASURE,
        State.ACKNOWLEDGED,
        "done",
    )
    assert received.tell_results() == 0


def test_it_is_given_back_when_its_days_are_over(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, lent():
        bought, began = wished(), clock.now()
        handed(bought)
        standing.move(timedelta(days=29))
        assert safe_numbers.give_back() == 0
        standing.move(timedelta(days=2))
        assert safe_numbers.give_back() == 1
        standing.move_to(began)
        released(bought, safe_number_sandbox)


def test_it_is_given_back_when_the_order_comes_to_nothing(safe_number_sandbox: Sandbox) -> None:
    with lent():
        bought = wished()
        _, clerk = file_with(bought)
        with keeper():
            name = safe_numbers.plan(moving.lock(*bought.place), clerk)
        assert name is not None
        safe_numbers.fetch([name])
        assert number_of(safe_number_sandbox, bought)
        with keeper():
            ending.at_once(moving.move(moving.lock(*bought.place), OrderState.CANCELLED))
        released(bought, safe_number_sandbox)


def test_recalling_what_was_given_gives_the_number_back_too(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with lent():
        bought = wished()
        handed(bought)
        order = bought.now()
        actor = Actor.guest(order.recipient)
        with keeper():
            assert handover.recall(order.recipient, [order.recipient_record], actor=actor) == 2
            gate.erase(order.recipient, actor=actor, purpose=Purpose.RIGHTS, reason="asked")
        dispatch.deliver_due()
        assert leading_to(safe_number_sandbox, bought.recipient.phone) == []
        erased = [one for one in entries(bought) if one.message is Message.ERASURE]
        assert {one.recipient for one in erased} == {"courier", "safe_number"}


def test_an_erasure_asked_on_the_way_gives_it_back_when_the_parcel_has_come(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with lent():
        bought = wished()
        handed(bought)
        with keeper():
            tracking = parcels.of_orders([bought.place])[bought.id].tracking_number
        digits = bought.recipient.phone[-4:]
        page = recipient_page.begin(tracking, digits, address_key="198.51.100.7", language=KO)
        assert not recipient_acts.erase(rights_proof.read(page.proof, KO)).now
        sweep.sweep()
        dispatch.deliver_due()
        assert number_of(safe_number_sandbox, bought), "the courier may still have to call"
        arrives(bought)
        sweep.sweep()
        dispatch.deliver_due()
        assert leading_to(safe_number_sandbox, bought.recipient.phone) == []


def test_the_provider_lets_in_only_who_signed(safe_number_sandbox: Sandbox) -> None:
    before = numbers(safe_number_sandbox)
    asked = {"reference": "0" * 32, "number": "01020000001", "days": 30}
    for method, path in (("POST", ""), ("PUT", f"/{'0' * 32}"), ("DELETE", f"/{'0' * 32}")):
        status, said, _ = safe_number_sandbox.call(method, f"/v1/numbers{path}", asked)
        assert (status, said["code"]) == (401, "UNSIGNED")
    assert numbers(safe_number_sandbox) == before


def test_a_number_for_somebody_who_is_gone_is_given_back_at_once(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, lent():
        bought = wished()
        safe_number_sandbox.faults(lost=1)
        assert handed(bought) is Outcome.NUMBER_AWAITED
        order = bought.now()
        actor = Actor.guest(order.recipient)
        with keeper():
            handover.recall(order.recipient, [order.recipient_record], actor=actor)
            gate.erase(order.recipient, actor=actor, purpose=Purpose.RIGHTS, reason="asked")
        standing.move(timedelta(seconds=11))
        dispatch.deliver_due()
        dispatch.deliver_due()
        assert leading_to(safe_number_sandbox, bought.recipient.phone) == []
        assert at_the_courier(courier_sandbox, bought) == []


def test_a_parcel_whose_number_may_not_be_kept_waits_for_none(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The recipient has every use stopped while the provider answers."""
    really = saying.say

    def stopping(entry: Entry, content: Any) -> wire.Receipt:
        receipt = really(entry, content)
        if (entry.recipient, entry.message) == ("safe_number", Message.HANDOVER):
            rights_stop.stop(Actor.recipient(entry.subject), stepped_up=True, language=KO)
        return receipt

    monkeypatch.setattr(handover, "say", stopping)
    with lent():
        bought = wished()
        handed(bought)
        (courier,) = entries(bought, "courier")
        assert (courier.state, courier.reason) == (State.GIVEN_UP, register.NO_NUMBER)
        assert bought.now().state is OrderState.PAID
        dispatch.deliver_due()
        assert leading_to(safe_number_sandbox, bought.recipient.phone) == []
        assert at_the_courier(courier_sandbox, bought) == []


def test_a_mall_that_lost_its_provider_sends_no_telephone_instead(
    courier_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    bought = wished()  # it was wished for under a document that named a provider
    (result,) = dispatch.dispatch([bought.id], people.clerk().actor)
    assert result.outcome is Outcome.REFUSED
    assert bought.now().state is OrderState.PAID
    assert at_the_courier(courier_sandbox, bought) == []
    assert entries(bought) == ()
    assert leading_to(safe_number_sandbox, bought.recipient.phone) == []


def offered(shelves: Shop) -> bool:
    """Whether the order form of a guest has the wish."""
    draft = check_out.begin([(shelves["TEA-G"], 1)], actor=GUEST, language=KO)
    return any(box.name == PROVIDER for box in draft.form.boxes)


@with_goods
def test_the_wish_is_there_only_with_a_provider(shelves: Shop, settings: Any) -> None:
    settings.YAKSOK_SAFE_NUMBER_URL = "http://127.0.0.1:9"
    assert not offered(shelves), "the packaged document names no provider"
    with lent():
        assert offered(shelves)
        settings.YAKSOK_SAFE_NUMBER_URL = ""
        assert not offered(shelves), "the document names one, and none is set"
        with pytest.raises(Undeclared):
            order([(shelves["TEA-G"], 1)], also={PROVIDER: "on"})


@with_goods
def test_the_wish_goes_with_the_order_and_nothing_is_asked_yet(
    shelves: Shop, payment_sandbox: Sandbox, safe_number_sandbox: Sandbox
) -> None:
    before = len(numbers(safe_number_sandbox))
    with lent():
        for wish in (None, "on"):
            placed = order([(shelves["TEA-G"], 1)], also={PROVIDER: wish})
            with keeper():
                place = finding.by_number(placed.order_number)
                assert place is not None
                assert finding.of(*place).safe_number is (wish is not None)
        assert len(numbers(safe_number_sandbox)) == before


def broken(before: str, after: str) -> str:
    text = lending()
    assert before in text
    return text.replace(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('items = ["phone"]\nwithout_consent', 'items = ["phone", "name"]\nwithout_consent'),
        ('[safe_number]\ndays = 30\nafter_delivery = "P3D"\n', ""),
        ("days = 30", "days = 3"),
        ('after_delivery = "P3D"', 'after_delivery = "soon"'),
        (
            "entrusted = true\n\n[records.order_recipient.items.safe",
            "entrusted = false\n\n[records.order_recipient.items.safe",
        ),
    ],
)
def test_a_document_that_cannot_keep_its_word_is_refused(before: str, after: str) -> None:
    with pytest.raises(DocumentError):
        policy_of(broken(before, after))
