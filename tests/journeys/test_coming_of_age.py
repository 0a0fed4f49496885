"""At 14 the guardian's say ends and the person is asked; who does not answer is forgotten."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import people
from tests.cast.children import KO, Family, family
from tests.cast.policies import changed, obeying, policy_of
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import coming_of_age, guardian_portal, leave, log_in, sweep
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.errors import Invalid, NotFound, Refused, Throttled
from yaksok.policy.vocabulary import AgeClass, Item, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians import asking, of_age, wards
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("born", "from_"),
    [
        ("2012-01", date(2026, 2, 1)),
        ("2012-02", date(2026, 3, 1)),  # the 29th of February is 14 when the 28th of 2026 ends
        ("2012-12", date(2027, 1, 1)),
        ("2016-02", date(2030, 3, 1)),
        ("2011-11", date(2025, 12, 1)),
    ],
)
def test_they_are_surely_of_age_when_their_month_is_over(born: str, from_: date) -> None:
    assert of_age.surely_from(born, 14) == from_
    midnight = datetime.combine(from_, datetime.min.time(), SEOUL)
    assert of_age.is_surely(born, 14, midnight)
    assert not of_age.is_surely(born, 14, midnight - timedelta(microseconds=1))


def years_old(born: date, today: date) -> int:
    """Full years, counted day by day: who was born on the 29th of February ages on the 1st of March."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@given(st.dates(date(2008, 1, 1), date(2022, 12, 31)), st.integers(13, 19))
@settings(max_examples=300, deadline=None)
def test_nobody_younger_is_ever_of_age(born: date, age: int) -> None:
    first = of_age.surely_from(f"{born:%Y-%m}", age)
    assert years_old(born, first) == age
    assert first.day == 1
    assert (first - timedelta(days=1)).month == born.month


def test_the_months_to_choose_are_those_of_children() -> None:
    months = of_age.months_of_children(at(2026, 3, 2), 14)
    assert (months[0], months[-1]) == ("2026-03", "2012-03")
    assert not any(of_age.is_surely(month, 14, at(2026, 3, 2)) for month in months)
    assert of_age.is_surely("2012-02", 14, at(2026, 3, 2))


def grown(clock: FixedClock) -> Family:
    """A child who is of age as of this morning, and was handed over."""
    clock.move_to(at(2026, 2, 10))
    home = family(born="2012-02")
    clock.move_to(at(2026, 2, 28, 23, 59))
    sweep.sweep()
    with keeper():
        ward = wards.of(home.child)
    assert ward is not None
    assert not ward.must_answer
    clock.move_to(at(2026, 3, 1))
    sweep.sweep()
    return home


def posted(home: Family, **other: str) -> dict[str, str]:
    return {
        "login_id": home.login_id,
        "password": home.password,
        "email": f"{home.login_id}@mail.example",
        "age_attested": "on",
        "terms": "on",
        **other,
    }


def stays(home: Family, **other: str) -> None:
    coming_of_age.agree(
        posted(home, **other),
        notice=coming_of_age.begin(KO).notice.hash,
        language=KO,
        address_key=people.mark(),
    )


def enters(home: Family) -> log_in.Session:
    return log_in.log_in(home.login_id, home.password, language=KO, address_key=people.mark())


def test_the_guardians_say_ends_and_nothing_of_them_stays(
    standing_clock: FixedClock, mail_sandbox: Sandbox
) -> None:
    standing_clock.move_to(at(2026, 2, 10))
    home = family(born="2012-02")
    guardian, number = home.asked.guardian, home.asked.number
    session = enters(home).key
    standing_clock.move_to(at(2026, 2, 28, 23, 50))
    key = home.opens()
    session = enters(home).key
    standing_clock.move_to(at(2026, 3, 1))
    assert coming_of_age.look().grown == 1
    with keeper():
        assert gate.holdings(guardian) == ()
        assert asking.of(guardian) is None
        assert {one.kind for one in gate.holdings(home.child)} <= {
            RecordKind.MEMBERSHIP,
            RecordKind.ACCESS_RECORD,
        }
        facts = ledger.standing(home.child)
    assert (facts.age, facts.guardian) == (AgeClass.CHILD, None)
    assert log_in.session(session) is None
    with pytest.raises(NotFound):
        guardian_portal.view(key, KO)
    guardian_portal.send_link(number, address_key=people.mark())
    last = mail_sandbox.call("GET", "/sandbox/letters")[1][0]
    assert "2026년 3월 31일" in last["text"]
    assert coming_of_age.look() == coming_of_age.Looked(0, 0)


def test_no_session_begins_before_the_person_agreed(standing_clock: FixedClock) -> None:
    home = grown(standing_clock)
    with pytest.raises(log_in.MustAnswer):
        enters(home)
    with pytest.raises(Invalid):
        log_in.log_in(home.login_id, "not it", language=KO, address_key=people.mark())


def test_who_agrees_is_a_member_like_every_other(standing_clock: FixedClock) -> None:
    home = grown(standing_clock)
    stays(home)
    with keeper():
        facts = ledger.standing(home.child)
        assert wards.of(home.child) is None
        held = [one for one in gate.holdings(home.child) if one.kind is RecordKind.MEMBERSHIP]
    assert facts.age is AgeClass.ADULT
    assert held[0].destroy_after is None
    assert enters(home).subject == home.child
    standing_clock.move(timedelta(days=400))
    sweep.sweep()
    assert enters(home).subject == home.child


@pytest.mark.parametrize("missing", ["age_attested", "terms", "email"])
def test_a_yes_says_everything(standing_clock: FixedClock, missing: str) -> None:
    home = grown(standing_clock)
    with pytest.raises(Invalid) as wrong:
        stays(home, **{missing: ""})
    assert wrong.value.problems.keys() == {missing}
    with keeper():
        assert ledger.standing(home.child).age is AgeClass.CHILD


def test_who_says_no_is_forgotten(standing_clock: FixedClock) -> None:
    home = grown(standing_clock)
    done = coming_of_age.decline(posted(home), language=KO, address_key=people.mark())
    assert leave.verify(done.text)
    assert RecordKind.MEMBERSHIP in {one.kind for one in done.gone}
    with pytest.raises(Invalid):
        enters(home)


def test_who_does_not_answer_is_forgotten_after_thirty_days(standing_clock: FixedClock) -> None:
    home = grown(standing_clock)
    standing_clock.move_to(at(2026, 3, 31, 23, 59))
    sweep.sweep()
    with pytest.raises(log_in.MustAnswer):
        enters(home)
    standing_clock.move_to(at(2026, 4, 1))
    sweep.sweep()
    with pytest.raises(Invalid):
        enters(home)
    with keeper(), connection.cursor() as cursor:
        assert not [one for one in gate.holdings(home.child) if one.kind is RecordKind.MEMBERSHIP]
        assert wards.of(home.child) is None
        cursor.execute(
            "SELECT count(*) FROM accounts_credential WHERE subject_id = %s", [home.child]
        )
        assert cursor.fetchone() == (0,)


def test_the_period_is_the_documents(standing_clock: FixedClock) -> None:
    longer = policy_of(changed(('own_consent = "P30D"', 'own_consent = "P3M"')))
    with obeying(longer):
        home = grown(standing_clock)
        standing_clock.move_to(at(2026, 5, 31))
        sweep.sweep()
        with pytest.raises(log_in.MustAnswer):
            enters(home)


def test_somebody_else_answers_for_nobody(standing_clock: FixedClock) -> None:
    home = grown(standing_clock)
    member = people.member()
    for who in (
        {"password": "not the password"},
        {"login_id": member.person.login_id, "password": member.person.password},
    ):
        with pytest.raises(Invalid):
            stays(home, **who)
        with pytest.raises(Invalid):
            coming_of_age.decline(posted(home, **who), language=KO, address_key=people.mark())
    with keeper():
        assert ledger.standing(home.child).age is AgeClass.CHILD
        assert ledger.standing(member.subject).age is AgeClass.ADULT


def test_a_password_cannot_be_tried_without_end(standing_clock: FixedClock) -> None:
    home = grown(standing_clock)
    for _ in range(5):
        with pytest.raises(Invalid):
            stays(home, password="not the password")
    with pytest.raises(Throttled):
        stays(home)


def test_a_child_does_not_grow_up_by_a_box(standing_clock: FixedClock) -> None:
    home = family()
    with pytest.raises(Invalid):
        stays(home)
    with keeper():
        ledger.receive(
            home.child,
            given={"age_attested": True},
            notice="0" * 64,
            policy_version="x",
            language=KO,
            age=AgeClass.ADULT,
        )
        facts = ledger.standing(home.child)
    assert (facts.age, facts.guardian) == (AgeClass.CHILD, home.asked.guardian)


def test_the_month_is_opened_once_a_month_and_by_the_mall_alone(standing_clock: FixedClock) -> None:
    standing_clock.move_to(at(2026, 2, 10))
    home = family()
    for day in (at(2026, 2, 20), at(2026, 3, 1), at(2026, 3, 2), at(2026, 3, 31, 23, 59)):
        standing_clock.move_to(day)
        coming_of_age.look()
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_role, job FROM audit_entry WHERE trail = %s AND %s = ANY(items)"
            " AND event = 'vault:items:opened'",
            [gate.trail_of(home.child), Item.BIRTH_MONTH],
        )
        assert cursor.fetchall() == [("system", "coming_of_age")]


def test_nobody_under_age_is_ever_handed_over(standing_clock: FixedClock) -> None:
    standing_clock.move_to(at(2026, 1, 15))
    months = ["2012-02", "2012-03", "2012-12", "2013-01", "2016-02"]
    homes = {born: family(born=born) for born in months}
    seen: dict[str, date] = {}
    day = at(2026, 1, 15)
    while day < at(2027, 3, 2):
        standing_clock.move_to(day)
        coming_of_age.look()
        for born, home in homes.items():
            with keeper():
                ward = wards.of(home.child)
            if born not in seen and (ward is None or ward.must_answer):
                seen[born] = day.date()
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    assert seen == {born: of_age.surely_from(born, 14) for born in months[:4]}


def test_a_child_cannot_change_when_it_was_born(standing_clock: FixedClock) -> None:
    home = family()
    with keeper(), pytest.raises(Refused):
        gate.amend(
            home.child,
            RecordKind.CHILDHOOD,
            {Item.BIRTH_MONTH: "2010-01"},
            purpose=Purpose.RIGHTS,
            actor=home.actor,
        )
