"""Each probe looks for itself: it finds what is so, and notices when it is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection

from tests.cast import people
from tests.cast.asking import answers, asks
from tests.cast.requests import called
from tests.journeys.test_roster import around_the_clock
from yaksok.database.roles import keeper
from yaksok.evidence import (
    once,
    outcomes,
    running,
    s01_purpose,
    s03_retention,
    s04_sharing,
    s06_cookie,
    s08_access,
    s11_officer,
)
from yaksok.evidence.outcome import MARKS, State, counted
from yaksok.evidence.visiting import visit
from yaksok.kernel import clock
from yaksok.kernel.clock import FixedClock
from yaksok.privacy.post import letters
from yaksok.privacy.rights.words import Kind

pytestmark = pytest.mark.django_db

BY_PEOPLE = {"P7.13", "P7.14", "P10.2", "P10.4", "P11.2", "P11.3"}


@pytest.fixture(autouse=True)
def _afresh():
    outcomes.forget()
    yield
    outcomes.forget()


@pytest.mark.usefixtures("shelves")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_mall_with_a_trained_clerk_keeps_every_probed_promise():
    people.member()
    clerk = people.clerk()
    around_the_clock(clerk, people.clerk())
    answers(clerk.actor, asks().ticket)
    found = outcomes.outcomes()
    assert len(found) >= 88
    for promise, outcome in found.items():
        wanted = State.ATTESTED if promise in BY_PEOPLE else State.KEPT
        unseen = outcome.state is State.NOTHING_YET and promise not in BY_PEOPLE
        assert outcome.state is wanted or unseen, promise
        assert str(outcome.figure)
        assert str(outcome.how)


def test_no_figure_names_anybody():
    one = people.member()
    people.clerk()
    said = " ".join(f"{o.figure} {o.how}" for o in outcomes.outcomes().values())
    for value in one.person.canaries():
        assert value not in said


def test_an_untrained_clerk_is_noticed():
    people.newcomer()
    assert outcomes.outcomes()["P7.14"].state is State.NOT_MET


def test_a_record_without_its_key_is_noticed():
    one = people.member()
    assert s03_retention.p3_07_each_record_lives_by_its_key().state is State.KEPT
    with keeper(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM vault_record_key WHERE subject_id = %s", [one.subject])
    assert s03_retention.p3_07_each_record_lives_by_its_key().state is State.NOT_MET


def test_a_record_beyond_its_date_is_noticed():
    one = people.member()
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault_record SET destroy_after = now() - interval '2 days'"
            " WHERE subject_id = %s",
            [one.subject],
        )
    assert s03_retention.p3_05_nothing_outlives_its_date().state is State.NOT_MET


def test_a_fourth_field_for_the_courier_is_noticed():
    assert s04_sharing.p4_12_a_label_has_three_fields().state is State.KEPT
    with patch.object(s04_sharing, "ON_A_LABEL", ("name", "address", "phone", "email")):
        assert s04_sharing.p4_12_a_label_has_three_fields().state is State.NOT_MET


def test_a_cookie_for_a_visitor_is_noticed():
    from django.http import HttpResponse

    def greedy(request, *_, **__):
        response = HttpResponse("x")
        response.set_cookie("tracker", "1")
        return response

    with patch("yaksok.evidence.visiting._handler") as handler:
        handler.return_value.get_response = greedy
        found = s06_cookie.p6_02_no_cookie_before_log_in()
    assert found.state is State.NOT_MET
    assert str(found.figure).startswith("쿠키 6개")


def test_a_blank_beside_an_officer_is_noticed():
    import msgspec

    from yaksok.policy.in_force import policy

    whole = policy().document.body.officers.manager
    assert s11_officer._shown(whole).state is State.ATTESTED
    assert s11_officer._shown(msgspec.structs.replace(whole, fax=" ")).state is State.NOT_MET


def test_a_probe_that_fails_has_shown_nothing():
    def broken():
        raise DatabaseError

    found = outcomes.look("P1.1", broken)
    assert found.state is State.NOT_MET
    assert str(found.figure) == "확인하지 못함"


def test_an_outcome_is_asked_for_once_a_minute(standing_clock: FixedClock):
    from datetime import timedelta

    first = outcomes.outcomes()["P2.5"]
    standing_clock.move(timedelta(seconds=59))
    assert outcomes.outcomes()["P2.5"] is first
    standing_clock.move(timedelta(seconds=2))
    assert outcomes.outcomes()["P2.5"].at == clock.now()


def test_the_marks_are_told_apart_without_colour():
    assert len(set(MARKS.values())) == len(State)


def test_health_knows_when_the_database_is_away():
    with patch.object(running, "shop", side_effect=DatabaseError):
        state = running.look()
    assert not state.well
    assert state.as_dict()["database"] == {"answers": False, "milliseconds": state.database_ms}


def test_a_request_that_is_late_or_was_never_proven_is_noticed(standing_clock: FixedClock):
    member, clerk = people.member(), people.clerk()
    for kind, promise in ((Kind.SEE, "P8.1"), (Kind.CORRECT, "P8.2"), (Kind.DELETE, "P8.3")):
        outcomes.forget()
        assert outcomes.outcomes()[promise].state is State.KEPT
        called(clerk, kind, member)
        standing_clock.move(timedelta(days=30))
        outcomes.forget()
        assert outcomes.outcomes()[promise].state is State.NOT_MET
    assert s08_access.p8_05_only_the_person_can().state is State.KEPT
    with keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE rights_request SET checks = '{}'")
    assert s08_access.p8_05_only_the_person_can().state is State.NOT_MET


def test_a_letter_without_the_office_is_noticed():
    probe = s11_officer.p11_05_every_letter_says_where_else_to_turn
    assert probe().state is State.KEPT
    with patch.object(letters, "elsewhere", lambda *_: ""):
        assert probe().state is State.NOT_MET


def test_with_nothing_to_look_at_nothing_is_claimed():
    found = counted(0, 0, "how", "where")
    assert found.state is State.NOTHING_YET
    assert s01_purpose.p1_02_payment_uses_the_payer_alone().state is State.NOTHING_YET


@pytest.mark.parametrize(("of", "said"), [(1, 1), (9, 1), (10, 10), (57, 10), (12_345, 10_000)])
def test_how_much_there_is_is_said_in_powers_of_ten(of: int, said: int):
    assert str(counted(0, of, "", "").figure) == f"어긋난 것 0건, 살펴본 것 {said}건 이상"


class Stopwatch:
    """Time passes when a probe looks, as much as it is told."""

    def __init__(self, *takes: float) -> None:
        self.now, self.asked = 1000.0, 0
        self.takes = takes

    def look(self):
        self.now += self.takes[self.asked % len(self.takes)]
        self.asked += 1
        return counted(0, 1, "", "")


@contextmanager
def probing(watch: Stopwatch, *promises: str) -> Iterator[None]:
    with (
        patch.object(outcomes, "probes", lambda: dict.fromkeys(promises, watch.look)),
        patch("yaksok.evidence.outcomes.time.monotonic", lambda: watch.now),
    ):
        yield


def test_a_probe_that_takes_long_rests_longer(standing_clock: FixedClock):
    watch = Stopwatch(3.0)
    with probing(watch, "P1.1"):
        outcomes.outcomes()
        standing_clock.move(timedelta(seconds=299))
        outcomes.outcomes()
        assert watch.asked == 1
        standing_clock.move(timedelta(seconds=2))
        outcomes.outcomes()
        assert watch.asked == 2


def test_who_reads_a_page_does_not_wait_for_all(standing_clock: FixedClock):
    watch = Stopwatch(0.2)
    with probing(watch, "P1.1", "P1.2", "P1.3", "P1.4"):
        assert len(outcomes.outcomes(outcomes.PATIENCE)) == 4, "what nobody knows is looked at"
        standing_clock.move(timedelta(minutes=2))
        watch.now += 120
        outcomes.outcomes(outcomes.PATIENCE)
        assert watch.asked == 6
        outcomes.outcomes(outcomes.PATIENCE)
        assert watch.asked == 6, "the same page asks again at once"
        watch.now += outcomes.BREATH
        outcomes.outcomes(outcomes.PATIENCE)
        assert watch.asked == 8, "the other two, whose outcomes are the oldest"


def test_a_page_is_asked_for_once_in_a_round():
    with patch("yaksok.evidence.visiting._visited") as asked:
        with once.one_round():
            visit("/a")
            visit("/a")
        assert asked.call_count == 1
        visit("/a")
    assert asked.call_count == 2
