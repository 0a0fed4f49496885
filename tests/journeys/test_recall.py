"""What went out is called back: at withdrawing, at leaving, at a refusal, while a parcel is on its way."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import people
from tests.cast.orders import Ordered, ordered
from tests.cast.partners import (
    CONSENT,
    KO,
    agreeing,
    begin,
    day_ago,
    deliver,
    entries,
    heard_there,
    held_there,
    last,
    sharing,
)
from tests.cast.policies import obeying, policy_of
from tests.cast.sandboxes import Sandbox
from tests.cast.trades import order_of
from yaksok.database.roles import keeper
from yaksok.journeys import (
    consents,
    dispatch,
    leave,
    programmes,
    received,
    refusals,
    sweep,
)
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.policy import in_force
from yaksok.policy.vocabulary import Purpose
from yaksok.privacy.disclosure import following, handover, register
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.disclosure.register import Message, State
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def parcel_of(bought: Ordered) -> str:
    with keeper():
        return parcels.of_orders([bought.place])[bought.id].number


def labels(courier: Sandbox) -> str:
    return str(courier.call("GET", "/")[1])


def erases(bought: Ordered) -> int:
    """The recipient has everything of theirs erased; how many recipients are told."""
    order = bought.now()
    with keeper():
        told = handover.recall(
            order.recipient, [order.recipient_record], actor=Actor.guest(order.recipient)
        )
        gate.erase(
            order.recipient,
            actor=Actor.guest(order.recipient),
            purpose=Purpose.RIGHTS,
            reason="asked",
        )
    return told


def test_leaving_erases_at_the_partner_though_nobody_is_left_here(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        leave.confirm(member.actor, member.person.password, language=KO)
        with keeper():
            assert gate.trail_of(member.subject) is None
        assert last(member).message is Message.ERASURE
        assert deliver() == {State.ACKNOWLEDGED: 1}
        assert last(member).answer == "done"
    assert held_there(partner) == []


def test_the_message_outlives_the_person_and_a_partner_that_is_down(partner: Sandbox) -> None:
    with day_ago() as standing, sharing():
        member = agreeing()
        standing.move(timedelta(minutes=5))
        partner.faults(down=True)
        deliver()  # it may have come through: nobody knows
        leave.confirm(member.actor, member.person.password, language=KO)
        for _ in range(23):
            deliver()
            standing.move(timedelta(hours=1))
        partner.healthy()
        standing.move_to(datetime.now(UTC))
        deliver()
        assert (last(member).state, last(member).answer) == (State.ACKNOWLEDGED, "not_held")
    assert held_there(partner) == []
    assert [one["method"] for one in heard_there(partner)] == ["DELETE"]


def test_refusing_one_company_stops_it_and_calls_back_what_it_has(partner: Sandbox) -> None:
    with sharing():
        member, queued = agreeing(), agreeing(name=False)
        deliver_one = dispatch.deliver_due(1)
        assert dict(deliver_one.states) == {State.ACKNOWLEDGED: 1}
        for one in (member, queued):
            refusals.refuse(one.actor, CONSENT, stands=True, language=KO)
        deliver()
        assert last(member).message is Message.ERASURE
        assert last(queued).reason == "recalled"
        assert held_there(partner) == []


def test_refusing_everybody_reaches_every_partner_and_no_courier(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        refusals.refuse(member.actor, "disclose", stands=True, language=KO)
        deliver()
        assert [one.message for one in entries(member)] == [Message.HANDOVER, Message.ERASURE]
        with pytest.raises(Invalid):
            consents.give(member.actor, CONSENT, language=KO)
        assert held_there(partner) == []


def test_an_erasure_asked_while_the_parcel_is_on_its_way(courier_sandbox: Sandbox) -> None:
    with day_ago() as standing:
        bought, clerk = ordered(), people.clerk().actor
        standing.move(timedelta(hours=20))
        dispatch_at(courier_sandbox, bought, clerk)
        order = bought.now()
        assert order.state is OrderState.SHIPPED
        standing.move_to(datetime.now(UTC) - timedelta(hours=1))
        assert erases(bought) == 1
        standing.move_to(datetime.now(UTC) - timedelta(seconds=2))
        assert deliver() == {State.TAKEN: 1}, "the label is needed to deliver"
        assert bought.recipient.name in labels(courier_sandbox)
        for _ in range(3):
            courier_sandbox.call("POST", "/sandbox/advance", {"parcel": parcel_of(bought)})
        assert bought.recipient.name not in labels(courier_sandbox)
        with keeper():
            Handover.objects.filter(subject_id=order.recipient).update(next_try=clock.now())
        assert deliver() == {State.ACKNOWLEDGED: 1}
        with keeper():
            assert register.for_subject(order.recipient)[-1].answer == "done"


def dispatch_at(courier: Sandbox, bought: Ordered, clerk: Actor) -> None:
    """Hand over with a stamp that the courier takes, whatever the mall's clock says."""
    with clock.fixed(datetime.now(UTC)):
        dispatch.dispatch([bought.id], clerk)


def test_an_erasure_before_the_courier_answered_is_never_followed_by_the_label(
    courier_sandbox: Sandbox,
) -> None:
    with clock.fixed(datetime.now(UTC)) as standing:
        bought, clerk = ordered(), people.clerk().actor
        courier_sandbox.faults(down=True)
        dispatch.dispatch([bought.id], clerk)
        courier_sandbox.healthy()
        assert erases(bought) == 1
        standing.move(timedelta(seconds=11))
        assert deliver() == {State.GIVEN_UP: 1, State.ACKNOWLEDGED: 1}
        with keeper():
            handed, erased = register.for_subject(bought.now().recipient)
        assert handed.reason == "recalled"
        assert erased.answer == "not_held"
    assert bought.recipient.name not in labels(courier_sandbox)


def test_a_courier_down_for_a_day_loses_and_doubles_nothing(courier_sandbox: Sandbox) -> None:
    with day_ago() as standing:
        orders, clerk = [ordered() for _ in range(3)], people.clerk().actor
        courier_sandbox.faults(down=True)
        dispatch.dispatch([one.id for one in orders], clerk)
        for _ in range(23):
            standing.move(timedelta(hours=1))
            deliver()
        courier_sandbox.healthy()
        standing.move_to(datetime.now(UTC) + timedelta(minutes=1))
        deliver()
        assert {one.now().state for one in orders} == {OrderState.SHIPPED}
    page = labels(courier_sandbox)
    assert [page.count(f"<span>{parcel_of(one)}</span>") for one in orders] == [1, 1, 1]


def test_the_end_of_the_period_calls_the_label_back(courier_sandbox: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing:
        bought = ordered()
        dispatch.dispatch([bought.id], people.clerk().actor)
        for _ in range(3):
            courier_sandbox.call("POST", "/sandbox/advance", {"parcel": parcel_of(bought)})
        order = bought.now()
        with keeper():
            gate.set_end(order.recipient, order.recipient_record, clock.now() - timedelta(days=1))
        standing.move(timedelta(seconds=1))
        sweep.sweep()
        assert deliver() == {State.ACKNOWLEDGED: 1}
    assert bought.recipient.name not in labels(courier_sandbox)


def test_leaving_with_an_open_order_calls_back_when_it_is_done(
    partner: Sandbox, courier_sandbox: Sandbox
) -> None:
    with sharing():
        member = agreeing()
        deliver()
        order = order_of(member, OrderState.PAID)
        dispatch.dispatch([order.id], people.clerk().actor)
        leave.confirm(member.actor, member.person.password, language=KO)
        deliver()
        with keeper():
            assert [one.message for one in register.for_subject(order.recipient)] == [
                Message.HANDOVER
            ], "the parcel still has to come"
    assert held_there(partner) == []


def test_calling_back_twice_asks_once(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        with keeper():
            first = handover.recall(member.subject, None, actor=member.actor)
            second = handover.recall(member.subject, None, actor=member.actor)
        assert (first, second) == (1, 0)


def test_a_correction_that_waits_is_overtaken_by_the_erasure(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        with keeper():
            record = entries(member)[0].record
            handover.correct(member.subject, record, actor=member.actor)
        consents.withdraw(member.actor, CONSENT, language=KO)
        assert deliver() == {State.ACKNOWLEDGED: 1}
        states = [(one.message, one.state, one.reason) for one in entries(member)]
    assert (Message.CORRECTION, State.GIVEN_UP, "recalled") in states
    assert held_there(partner) == []


def test_taking_an_item_back_takes_it_from_the_partner_too(partner: Sandbox) -> None:
    with sharing():
        member = agreeing()
        deliver()
        gone = consents.withdraw(member.actor, "prefill", language=KO)
        assert gone.told == 1
        assert deliver() == {State.ACKNOWLEDGED: 1}
    assert held_there(partner) == [{"email": member.person.email}]


def test_what_was_given_up_can_be_sent_again_by_the_officer(partner: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, sharing():
        member = agreeing()
        deliver()
        consents.withdraw(member.actor, CONSENT, language=KO)
        with keeper():
            row = Handover.objects.filter(id=last(member).id)
            row.update(state=State.GIVEN_UP, reason=register.UNREACHABLE)
        officer = people.officer().actor
        (wrong,) = programmes.view(officer, KO).to_look_at
        programmes.retry(officer, wrong.subject, wrong.id)
        standing.move(timedelta(seconds=1))
        assert deliver() == {State.ACKNOWLEDGED: 1}
        assert not programmes.view(officer, KO).alarms.any
        with pytest.raises(NotFound):
            programmes.retry(officer, wrong.subject, wrong.id)
    assert held_there(partner) == []


def test_what_is_overdue_is_an_alarm(partner: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, sharing():
        member = agreeing()
        deliver()
        partner.faults(down=True)
        consents.withdraw(member.actor, CONSENT, language=KO)
        due = last(member).due_at
        assert due is not None
        with keeper():
            assert register.alarms().overdue == 0
        standing.move_to(due)
        with keeper():
            assert register.alarms().overdue == 1
        begin()


def test_the_days_are_those_of_the_law_of_the_mall() -> None:
    at = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # noon in Seoul
    assert following.due(at) == datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
    with obeying(policy_of(in_force.named("lawful_eu").read_text("utf-8"))):
        assert following.due(at) == datetime(2026, 4, 2, 22, 0, tzinfo=UTC)


def test_an_answer_that_comes_after_it_was_given_up_is_told_too(partner: Sandbox) -> None:
    with clock.fixed(datetime.now(UTC)) as standing, sharing():
        member = agreeing()
        deliver()
        consents.withdraw(member.actor, CONSENT, language=KO)
        erasure = last(member)
        with keeper():
            Handover.objects.filter(id=erasure.id).update(
                state=State.GIVEN_UP, reason=register.UNREACHABLE
            )
        assert received.tell_results() == 1
        programmes.retry(people.officer().actor, member.subject, erasure.id)
        assert received.tell_results() == 0
        standing.move(timedelta(seconds=1))
        deliver()
        assert received.tell_results() == 1
