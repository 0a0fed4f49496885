"""A person asks in their own words, watches the days, and objects; nobody else learns of it."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.requests import KO, guest_order, objection, words
from yaksok.database.roles import keeper
from yaksok.journeys import rights_ask, rights_stop, rights_work
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Throttled
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.post.models import Letter
from yaksok.privacy.rights.words import Check, Kind, Outcome, State
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def letters() -> list[str]:
    with keeper():
        return list(Letter.objects.order_by("id").values_list("template", flat=True))


def in_the_log(event: str) -> int:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE event = %s", [event])
        return int(cursor.fetchone()[0])


def test_a_request_in_words_runs_for_ten_days_and_counts_down(standing_clock: FixedClock) -> None:
    standing_clock.move_to(datetime(2026, 12, 15, 1, tzinfo=UTC))
    member = people.member()
    line = rights_ask.ask(member.actor, words(Kind.CORRECT), language=KO)
    assert line.due_at == datetime(2026, 12, 28, 15, tzinfo=UTC), "Christmas is a holiday"
    assert line.state is State.IDENTIFIED
    assert line.checks == {Check.LOGGED_IN}
    (mine,) = rights_ask.mine(member.actor, stepped_up=True, language=KO)
    assert (mine.days_left, mine.body) == (13, "고쳐 주세요")
    standing_clock.move(timedelta(days=14))
    (late,) = rights_ask.mine(member.actor, stepped_up=True, language=KO)
    assert late.days_left == -1
    assert letters()[-1] == "rights_received"


def test_the_words_lie_sealed_and_are_shown_after_the_password_only() -> None:
    member = people.member()
    text = f"틀린 것은 {people.mark()}"
    rights_ask.ask(member.actor, words(Kind.CORRECT, text), language=KO)
    (masked,) = rights_ask.mine(member.actor, stepped_up=False, language=KO)
    assert masked.body is None
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT rights_request::text FROM rights_request")
        assert all(text not in row for (row,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": "everything"}, "kind"), ({"body": ""}, "body"), ({"notice": "0" * 64}, "")],
)
def test_what_cannot_be_taken_is_said(changes: dict[str, str], field: str) -> None:
    member = people.member()
    with pytest.raises(Invalid) as wrong:
        rights_ask.ask(member.actor, {**words(Kind.SEE), **changes}, language=KO)
    assert set(wrong.value.problems) == {field}
    assert rights_ask.mine(member.actor, stepped_up=True, language=KO) == ()


def test_a_resident_number_in_the_words_is_refused_before_it_is_kept() -> None:
    member = people.member()
    with pytest.raises(Invalid) as wrong:
        rights_ask.ask(member.actor, words(Kind.SEE, "저는 900101-1234567이에요"), language=KO)
    assert "body" in wrong.value.problems
    with keeper():
        assert RecordKind.RIGHTS_CASE not in {one.kind for one in gate.holdings(member.subject)}


def test_ten_requests_a_day_are_taken() -> None:
    member = people.member()
    for _ in range(rights_ask.ASKED_LIMIT):
        rights_ask.ask(member.actor, words(Kind.SEE), language=KO)
    with pytest.raises(Throttled):
        rights_ask.ask(member.actor, words(Kind.SEE), language=KO)


def test_a_request_of_somebody_else_looks_like_none_and_is_logged() -> None:
    member, stranger = people.member(), people.stranger()
    line = rights_ask.ask(member.actor, words(Kind.SEE), language=KO)
    for request in (line.id, uuid4()):
        with pytest.raises(NotFound, match=r"^there is no such request$"):
            rights_ask.one(stranger.actor, request, stepped_up=True, language=KO)
        with pytest.raises(NotFound, match=r"^there is no such request$"):
            rights_ask.appeal(stranger.actor, request, objection(), language=KO)
    assert in_the_log("rights:identity:failed") == 4


def test_only_persons_ask_for_themselves() -> None:
    for actor in people.everybody_but_the_person():
        if actor.role in rights_ask.SHOWN_BY:
            continue
        with pytest.raises(Refused, match=r"P8\.5"):
            rights_ask.ask(actor, words(Kind.SEE), language=KO)


def test_an_objection_has_a_deadline_of_its_own_and_words_of_its_own() -> None:
    member, officer = people.member(), people.officer()
    line = rights_ask.ask(member.actor, words(Kind.DELETE), language=KO)
    rights_work.refuse(officer.actor, line.number, "kept_by_law", "법이 그렇습니다", language=KO)
    (refused,) = rights_ask.mine(member.actor, stepped_up=True, language=KO)
    assert refused.may_appeal
    assert refused.answer == "법이 그렇습니다"
    assert "제36조" in refused.article
    assert "118" in refused.elsewhere
    again = rights_ask.appeal(member.actor, line.id, objection("그 법이 아니에요"), language=KO)
    assert again.state is State.APPEALED
    (objected,) = rights_ask.mine(member.actor, stepped_up=True, language=KO)
    assert (objected.objection, objected.may_appeal) == ("그 법이 아니에요", False)
    assert objected.days_left is not None
    with pytest.raises(Refused):
        rights_ask.appeal(member.actor, line.id, objection(), language=KO)


def test_words_end_three_years_after_the_answer() -> None:
    member, officer = people.member(), people.officer()
    line = rights_ask.ask(member.actor, words(Kind.SEE), language=KO)
    done = rights_work.answer(officer.actor, line.number, "보셨지요", language=KO)
    assert done.answered_at
    with keeper():
        (held,) = [
            one for one in gate.holdings(member.subject) if one.kind is RecordKind.RIGHTS_CASE
        ]
    expected = policy().retention[RecordKind.RIGHTS_CASE].period.after(done.answered_at)
    assert held.destroy_after == expected


def test_a_stop_is_kept_by_the_gate_and_lifted_by_the_person_alone() -> None:
    member = people.member()

    def serves_the_mall() -> bool:
        with suppress(Refused), keeper():
            gate.open_items(
                member.subject,
                [Item.EMAIL],
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.MEMBER_SERVICE,
                actor=Actor.system("test"),
            )
            return True
        return False

    assert serves_the_mall()
    with pytest.raises(Refused, match=r"P8\.5"):
        rights_stop.stop(member.actor, stepped_up=False, language=KO)
    rights_stop.stop(member.actor, stepped_up=True, language=KO)
    assert rights_stop.standing(member.actor).stopped
    assert not serves_the_mall()
    member.agrees("prefill")
    assert not serves_the_mall(), "no later consent opens it"
    line = rights_ask.ask(member.actor, words(Kind.SEE), language=KO)
    assert letters()[-1] == "rights_received", "one's own rights go on"
    assert line.state is State.IDENTIFIED
    rights_stop.resume(member.actor, stepped_up=True, language=KO)
    assert serves_the_mall()
    (stopped,) = [
        one.line
        for one in rights_ask.mine(member.actor, stepped_up=True, language=KO)
        if one.line.kind is Kind.STOP
    ]
    assert stopped.outcome == Outcome.DONE


def test_stopping_says_which_orders_are_under_way() -> None:
    bought = guest_order(OrderState.PAID)
    assert rights_stop.standing(bought.guest).waiting == (bought.order.number,)
    assert rights_stop.standing(guest_order(OrderState.DELIVERED).guest).waiting == ()
