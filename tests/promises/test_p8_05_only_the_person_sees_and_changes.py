"""P8.5: a stolen session shows masks and changes nothing; nobody but the person opens anything."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.requests import called, guest_order
from yaksok.database.roles import keeper
from yaksok.journeys import (
    correct,
    leave,
    log_in,
    my_page,
    port,
    recipient_page,
    rights_ask,
    rights_explain,
    rights_guest,
    rights_stop,
    rights_work,
)
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.rights.words import Kind, State
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


def seen_by(key: str) -> str:
    facts = log_in.session(key)
    assert facts
    return str(my_page.view(facts.actor, stepped_up=facts.stepped_up, language=KOREAN))


def test_without_the_password_a_session_shows_masks_only(standing_clock: FixedClock) -> None:
    member = people.member()
    key = member.logs_in()
    assert member.person.email not in seen_by(key)
    with pytest.raises(Invalid):
        log_in.step_up(key, "a guess of it", language=KOREAN)
    assert member.person.email not in seen_by(key)
    log_in.step_up(key, member.person.password, language=KOREAN)
    assert member.person.email in seen_by(key)
    standing_clock.move(timedelta(minutes=5))
    assert member.person.email not in seen_by(key)


def test_without_the_password_nothing_changes_and_nobody_leaves() -> None:
    member = people.member()
    facts = log_in.session(member.logs_in())
    assert facts
    with pytest.raises(Refused):
        correct.correct(
            facts.actor, {"name": "새이름"}, stepped_up=facts.stepped_up, language=KOREAN
        )
    with pytest.raises(Refused):
        correct.begin(facts.actor, stepped_up=facts.stepped_up)
    with pytest.raises(Invalid):
        leave.confirm(facts.actor, "a guess", language=KOREAN)
    assert correct.begin(member.actor, stepped_up=True) == {"email": member.person.email}


def test_nobody_else_opens_it() -> None:
    member = people.member()
    for actor in people.everybody_but_the_person():
        with pytest.raises(Refused), keeper():
            gate.open_items(
                member.subject,
                [Item.LOGIN_ID],
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.RIGHTS,
                actor=actor,
            )
        with pytest.raises(Refused), keeper():
            gate.history(member.subject, actor=actor)


def test_without_the_password_nothing_is_taken_along_explained_or_stopped() -> None:
    member = people.member()
    facts = log_in.session(member.logs_in())
    assert facts
    for act in (port.download, rights_explain.explain, rights_stop.stop):
        with pytest.raises(Refused, match=r"P8\.5"):
            act(facts.actor, stepped_up=facts.stepped_up, language=KOREAN)
    log_in.step_up(member.logs_in(), member.person.password, language=KOREAN)
    assert not rights_stop.standing(member.actor).stopped


def test_after_the_password_it_is() -> None:
    member = people.member()
    facts = log_in.session(member.logs_in(stepped_up=True))
    assert facts
    assert facts.stepped_up
    assert port.download(facts.actor, stepped_up=facts.stepped_up, language=KOREAN).content


def test_the_desk_does_nothing_before_it_was_shown_who_asks() -> None:
    clerk, member = people.clerk(), people.member()
    for kind in Kind:
        line = called(clerk, kind, key=member.person.email)
        assert line.state is State.RECEIVED
        with pytest.raises(Refused, match=r"P8\.5"):
            rights_work.do(clerk.actor, line.number, {}, language=KOREAN)
        with pytest.raises(Refused, match=r"P8\.5"):
            rights_work.answer(clerk.actor, line.number, "", language=KOREAN)


def test_nobody_asks_for_somebody_else() -> None:
    member, stranger = people.member(), people.stranger()
    line = rights_ask.ask(
        member.actor,
        {"kind": "see", "body": "x", "notice": rights_ask.begin(KOREAN).notice.hash},
        language=KOREAN,
    )
    with pytest.raises(NotFound):
        rights_ask.one(stranger.actor, line.id, stepped_up=True, language=KOREAN)


def test_a_guest_and_a_recipient_are_shown_nothing_for_a_guess() -> None:
    bought = guest_order(OrderState.SHIPPED)
    with pytest.raises(Invalid):
        rights_guest.by_secret(bought.order.number, "a guess or two", address_key="a")
    with pytest.raises(Invalid):
        recipient_page.begin(bought.tracking, "00000", address_key="b", language=KOREAN)
