"""Who receives a parcel learns who gave their address, objects, has it erased; and nobody else does."""

from datetime import timedelta

import pytest

from tests.cast import people, trades
from tests.cast.requests import HERE, KO, GuestOrder, guest_order, parcel_of
from yaksok.database.roles import keeper
from yaksok.journeys import correct, recipient_acts, recipient_page, rights_proof, sweep
from yaksok.journeys.recipient_page import RecipientPage
from yaksok.journeys.rights_proof import Proof
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Throttled
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def opened(bought: GuestOrder) -> RecipientPage:
    return recipient_page.begin(bought.tracking, bought.digits, address_key=HERE, language=KO)


def proof_of(bought: GuestOrder) -> Proof:
    return rights_proof.read(opened(bought).proof, KO)


def held_of(bought: GuestOrder) -> set[RecordKind]:
    with keeper():
        return {one.kind for one in gate.holdings(bought.order.recipient)}


def test_it_says_who_gave_it_for_what_and_until_when() -> None:
    bought = guest_order(OrderState.DELIVERED)
    page = opened(bought)
    assert page.giver.startswith(bought.payer.name[0])
    assert "*" in page.giver
    assert set(page.items) == {Item.NAME, Item.PHONE, Item.POSTCODE, Item.ADDRESS}
    assert page.kept_until
    assert page.laws
    shown = repr(page)
    for value in (*bought.recipient.canaries(), *bought.payer.canaries(), bought.recipient.phone):
        assert value not in shown, "masks only, of either person"


@pytest.mark.parametrize("wrong", ["0000", "", "12345", "abcd", "１２３４"])
def test_wrong_digits_and_unknown_parcels_get_the_same_sentence(wrong: str) -> None:
    bought = guest_order(OrderState.SHIPPED)
    digits = "0001" if wrong == bought.digits else wrong
    said = set()
    for number in (bought.tracking, "600000000000", ""):
        with pytest.raises(Invalid) as refused:
            recipient_page.begin(number, digits, address_key=f"{number}", language=KO)
        said.add(str(refused.value.problems))
    assert len(said) == 1


@pytest.mark.parametrize("made_up", ["xxxx", "", "x", "XXXX"])
def test_a_phone_that_is_gone_opens_the_page_to_nobody(made_up: str) -> None:
    bought = guest_order(OrderState.DELIVERED)
    recipient_acts.erase(proof_of(bought))
    with pytest.raises(Invalid):
        recipient_page.begin(bought.tracking, made_up, address_key=HERE, language=KO)


def test_guessing_stops_after_five_and_after_ten_a_day(standing_clock: FixedClock) -> None:
    bought = guest_order(OrderState.SHIPPED)
    wrong = "0001" if bought.digits != "0001" else "0002"
    for n in range(recipient_page.FAILURES):
        with pytest.raises(Invalid):
            recipient_page.begin(bought.tracking, wrong, address_key=f"a{n}", language=KO)
    with pytest.raises(Throttled):
        recipient_page.begin(bought.tracking, bought.digits, address_key="b", language=KO)
    standing_clock.move(timedelta(minutes=16))
    for n in range(recipient_page.DAY_FAILURES - recipient_page.FAILURES):
        with pytest.raises(Invalid):
            recipient_page.begin(bought.tracking, wrong, address_key=f"c{n}", language=KO)
    standing_clock.move(timedelta(minutes=16))
    with pytest.raises(Throttled):
        recipient_page.begin(bought.tracking, bought.digits, address_key="d", language=KO)
    standing_clock.move(timedelta(days=1))
    assert recipient_page.begin(bought.tracking, bought.digits, address_key="e", language=KO).items


def test_an_objection_forgets_them_in_the_address_book_and_ends_every_further_use() -> None:
    member, receiver = people.member(), people.recipient()
    correct.correct(
        member.actor,
        {
            "book_name": receiver.name,
            "book_phone": receiver.phone,
            "book_postcode": receiver.postcode,
            "book_address": receiver.address,
        },
        stepped_up=True,
        language=KO,
    )
    order = trades.order_of(member, OrderState.DELIVERED, to=receiver)
    bought = GuestOrder(member.person, receiver, order, parcel_of(order))
    done = recipient_acts.object_to_use(proof_of(bought), language=KO)
    assert done.books == 1
    with keeper():
        assert RecordKind.ADDRESS_BOOK not in {one.kind for one in gate.holdings(member.subject)}
        with pytest.raises(Refused, match=r"P1\.10"):
            gate.open_items(
                order.recipient,
                [Item.ADDRESS],
                kind=RecordKind.ORDER_RECIPIENT,
                purpose=Purpose.DELIVERY,
                actor=Actor.system("dispatch"),
            )


def test_somebody_elses_entry_in_the_book_stays() -> None:
    member, other = people.member(), people.recipient()
    correct.correct(
        member.actor,
        {"book_name": other.name, "book_phone": other.phone, "book_address": other.address},
        stepped_up=True,
        language=KO,
    )
    order = trades.order_of(member, OrderState.DELIVERED)
    note = rights_proof.make(Actor.recipient(order.recipient), order.subject, order.id)
    assert recipient_acts.object_to_use(rights_proof.read(note, KO), language=KO).books == 0
    with keeper():
        assert RecordKind.ADDRESS_BOOK in {one.kind for one in gate.holdings(member.subject)}


def test_a_parcel_that_is_under_way_still_comes() -> None:
    bought = guest_order(OrderState.SHIPPED)
    recipient_acts.object_to_use(proof_of(bought), language=KO)
    with keeper():
        assert gate.open_items(
            bought.order.recipient,
            [Item.ADDRESS],
            kind=RecordKind.ORDER_RECIPIENT,
            purpose=Purpose.DELIVERY,
            actor=Actor.system("dispatch"),
        )


def test_erasure_is_at_once_when_nothing_is_open() -> None:
    bought = guest_order(OrderState.DELIVERED)
    proof = proof_of(bought)
    assert recipient_acts.erase(proof).now
    assert held_of(bought) <= {RecordKind.STATUTORY}
    with pytest.raises(NotFound):
        recipient_acts.erase(proof)
    with pytest.raises(Invalid):
        opened(bought)
    with keeper():
        kinds = [line.kind for line in register.of(bought.order.recipient)]
    assert kinds == [Kind.DELETE]


def test_erasure_waits_for_the_parcel() -> None:
    bought = guest_order(OrderState.SHIPPED)
    assert not recipient_acts.erase(proof_of(bought)).now
    assert held_of(bought) == {RecordKind.ORDER_RECIPIENT}
    trades.stands_at(bought.order.subject, bought.order.id, OrderState.DELIVERED)
    sweep.sweep()
    assert held_of(bought) <= {RecordKind.STATUTORY}


def test_a_parcel_is_not_enough_to_touch_what_is_a_members_own() -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    note = rights_proof.make(Actor.recipient(member.subject), member.subject, order.id)
    proof = rights_proof.read(note, KO)
    for act in (
        lambda: recipient_acts.object_to_use(proof, language=KO),
        lambda: recipient_acts.erase(proof),
        lambda: recipient_page.view(proof, note, KO),
    ):
        with pytest.raises((Refused, NotFound)):
            act()
