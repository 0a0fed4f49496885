"""A call becomes the same ticket as a form; nothing is read out, and who calls is a yes or a no."""

import pytest

from tests.cast import people
from tests.cast.asking import KOREAN, WORDS, note, ticket_of
from tests.cast.orders import Ordered, ordered
from tests.cast.shoppers import rows
from yaksok.database.roles import keeper
from yaksok.journeys import inquiries, phone_desk
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, Refused, Throttled
from yaksok.kernel.ids import new_order_number
from yaksok.mall.desk.words import Way
from yaksok.privacy.guardians.age import GuardianNeeded

pytestmark = pytest.mark.django_db


def take(actor: Actor, **said: str) -> phone_desk.Taken:
    return phone_desk.take(actor, note(actor) | said, language=KOREAN)


def proof_of(one: Ordered) -> dict[str, str]:
    return {
        "order_number": one.now().number,
        "said_name": one.payer.name,
        "said_phone": one.payer.phone,
    }


def test_a_note_of_an_unknown_caller_is_read_by_number_and_secret() -> None:
    clerk = people.clerk().actor
    for way in ("phone", "fax", "post", "mail"):
        taken = take(clerk, way=way)
        assert not taken.verified
        ticket = ticket_of(taken.received)
        assert ticket.way is Way(way)
        with keeper():
            told = rows("SELECT channel FROM consent_event WHERE subject_id = %s", [ticket.subject])
        assert told == [(way,)]
        seen = inquiries.look_up(
            taken.received.number, taken.received.secret, address_key=f"192.0.2.{len(way)}"
        )
        assert seen.body == WORDS


def test_a_caller_who_shows_an_order_gets_a_ticket_of_their_own() -> None:
    clerk = people.clerk().actor
    one = ordered()
    said = proof_of(one) | {"said_phone": one.payer.phone.replace("-", "")}
    taken = take(clerk, **said)
    assert taken.verified
    ticket = ticket_of(taken.received)
    assert ((ticket.subject, ticket.order), ticket.member) == (one.place, False)


def test_a_member_who_shows_id_and_address_finds_it_in_the_member_centre() -> None:
    clerk, one = people.clerk().actor, people.member()
    taken = take(clerk, said_login_id=one.person.login_id.upper(), said_email=one.person.email)
    assert (taken.verified, taken.received.secret) == (True, "")
    assert inquiries.one(one.actor, taken.received.ticket).body == WORDS


def test_what_does_not_fit_says_no_more_than_that() -> None:
    clerk = people.clerk().actor
    order = ordered()
    right = proof_of(order)
    one, other = people.member(), people.stranger()
    wrong = [
        right | {"said_name": "다른이"},
        right | {"said_phone": "010-9999-9999"},
        right | {"order_number": new_order_number()},
        {"said_login_id": one.person.login_id, "said_email": other.person.email},
    ]
    answers = []
    for said in wrong:
        with pytest.raises(Invalid) as refused:
            take(clerk, **said)
        answers.append(str(refused.value.problems))
        assert order.payer.name not in answers[-1]
    assert len(set(answers)) == 1
    with keeper():
        assert rows("SELECT count(*) FROM desk_ticket") == [(0,)]


def test_half_a_proof_is_none() -> None:
    clerk = people.clerk().actor
    for said in ({"said_name": "한사람"}, {"said_login_id": "hansaram"}, {"order_number": "x"}):
        with pytest.raises(Invalid) as refused:
            take(clerk, **said)
        assert set(refused.value.problems) == {"order_number"}


def test_a_clerk_cannot_try_callers_out() -> None:
    clerk, other = people.clerk().actor, people.clerk().actor
    for guess in range(5):
        with pytest.raises(Invalid):
            take(clerk, said_login_id=f"nobody{guess}", said_email="a@mail.example")
    with pytest.raises(Throttled):
        take(clerk, said_login_id="nobody9", said_email="a@mail.example")
    for _ in range(4):
        with pytest.raises(Invalid):
            take(other, said_login_id="nobody0", said_email="a@mail.example")
    with pytest.raises(Throttled):
        take(other, said_login_id="nobody0", said_email="a@mail.example")


def test_what_was_said_to_show_it_stays_nowhere() -> None:
    clerk = people.clerk().actor
    one = ordered()
    take(clerk, **proof_of(one))
    with keeper():
        ((logged,),) = rows("SELECT string_agg(e::text, ' ') FROM audit_entry e")
        ((held,),) = rows("SELECT string_agg(t::text, ' ') FROM desk_ticket t")
    assert "desk:caller:verified" in logged
    for value in (one.payer.name, one.payer.phone, WORDS):
        assert value not in f"{logged}{held}"


def test_of_a_child_who_calls_nothing_is_written_down() -> None:
    clerk = people.clerk().actor
    sent = note(clerk)
    del sent["age_attested"]
    with pytest.raises((Invalid, GuardianNeeded)):
        phone_desk.take(clerk, sent, language=KOREAN)
    with keeper():
        assert rows("SELECT count(*) FROM desk_ticket") == [(0,)]


def test_only_trained_staff_of_the_desk_write_notes() -> None:
    for actor, promise in (
        (people.auditor().actor, "P7.13"),
        (people.member().actor, "P7.13"),
        (people.newcomer().actor, "P7.14"),
    ):
        with pytest.raises(Refused) as refused:
            take(actor)
        assert refused.value.promise == promise
