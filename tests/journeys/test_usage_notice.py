"""Once a year each member is told what is used of theirs and who received it; no value is in it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import people
from tests.cast.orders import ordered
from tests.cast.people import Member
from tests.cast.sandboxes import Sandbox
from tests.journeys.test_publish import MALL
from tests.surfaces.visits import Visitor, browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import leave, publish, tell, usage_notice
from yaksok.journeys.rounds import Told
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import new_id
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger, yearly
from yaksok.privacy.disclosure.models import Handover
from yaksok.privacy.post.models import Letter
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db
KOREAN = Language.KOREAN


def letters(member: Member | None = None) -> int:
    with keeper():
        rows = Letter.objects.filter(template="usage_notice")
        return rows.filter(subject_id=member.subject).count() if member else rows.count()


def told(member: Member) -> int:
    with keeper():
        standing = yearly.of(member.subject)
    return standing.told if standing else 0


def received(member: Member, *, ago: timedelta) -> None:
    """A line of the register: a company received the member's name."""
    at = clock.now() - ago
    with keeper():
        (held,) = gate.holdings(member.subject)
        Handover.objects.create(
            subject_id=member.subject,
            id=new_id(),
            recipient="courier",
            message="handover",
            kind=RecordKind.MEMBERSHIP,
            record_id=held.record,
            items=[Item.NAME],
            purpose=Purpose.DELIVERY,
            promise="P4.13",
            reference=people.mark(),
            state="acknowledged",
            planned_at=at,
            next_try=at,
            sent_at=at,
        )


@pytest.fixture
def standing_clock() -> Iterator[FixedClock]:
    """29 February 2028, ten in the morning: a day that the next three years do not have."""
    with clock.fixed(datetime(2028, 2, 29, 1, 0, tzinfo=UTC)) as standing:
        yield standing


def test_nobody_is_told_before_a_year_is_over(standing_clock: FixedClock) -> None:
    member = people.member()
    assert usage_notice.tell() == Told(0, 0)
    standing_clock.move_to(datetime(2029, 2, 28, 14, 59, tzinfo=UTC))  # the last minute in Seoul
    assert usage_notice.tell() == Told(0, 0)
    standing_clock.move_to(datetime(2029, 2, 28, 15, 1, tzinfo=UTC))
    assert usage_notice.tell() == Told(1, 0)
    assert usage_notice.tell() == Told(0, 0)
    assert told(member) == 1


def test_each_year_is_told_once_and_the_day_stays(standing_clock: FixedClock) -> None:
    member = people.member()
    for year in (2029, 2030, 2031):
        standing_clock.move_to(datetime(year, 6, 1, tzinfo=UTC))  # months too late
        usage_notice.tell()
        usage_notice.tell()
        with keeper():
            standing = yearly.of(member.subject)
        assert standing
        assert standing.next_at == datetime(year + 1, 3, 1, tzinfo=SEOUL)  # February is over
    assert letters(member) == 3


def test_who_was_not_reached_for_years_is_told_once(standing_clock: FixedClock) -> None:
    member = people.member()
    usage_notice.tell()
    standing_clock.move_to(datetime(2033, 1, 1, tzinfo=UTC))
    assert usage_notice.tell().noted == 1
    assert usage_notice.tell().noted == 0
    assert told(member) == 1


def test_the_letter_says_what_for_what_and_who(
    standing_clock: FixedClock, mail_sandbox: Sandbox
) -> None:
    member = people.member()
    tell.send_due()
    standing_clock.move(timedelta(days=367))
    received(member, ago=timedelta(days=10))
    usage_notice.tell()
    assert tell.send_due().sent == 1
    letter = mail_sandbox.call("GET", "/sandbox/letters")[1][0]
    for word in (
        "- 회원 정보: ",
        "아이디",
        "이메일",
        "이름을 밝힌 회원 편의 서비스",
        "- 한길택배 (모의 서버): 이름 (주문한 상품의 배송)",
        "2028-02-29부터 2029-03-02까지",
        "/my/usage",
    ):
        assert word in letter["text"], word
    for value in member.person.canaries():
        assert value not in letter["text"]


def test_what_was_received_before_the_year_is_not_in_it(standing_clock: FixedClock) -> None:
    member = people.member()
    usage_notice.tell()
    received(member, ago=timedelta(days=-20))
    standing_clock.move(timedelta(days=40))
    found = usage_notice.view(member.actor, KOREAN)
    assert [(one.company, one.times) for one in found.received] == [("한길택배 (모의 서버)", 1)]
    standing_clock.move(timedelta(days=400))
    usage_notice.tell()
    assert usage_notice.view(member.actor, KOREAN).received == ()
    assert usage_notice.view(member.actor, KOREAN).told_at == clock.now()


def test_who_may_not_be_written_to_is_looked_at_again(standing_clock: FixedClock) -> None:
    publish.found(MALL)
    member, other = people.member(), people.stranger()
    with keeper():
        ledger.decide(
            member.subject,
            {"use": False},
            notice="0" * 64,
            policy_version="2026-11-24",
            language=KOREAN,
        )
    standing_clock.move(timedelta(days=367))
    assert usage_notice.tell() == Told(1, 1)
    assert (told(member), told(other)) == (0, 1)
    assert usage_notice.tell() == Told(0, 0)
    standing_clock.move(timedelta(days=1))
    assert usage_notice.tell() == Told(0, 1)


def test_who_left_has_no_row_any_more(standing_clock: FixedClock) -> None:
    member = people.member()
    usage_notice.tell()
    assert told(member) == 0
    with keeper():
        assert yearly.of(member.subject)
    leave.confirm(member.actor, member.person.password, language=KOREAN)
    with keeper():
        assert yearly.of(member.subject) is None
    standing_clock.move(timedelta(days=400))
    assert usage_notice.tell() == Told(0, 0)


def test_guests_are_not_written_to(standing_clock: FixedClock) -> None:
    ordered()
    standing_clock.move(timedelta(days=400))
    assert usage_notice.tell().noted == 0
    with pytest.raises(NotFound):
        usage_notice.view(Actor.visitor(), KOREAN)


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ("이용내역", "이메일, 아이디", "아무도 받아 가지 않았어요")),
        ("/en", ("What is used", "e-mail", "Nobody received anything")),
    ],
)
def test_the_member_centre_shows_it(prefix: str, words: tuple[str, ...]) -> None:
    page = browser_of(people.member()).text(f"{prefix}/my/usage")
    for word in words:
        assert word in page
    assert Visitor().get(f"{prefix}/my/usage").status_code == 302
