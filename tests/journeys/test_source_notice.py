"""A recipient asks where the mall has their data from, is told at once, and it is written down."""

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.orders import Ordered, ordered
from yaksok.database.roles import keeper
from yaksok.journeys import source_notice
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Language, Purpose
from yaksok.privacy.rights import register
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db
KOREAN = Language.KOREAN


def asks(
    bought: Ordered, actor: Actor | None = None, language: Language = KOREAN, channel: str = "web"
) -> source_notice.SourceNotice:
    order = bought.now()
    asking = actor or Actor.recipient(order.recipient)
    assert asking.subject
    place = (order.subject, order.id)
    return source_notice.tell(order.recipient, asking, place, language=language, channel=channel)


def test_it_says_who_gave_it_when_what_for_what_and_what_one_may_do(
    standing_clock: FixedClock,
) -> None:
    bought = ordered()
    told = asks(bought)
    payer = bought.payer.name
    assert told.source.startswith(f"주문하신 분({payer[0]}")
    assert payer not in told.source
    assert "2026-03-02" in told.source
    assert set(told.items) == {"이름", "전화번호", "우편번호", "주소"}
    assert "주문한 상품의 배송" in told.purposes
    assert "멈추라고" in told.rights
    assert (told.given_at, told.told_at) == (bought.now().placed_at, clock.now())


def test_it_is_told_in_the_language_of_the_page() -> None:
    told = asks(ordered(), language=Language.ENGLISH)
    assert told.source.startswith("Whoever ordered (")
    assert "address" in told.items


def test_that_they_were_told_is_kept_with_the_way_and_no_value() -> None:
    bought = ordered()
    asks(bought, channel="phone")
    recipient = bought.now().recipient
    with keeper():
        (line,) = register.of(recipient)
        trail = gate.trail_of(recipient)
    assert (line.channel, line.answered_at is not None) == ("phone", True)
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT reason, items::text FROM audit_entry"
            " WHERE trail = %s AND event = 'rights:source:told'",
            [trail],
        )
        ((way, items),) = cursor.fetchall()
    assert way == "phone"
    for value in bought.recipient.canaries():
        assert value not in items


def test_nobody_else_is_told() -> None:
    bought = ordered()
    order = bought.now()
    for actor in (
        Actor.guest(order.subject),
        Actor.visitor(),
        Actor.system("x"),
        people.officer().actor,
        people.stranger().actor,
    ):
        with pytest.raises(Refused) as refused:
            source_notice.tell(order.recipient, actor, (order.subject, order.id), language=KOREAN)
        assert refused.value.promise == "P8.5"


def test_another_parcel_says_nothing() -> None:
    mine, other = ordered().now(), ordered().now()
    actor = Actor.recipient(mine.recipient)
    with pytest.raises(NotFound):
        source_notice.tell(mine.recipient, actor, (other.subject, other.id), language=KOREAN)


def test_who_gave_it_may_be_gone_and_so_may_the_data() -> None:
    bought = ordered()
    order = bought.now()
    erase(order.subject)
    assert "이미 파기했습니다" in asks(bought).source
    erase(order.recipient)
    with pytest.raises(NotFound):
        asks(bought)


def erase(subject: SubjectId) -> None:
    with keeper():
        gate.erase(subject, actor=Actor.guest(subject), purpose=Purpose.RIGHTS, reason="left")
