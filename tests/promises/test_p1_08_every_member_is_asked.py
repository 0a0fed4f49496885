"""P1.8: a new purpose or use is put to every member, in the transaction that publishes it."""

from collections.abc import Iterator

import pytest

from tests.cast import people
from tests.journeys.test_publish import MALL, WIDER, following
from yaksok.database.roles import keeper
from yaksok.database.selecting import rows
from yaksok.journeys import publish
from yaksok.kernel.clock import FixedClock
from yaksok.policy import in_force
from yaksok.policy.vocabulary import RecordKind
from yaksok.privacy.consent import campaigns
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def founded(standing_clock: FixedClock) -> Iterator[None]:
    publish.found(MALL)
    yield
    in_force.configure_from(None)


def count(statement: str) -> int:
    with keeper():
        return int(rows(statement)[0][0])


def test_each_member_has_a_pending_question_for_each_point() -> None:
    members = [people.member() for _ in range(4)]
    done = publish.publish(following(40, *WIDER), base=1, actor=MALL)
    with keeper():
        assert gate.count(RecordKind.MEMBERSHIP) == len(members)
        for member in members:
            put = {one.point for one in campaigns.questions(member.subject) if one.agreed is None}
            assert put == set(done.points)
    assert len(done.points) == 2
    assert count("SELECT count(DISTINCT subject_id) FROM consent_asked") == len(members)
    assert count("SELECT count(*) FROM consent_asked") == len(members) * len(done.points)


def test_the_version_and_the_questions_come_together_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people.member()

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(publish, "_announce", breaks)
    with pytest.raises(RuntimeError):
        publish.publish(following(40, *WIDER), base=1, actor=MALL)
    assert count("SELECT count(*) FROM published_version") == 1
    assert count("SELECT count(*) FROM consent_asked") == 0


def test_who_joins_between_notice_and_effect_is_asked_too() -> None:
    done = publish.publish(following(40, *WIDER), base=1, actor=MALL)
    late = people.member()
    with keeper():
        assert campaigns.pending(late.subject) == len(done.points)
