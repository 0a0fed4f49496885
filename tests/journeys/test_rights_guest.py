"""Who ordered without an account sees, corrects, takes along, stops and erases, as a member can."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from tests.cast import people, trades
from tests.cast.requests import HERE, KO, SECRET, GuestOrder, guest_order, link_of, words
from yaksok.database.roles import keeper
from yaksok.journeys import leave, port, rights_ask, rights_guest, rights_proof, sweep
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Throttled
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.post import tokens
from yaksok.privacy.post.models import Letter
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind, State
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def proven(bought: GuestOrder) -> str:
    return rights_guest.by_secret(bought.order.number, SECRET, address_key=HERE)


def kinds_of(actor: Actor) -> set[RecordKind]:
    assert actor.subject
    with keeper():
        return {one.kind for one in gate.holdings(actor.subject)}


def test_number_and_secret_open_everything_that_is_held() -> None:
    bought = guest_order()
    page = rights_guest.view(proven(bought), KO)
    values = {item.value for record in page.holding.records for item in record.items if item.value}
    assert {bought.payer.name, bought.payer.phone, bought.payer.email} <= values
    assert bought.recipient.name not in values, "the recipient is a person of their own"
    assert page.number == bought.order.number


def test_a_wrong_secret_opens_nothing() -> None:
    bought = guest_order()
    with pytest.raises(Invalid):
        rights_guest.by_secret(bought.order.number, "another river", address_key=HERE)


def test_a_correction_is_at_once_and_told() -> None:
    bought = guest_order()
    note = proven(bought)
    done = rights_guest.correct(note, {"payer_phone": "010-2345-6789", "proof": note}, language=KO)
    assert [item.value for item in done.changed] == ["phone"]
    assert rights_guest.view(note, KO).values["payer_phone"] == "010-2345-6789"
    again = rights_guest.correct(note, {"payer_phone": "010-2345-6789"}, language=KO)
    assert again.changed == ()
    with keeper():
        outcomes = [line.outcome for line in register.of(bought.order.subject)]
    assert outcomes == ["nothing_to_change", "done"]


def test_the_note_ends_after_twenty_minutes_and_cannot_be_made_up(
    standing_clock: FixedClock,
) -> None:
    bought, other = guest_order(), guest_order()
    note = proven(bought)
    swapped = rights_proof.make(other.guest, other.order.subject, other.order.id)
    forged = swapped[:-40] + note[-40:]
    for false in (forged, note[:-4] + "AAAA", "", "x" * 5000, "é" * 40, note + "AAAA"):
        with pytest.raises(Invalid):
            rights_guest.view(false, KO)
    standing_clock.move(rights_proof.LIFE - timedelta(seconds=1))
    assert rights_guest.view(note, KO).number == bought.order.number
    standing_clock.move(timedelta(seconds=2))
    with pytest.raises(Invalid):
        rights_guest.view(note, KO)


def test_a_recipients_note_is_none_of_a_guest() -> None:
    bought = guest_order()
    note = rights_proof.make(
        Actor.recipient(bought.order.recipient), bought.order.subject, bought.order.id
    )
    with pytest.raises(Invalid):
        rights_guest.view(note, KO)


def test_a_link_opens_for_half_an_hour_from_when_it_is_first_opened(
    standing_clock: FixedClock,
) -> None:
    bought = guest_order()
    rights_guest.send_link(bought.order.number, address_key=HERE, language=KO)
    token = link_of(bought)
    standing_clock.move(timedelta(hours=47))
    assert rights_guest.view(rights_guest.by_link(token, KO), KO).number == bought.order.number
    standing_clock.move(timedelta(minutes=29))
    assert rights_guest.by_link(token, KO)
    standing_clock.move(timedelta(minutes=2))
    with pytest.raises(Invalid):
        rights_guest.by_link(token, KO)
    with pytest.raises(Invalid):
        rights_guest.by_link("A" * tokens.LENGTH, KO)


def test_a_link_is_asked_for_without_learning_whether_there_is_an_order() -> None:
    member = people.member()
    theirs = trades.order_of(member, OrderState.PAID)
    gone = guest_order()
    rights_guest.erase(proven(gone), language=KO)
    with keeper():
        before = Letter.objects.count()
    for number in ("0000-000-0000-000", theirs.number, "nonsense"):
        assert rights_guest.send_link(number, address_key=number, language=KO) is None  # type: ignore[func-returns-value]  # the same nothing for all
    with keeper():
        assert Letter.objects.count() == before
    for _ in range(rights_guest.LINKS):
        rights_guest.send_link("1111-111-1111-111", address_key="x", language=KO)
    with pytest.raises(Throttled):
        rights_guest.send_link("2222-222-2222-222", address_key="x", language=KO)


def test_a_guest_takes_the_same_file_along() -> None:
    bought = guest_order()
    proof = rights_proof.read(proven(bought), KO)
    copy = port.download(proof.actor, stepped_up=True, language=KO)
    data = json.loads(zipfile.ZipFile(BytesIO(copy.content)).read("data.json"))
    assert bought.payer.email in json.dumps(data, ensure_ascii=False)
    assert bought.recipient.address not in json.dumps(data, ensure_ascii=False)


def test_erasing_destroys_payer_and_recipient_and_gives_a_certificate() -> None:
    bought = guest_order(OrderState.DELIVERED)
    note = proven(bought)
    certificate = rights_guest.erase(note, language=KO)
    assert leave.verify(certificate.text)
    assert kinds_of(bought.guest) <= {RecordKind.STATUTORY}
    assert kinds_of(Actor.guest(bought.order.recipient)) <= {RecordKind.STATUTORY}
    with pytest.raises(Invalid):
        rights_guest.by_secret(bought.order.number, SECRET, address_key=HERE)


def test_erasing_while_the_parcel_is_on_its_way_waits_for_it() -> None:
    bought = guest_order(OrderState.SHIPPED)
    rights_guest.erase(proven(bought), language=KO)
    assert RecordKind.ORDER_RECIPIENT in kinds_of(Actor.guest(bought.order.recipient))
    trades.stands_at(bought.order.subject, bought.order.id, OrderState.DELIVERED)
    sweep.sweep()
    assert kinds_of(Actor.guest(bought.order.recipient)) <= {RecordKind.STATUTORY}


def test_a_guest_asks_in_words_too() -> None:
    bought = guest_order()
    proof = rights_proof.read(proven(bought), KO)
    line = rights_ask.ask(proof.actor, words(Kind.SEE), language=KO, order=proof.order)
    assert line.state is State.IDENTIFIED
    (mine,) = rights_guest.view(proven(bought), KO).requests
    assert mine.line.number == line.number


def test_nothing_is_corrected_after_the_erasure() -> None:
    bought = guest_order(OrderState.DELIVERED)
    note = proven(bought)
    rights_guest.erase(note, language=KO)
    with pytest.raises(NotFound):
        rights_guest.erase(note, language=KO)
    assert rights_guest.view(note, KO).erased
