"""Whoever had every use of their data stopped still uses each right, and can have the use go on again."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.cast import people, trades
from tests.cast.children import KO, Family, agrees, asks, family, joins, letters, secret
from tests.cast.requests import HERE, SECRET, called, guest_order, link_of
from tests.cast.sandboxes import Sandbox
from tests.cast.subscribers import wants
from yaksok.database.roles import keeper
from yaksok.journeys import (
    consents,
    correct,
    guardian_portal,
    guardianship,
    leave,
    look_up,
    marketing_consent,
    my_orders,
    phone_desk,
    recipient_acts,
    recipient_page,
    rights_guest,
    rights_identity,
    rights_proof,
    rights_stop,
    tell,
)
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, Refused
from yaksok.mall.orders.states import OrderState
from yaksok.policy import beyond_asking
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Channel, Item, Purpose, RecordKind
from yaksok.privacy.post.letters import DRAFTS, Template
from yaksok.privacy.post.models import Letter
from yaksok.privacy.post.purposes import OF_RIGHTS
from yaksok.privacy.rights.words import Kind, State
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def wire_clock() -> Iterator[FixedClock]:
    """A clock that agrees with the provider's, which looks at when a request was signed."""
    with clock.fixed(datetime.now(UTC)) as standing:
        yield standing


def stops(actor: Actor) -> None:
    rights_stop.stop(actor, stepped_up=True, language=KO)


def stopped(actor: Actor) -> bool:
    return rights_stop.standing(actor).stopped


def left_to_send() -> list[tuple[str, str]]:
    with keeper():
        return list(Letter.objects.order_by("id").values_list("template", "state"))


def family_by_sms() -> Family:
    """A child whose guardian has a telephone alone."""
    who = people.person()
    waiting = asks(who, guardian_email="", guardian_phone=who.phone)
    token = secret(Template.GUARDIAN_ASKED)
    agrees(who, token, method="sms")
    login_id, password, child = joins(waiting.key)
    return Family(who, login_id, password, child)


def mails(sandbox: Sandbox) -> int:
    return len(sandbox.call("GET", "/sandbox/letters")[1])


def link_reaches(home: Family, channel: Channel) -> str:
    """The pass of a guardian who asks for a link now, once the letter has really left."""
    guardian_portal.send_link(home.asked.number, address_key=people.mark())
    (letter,) = letters(Template.GUARDIAN_PORTAL)
    assert letter.channel == channel
    token = secret(Template.GUARDIAN_PORTAL)
    tell.send_due()
    assert letters(Template.GUARDIAN_PORTAL) == [], "it left, and nothing of it is here any more"
    return guardian_portal.enter(token)


def all_rights_of(home: Family, channel: Channel) -> None:
    """A guardian who stopped everything sees, corrects, lifts the stop and withdraws."""
    guardian_portal.stop(home.opens(), language=KO)
    guardian = Actor.guardian(home.asked.guardian)
    assert stopped(guardian)
    with keeper(), pytest.raises(Refused, match=r"P1\.10"):
        gate.open_items(
            home.asked.guardian,
            [Item.NAME],
            kind=RecordKind.GUARDIAN,
            purpose=Purpose.GUARDIAN_CONSENT,
            actor=Actor.system("test"),
        )
    tell.send_due()  # whatever else waited
    with keeper():
        Letter.objects.all().delete()
    key = link_reaches(home, channel)
    seen = guardian_portal.view(key, KO)
    assert seen.stopped
    assert {one.kind for one in seen.guardian} == {RecordKind.GUARDIAN}
    assert seen.child
    assert guardian_portal.correct(key, {"guardian_name": "김보호"}, language=KO) == 1
    guardian_portal.stop(key, language=KO, stops=False)
    assert not stopped(guardian)
    guardian_portal.stop(key, language=KO)
    guardian_portal.withdraw(key, language=KO)
    with keeper():
        assert gate.holdings(home.child) == gate.holdings(guardian.subject or home.child) == ()


def test_a_guardian_with_an_email_address_gets_the_link_and_lifts_the_stop(
    mail_sandbox: Sandbox,
) -> None:
    all_rights_of(family(), Channel.EMAIL)


def test_a_guardian_with_a_telephone_gets_the_link_and_lifts_the_stop(
    sms_sandbox: Sandbox, wire_clock: FixedClock
) -> None:
    all_rights_of(family_by_sms(), Channel.SMS)


def test_a_letter_that_serves_no_right_does_not_reach_a_guardian_who_stopped() -> None:
    home = family()
    stops(Actor.guest(home.asked.guardian))
    with keeper():
        guardianship.write(home.asked, Template.GUARDIAN_WISH, {"path": guardianship.WISH_PATH})
        Letter.objects.exclude(template=Template.GUARDIAN_WISH).delete()
    assert tell.send_due().sent == 0
    assert left_to_send() == [("guardian_wish", "undeliverable")]


def test_a_member_who_stopped_leaves_and_is_told_goodbye(mail_sandbox: Sandbox) -> None:
    member = people.member()
    stops(member.actor)
    with keeper():
        Letter.objects.all().delete()
    before = mails(mail_sandbox)
    done = leave.confirm(member.actor, member.person.password, language=KO)
    assert leave.verify(done.text)
    with keeper():
        assert gate.holdings(member.subject) == ()
    assert mails(mail_sandbox) == before + 1


def test_a_member_who_stopped_hears_what_became_of_a_correction(mail_sandbox: Sandbox) -> None:
    member = people.member()
    stops(member.actor)
    with keeper():
        Letter.objects.all().delete()
    moved = f"{people.mark()}@moved.example"
    correct.correct(member.actor, {"email": moved}, stepped_up=True, language=KO)
    assert left_to_send() == [("email_proof", "waiting")]
    before = mails(mail_sandbox)
    assert tell.send_due().sent == 1
    assert mails(mail_sandbox) == before + 1


def test_the_result_of_a_withdrawal_does_not_wait_for_the_stop_to_be_lifted() -> None:
    member = wants("ads_email")
    marketing_consent.tell_results()
    stops(member.actor)
    consents.withdraw(member.actor, "ads_email", language=KO)
    told = marketing_consent.tell_results()
    assert (told.noted, told.passed_over) == (1, 0)
    assert left_to_send()[-1] == ("advertising_result", "waiting")


def test_a_guest_who_stopped_sees_the_order_and_lifts_the_stop_by_a_link(
    mail_sandbox: Sandbox,
) -> None:
    bought = guest_order(OrderState.DELIVERED)
    number = bought.order.number
    stops(bought.guest)
    seen = look_up.look_up(number, SECRET, address_key=HERE)
    assert set(seen.payer_masked) == {"name", "phone", "email"}
    rights_guest.send_link(number, address_key=HERE, language=KO)
    link = link_of(bought)
    assert tell.send_due().sent == 1
    note = rights_guest.by_link(link, KO)
    assert rights_guest.view(note, KO).stopped
    assert rights_guest.correct(note, {"payer_name": "김하나"}, language=KO).changed == (Item.NAME,)
    rights_stop.resume(rights_proof.read(note, KO).actor, stepped_up=True, language=KO)
    assert not rights_guest.view(note, KO).stopped


def test_a_guest_who_stopped_shows_who_they_are_over_the_phone() -> None:
    clerk, bought = people.clerk(), guest_order(OrderState.DELIVERED)
    stops(bought.guest)
    said = {
        "order_number": bought.order.number,
        "said_name": bought.payer.name,
        "said_phone": bought.payer.phone,
    }
    line = called(clerk, Kind.DELETE, **said)
    assert line.state is State.IDENTIFIED
    later = called(clerk, Kind.DELETE, key=bought.order.number)
    shown = rights_identity.compare(clerk.actor, later.number, said, language=KO)
    assert shown.state is State.IDENTIFIED
    wrong = {**said, "said_name": "다른 사람"}
    with pytest.raises(Invalid):
        rights_identity.compare(clerk.actor, later.number, wrong, language=KO)
    with pytest.raises(Invalid):  # for anything but a right they are a caller who is not known
        phone_desk.caller_of(clerk.actor, said, KO)


def test_a_recipient_who_objected_comes_back_takes_it_back_and_erases() -> None:
    bought = guest_order(OrderState.DELIVERED)

    def comes() -> recipient_page.RecipientPage:
        return recipient_page.begin(bought.tracking, bought.digits, address_key=HERE, language=KO)

    recipient_acts.object_to_use(rights_proof.read(comes().proof, KO), language=KO)
    page = comes()
    assert page.objected
    assert set(page.items) == {Item.NAME, Item.PHONE, Item.POSTCODE, Item.ADDRESS}
    recipient_acts.let_go_on(rights_proof.read(page.proof, KO), language=KO)
    page = comes()
    assert not page.objected
    recipient_acts.object_to_use(rights_proof.read(page.proof, KO), language=KO)
    assert recipient_acts.erase(rights_proof.read(comes().proof, KO)).now


def test_a_recipient_is_told_who_gave_the_address_though_that_one_stopped() -> None:
    bought = guest_order(OrderState.DELIVERED)
    stops(bought.guest)
    page = recipient_page.begin(bought.tracking, bought.digits, address_key=HERE, language=KO)
    assert page.giver.startswith(bought.payer.name[0])
    assert "*" in page.giver


def test_an_order_can_be_seen_though_its_recipient_objected() -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.DELIVERED)
    note = rights_proof.make(Actor.recipient(order.recipient), order.subject, order.id)
    recipient_acts.object_to_use(rights_proof.read(note, KO), language=KO)
    seen = my_orders.order(member.actor, order.id)
    assert seen.payer_masked
    assert seen.recipient_masked == {}, "whoever receives it does not want to be shown any more"


def test_by_no_letter_of_a_right_does_the_mall_open_more_than_an_address_and_its_answer() -> None:
    grants = policy().document.body.records
    for kind, record in grants.items():
        for grant in record.grants:
            if Purpose.RIGHTS in grant.purposes and Role.SYSTEM in grant.roles:
                if Action.ERASE in grant.actions:
                    continue
                assert set(grant.actions) == {Action.OPEN}, kind
                assert set(grant.items) <= beyond_asking.TOLD_BY | beyond_asking.KNOWN_BY, kind
    assert not {draft for draft in OF_RIGHTS if DRAFTS[draft].marked}, "none of them advertises"
