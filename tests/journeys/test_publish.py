"""A policy is published whole: version, pages, notice, and a question to every member."""

import datetime
from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.cast import people
from tests.cast.policies import changed, source
from yaksok.database.roles import keeper
from yaksok.database.selecting import rows
from yaksok.journeys import publish
from yaksok.journeys.policy_notice import notice
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.board import reading
from yaksok.mall.board.cleaning import BODY_MAX
from yaksok.policy import in_force
from yaksok.policy.decide import Permit, Refusal, Request, decide
from yaksok.policy.document import DocumentError
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Action, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import campaigns, ledger
from yaksok.privacy.published import obeying, register

pytestmark = pytest.mark.django_db

MALL = Actor.system("publish")
PURPOSES = 'label = { ko = "회원 정보", en = "membership" }\npurposes = ["member_service", '
GRANT = '  { roles = ["member"], actions = ["erase"], purposes = ["rights"], own = true },\n'
WIDER = (
    (PURPOSES, PURPOSES + '"delivery", "payment", '),
    (
        GRANT,
        GRANT + '  { roles = ["system"], actions = ["open"], purposes = ["delivery", "payment"],'
        ' items = ["email"] },\n',
    ),
)
"""The mall may open a member's e-mail for delivery and for payment: two things to ask."""
VERSION = 'version = "2026-11-24"\neffective = 2026-11-24'
SAID = 'changes = { ko = "한 가지를 바꿨습니다.", en = "One thing was changed." }'


@pytest.fixture
def founded(standing_clock: clock.FixedClock) -> Iterator[int]:
    """A mall whose first version is in force."""
    yield publish.found(MALL)
    in_force.configure_from(None)


def following(days: int, *changes: tuple[str, str]) -> str:
    """The packaged document with ``changes``, to take effect in ``days``."""
    day = (clock.now() + timedelta(days=days)).date()
    said = "" if any(SAID[:9] in new for _, new in changes) else SAID
    return changed((VERSION, f'version = "{day}"\neffective = {day}\n{said}'), *changes)


def may_use_it(subject: object) -> Permit | Refusal:
    with keeper():
        facts = ledger.standing(subject)  # type: ignore[arg-type]  # the test's own subject
    request = Request(
        Action.OPEN,
        RecordKind.MEMBERSHIP,
        frozenset({Item.EMAIL}),
        Purpose.DELIVERY,
        MALL,
        subject,  # type: ignore[arg-type]  # as above
    )
    return decide(in_force.policy(), request, facts)


def test_the_first_version_asks_nobody(founded: int) -> None:
    assert founded == register.FOUNDING
    with keeper():
        assert in_force.number() == 1
        assert publish.found(MALL) == 1
        assert rows("SELECT count(*) FROM consent_asked")[0][0] == 0
        for language in Language:
            assert register.page(1, "policy", language)


def test_every_member_is_asked_in_the_same_transaction(founded: int) -> None:
    members = [people.member(), people.stranger()]
    done = publish.publish(following(40, *WIDER), base=founded, actor=MALL)
    assert done.number == 2
    assert len(done.points) == 2
    assert done.asked == len(members) * 2
    with keeper():
        for member in members:
            asked = campaigns.questions(member.subject)
            assert {one.point for one in asked} == set(done.points)
            assert all(one.agreed is None for one in asked)
        assert reading.by_key(f"policy:{done.version}") is not None


def test_nothing_happens_before_its_day(founded: int, standing_clock: clock.FixedClock) -> None:
    member = people.member()
    publish.publish(following(40, *WIDER), base=founded, actor=MALL)
    with keeper():
        assert in_force.number() == 1
    standing_clock.move(timedelta(days=41))
    with keeper():
        assert in_force.number() == 2
    answer = may_use_it(member.subject)
    assert isinstance(answer, Refusal)
    assert answer.promise == "P1.9"


def test_a_yes_opens_it_for_that_person_alone(
    founded: int, standing_clock: clock.FixedClock
) -> None:
    agrees, silent = people.member(), people.stranger()
    done = publish.publish(following(40, *WIDER), base=founded, actor=MALL)
    with keeper():
        campaigns.answer(
            agrees.subject,
            done.number,
            dict.fromkeys(done.points, True),
            notice="0" * 64,
            policy_version=done.version,
            language=Language.KOREAN,
        )
    standing_clock.move(timedelta(days=41))
    with keeper():
        assert in_force.number() == 2
    assert isinstance(may_use_it(agrees.subject), Permit)
    assert isinstance(may_use_it(silent.subject), Refusal)


def test_who_joins_before_the_day_is_asked_and_who_joins_after_was_told(
    founded: int, standing_clock: clock.FixedClock
) -> None:
    publish.publish(following(40, *WIDER), base=founded, actor=MALL)
    early = people.member()
    standing_clock.move(timedelta(days=41))
    with keeper():
        assert in_force.number() == 2
    late = people.stranger()
    with keeper():
        assert campaigns.pending(early.subject) == 2
        assert campaigns.pending(late.subject) == 0
    assert isinstance(may_use_it(early.subject), Refusal)
    assert isinstance(may_use_it(late.subject), Permit)


def test_a_mistyped_year_does_not_stop_every_later_version(founded: int) -> None:
    with pytest.raises(DocumentError, match="or sooner") as told:
        publish.publish(following(36_525), base=founded, actor=MALL)
    assert told.value.key == "effective"
    with keeper():
        assert register.number_in_force() == founded
        assert len(register.versions()) == founded
    assert publish.publish(following(366), base=founded, actor=MALL).number == founded + 1


def test_it_hangs_on_the_board_for_its_time_first(founded: int) -> None:
    with pytest.raises(DocumentError, match="effective") as told:
        publish.publish(following(29, *WIDER), base=founded, actor=MALL)
    assert "write" in told.value.cure
    with keeper():
        latest = register.latest()
        assert latest is not None
        assert latest.number == 1


def test_the_second_of_two_officers_sees_the_firsts_change(founded: int) -> None:
    publish.publish(following(40, *WIDER), base=founded, actor=MALL)
    with pytest.raises(publish.Overtaken) as overtaken:
        publish.publish(following(41, *WIDER), base=founded, actor=MALL)
    assert overtaken.value.number == 2


def test_a_crash_leaves_the_old_version_whole(
    founded: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.member()

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError

    for step in ("campaigns.open_for_all", "posting.post", "log.record", "register.keep"):
        module, name = step.split(".")
        with monkeypatch.context() as broken:
            broken.setattr(getattr(publish, module), name, crash)
            with pytest.raises(RuntimeError):
                publish.publish(following(40, *WIDER), base=founded, actor=MALL)
        with keeper():
            latest = register.latest()
            assert latest is not None
            assert latest.number == 1, step
            assert rows("SELECT count(*) FROM consent_asked")[0][0] == 0
            assert rows("SELECT count(*) FROM published_text WHERE number > 1")[0][0] == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_only_the_trained_officer_publishes(founded: int, role: Role) -> None:
    untrained = Actor(role, new_subject_id())
    with pytest.raises(Refused):
        publish.publish(following(40, *WIDER), base=founded, actor=untrained)


def test_a_name_is_used_once(founded: int) -> None:
    with pytest.raises(DocumentError, match="published already"):
        publish.publish(source(), base=founded, actor=MALL)


def test_an_unlawful_document_stays_out(founded: int) -> None:
    fax = ('fax = "02-000-0009"', 'fax = "☎"')
    with pytest.raises(publish.Unlawful) as unlawful:
        publish.publish(following(40, fax), base=founded, actor=MALL)
    assert {finding.rule for finding in unlawful.value.findings} == {"L-CPO"}


def test_simulating_counts_and_changes_nothing(founded: int) -> None:
    people.member()
    shown = publish.simulate(following(40, *WIDER))
    assert shown.members == 1
    assert len(shown.impact.points) == 2
    assert shown.earliest - clock.now().date() >= datetime.timedelta(days=30)
    with keeper():
        latest = register.latest()
        assert latest is not None
        assert latest.number == 1


def test_a_contact_changes_at_once(founded: int) -> None:
    done = publish.publish(
        following(0, ('fax = "02-000-0009"', 'fax = "02-000-0010"')), base=founded, actor=MALL
    )
    assert done.points == ()
    with keeper():
        assert in_force.number() == 2
        assert in_force.policy().document.body.officers.manager.fax == "02-000-0010"


def test_a_process_that_lost_its_version_takes_the_one_in_force(founded: int) -> None:
    with keeper():
        assert in_force.number() == 1
    in_force.configure_from(None)
    obeying.take(1)
    assert in_force.number() == 1


def test_a_version_does_not_overtake_the_one_that_is_to_come(founded: int) -> None:
    publish.publish(following(40, *WIDER), base=founded, actor=MALL)
    sooner = following(39, *WIDER, ('fax = "02-000-0009"', 'fax = "02-000-0010"'))
    assert publish.simulate(sooner).earliest == (clock.now() + timedelta(days=40)).date()
    with pytest.raises((publish.Unlawful, DocumentError)):
        publish.publish(sooner, base=2, actor=MALL)


def test_a_notice_is_never_longer_than_the_board_takes(founded: int) -> None:
    shown = publish.simulate(following(40, *WIDER))
    (point, _) = shown.impact.points
    many = replace(shown.impact, points=tuple(point for _ in range(900)))
    words = Text(ko="긴 말 " * 4000, en="long words " * 4000)
    body = replace(shown.document.body, changes=words)
    told = notice(replace(shown.after, document=replace(shown.document, body=body)), many)
    assert told.faults() == {}
    for text in (told.body.ko, told.body.en):
        assert len(text) <= BODY_MAX
        assert text.count("\n- ") > 20
    assert "more; see the comparison" in told.body.en
    assert "가지가 더" in told.body.ko
