"""P3.4: nobody loses their membership untold, unheard, within thirty days, or by one person's word."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import leave, terms_cases, terms_limits
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Item, Language, RecordKind
from yaksok.privacy.post.models import Letter
from yaksok.privacy.retention import cases, register
from yaksok.privacy.retention.cases import Ground, Stage
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN
CLERK = Actor(Role.CLERK, new_subject_id(), trained=True)
AUDITOR = Actor(Role.AUDITOR, new_subject_id(), trained=True)
WORDS = "대금은 어제 보냈습니다. 영수증이 있어요."


def officer() -> Actor:
    """One of the officers; their account is of no account here."""
    return Actor(Role.OFFICER, new_subject_id(), trained=True)


class Hearing:
    """A case, the member it is about, and two officers."""

    def __init__(self, at: FixedClock) -> None:
        self.clock = at
        self.member = people.member()
        self.first, self.second = officer(), officer()
        self.id: UUID = terms_cases.warn(
            self.member.person.login_id,
            Ground.UNPAID_DEBT,
            actor=self.first,
            language=KOREAN,
        )

    @property
    def now(self) -> cases.Case:
        """The case as it stands."""
        with keeper():
            return cases.locked(self.id)

    def noticed(self) -> "Hearing":
        """The warning came to nothing, and the member was told."""
        self.clock.move_to(self.now.cure_until)
        terms_cases.give_notice(self.id, actor=self.first)
        return self

    def heard(self) -> "Hearing":
        """The time to explain is over."""
        until = self.noticed().now.explain_until
        assert until
        self.clock.move_to(until)
        return self

    def explains(self, words: str = WORDS) -> None:
        shown = terms_cases.mine(self.member.actor, KOREAN)
        assert shown
        fields = {"body": words, "notice": shown.notice.hash}
        terms_cases.explain(fields, actor=self.member.actor, language=KOREAN)

    def is_member(self) -> bool:
        with keeper():
            return any(
                one.kind is RecordKind.MEMBERSHIP for one in gate.holdings(self.member.subject)
            )


@pytest.fixture
def hearing(standing_clock: FixedClock) -> Hearing:
    return Hearing(standing_clock)


def lose(case: Hearing) -> None:
    terms_cases.propose(case.id, Stage.LOST, actor=case.first)
    terms_cases.decide(case.id, agrees=True, actor=case.second)


def early_notice(case: Hearing) -> None:
    terms_cases.give_notice(case.id, actor=case.first)


def day_before(case: Hearing) -> None:
    until = case.noticed().now.explain_until
    assert until
    case.clock.move_to(until - timedelta(seconds=1))
    lose(case)


def alone(case: Hearing) -> None:
    terms_cases.propose(case.heard().id, Stage.LOST, actor=case.first)
    terms_cases.decide(case.id, agrees=True, actor=case.first)


def unproposed(case: Hearing) -> None:
    terms_cases.decide(case.heard().id, agrees=True, actor=case.second)


def untrained(case: Hearing) -> None:
    terms_cases.propose(case.heard().id, Stage.LOST, actor=case.first)
    terms_cases.decide(case.id, agrees=True, actor=Actor(case.second.role, case.second.subject))


def by_a_clerk(case: Hearing) -> None:
    terms_cases.propose(case.heard().id, Stage.LOST, actor=CLERK)


def after_the_cure(case: Hearing) -> None:
    terms_cases.cured(case.heard().id, actor=case.first)
    lose(case)


@pytest.mark.parametrize(
    "shortcut",
    [lose, early_notice, day_before, alone, unproposed, untrained, by_a_clerk, after_the_cure],
)
def test_no_step_can_be_left_out(hearing: Hearing, shortcut: Callable[[Hearing], None]) -> None:
    with pytest.raises(Refused):
        shortcut(hearing)
    assert hearing.is_member()


def test_thirty_whole_days_to_explain_and_to_put_it_right(hearing: Hearing) -> None:
    case = hearing.noticed().now
    assert case.noticed_at
    assert case.explain_until
    assert case.explain_until - case.noticed_at >= timedelta(days=30)
    assert case.cure_until - case.opened_at >= timedelta(days=30)


def test_the_member_is_told_each_time_and_reads_why(hearing: Hearing) -> None:
    hearing.noticed()
    with keeper():
        letters = Letter.objects.filter(subject_id=hearing.member.subject)
        templates = {letter.template for letter in letters}
    assert {"terms_warned", "terms_noticed"} <= templates
    shown = terms_cases.mine(hearing.member.actor, KOREAN)
    assert shown
    assert "이용약관 제7조" in shown.why


def test_what_happened_twice_more_needs_no_thirty_days_to_put_right(hearing: Hearing) -> None:
    terms_cases.repeated(hearing.id, actor=hearing.first)
    with pytest.raises(Refused):
        terms_cases.give_notice(hearing.id, actor=hearing.first)
    terms_cases.repeated(hearing.id, actor=hearing.first)
    terms_cases.give_notice(hearing.id, actor=hearing.first)
    assert hearing.now.stage is Stage.NOTICED


def test_only_officers_read_what_was_explained_and_an_explanation_stops_a_proposal(
    hearing: Hearing,
) -> None:
    hearing.heard()
    terms_cases.propose(hearing.id, Stage.LOST, actor=hearing.first)
    hearing.explains()
    assert hearing.now.stage is Stage.NOTICED, "what was not read was not decided about"
    assert terms_cases.read(hearing.id, actor=hearing.second) == WORDS
    for other in (CLERK, AUDITOR, Actor.member(new_subject_id())):
        with pytest.raises(Refused):
            terms_cases.read(hearing.id, actor=other)


def test_a_second_person_who_disagrees_ends_the_proposal(hearing: Hearing) -> None:
    terms_cases.propose(hearing.heard().id, Stage.LOST, actor=hearing.first)
    assert terms_cases.decide(hearing.id, agrees=False, actor=hearing.second) is None
    assert hearing.now.stage is Stage.NOTICED
    assert hearing.is_member()


def test_kept_or_put_right_they_stay_a_member_and_may_order_again(hearing: Hearing) -> None:
    with pytest.raises(Refused):
        terms_limits.must_not_be_limited(hearing.member.actor)
    terms_cases.propose(hearing.heard().id, Stage.KEPT, actor=hearing.first)
    terms_cases.decide(hearing.id, agrees=True, actor=hearing.second)
    assert hearing.now.stage is Stage.KEPT
    assert hearing.is_member()
    terms_limits.must_not_be_limited(hearing.member.actor)


def test_when_two_decided_all_is_destroyed_but_what_a_law_keeps(hearing: Hearing) -> None:
    order = trades.order_of(hearing.member, OrderState.DELIVERED)
    hearing.noticed()
    hearing.explains()
    until = hearing.now.explain_until
    assert until
    hearing.clock.move_to(until)
    terms_cases.propose(hearing.id, Stage.LOST, actor=hearing.first)
    done = terms_cases.decide(hearing.id, agrees=True, actor=hearing.second)
    assert done
    assert leave.verify(done.text)
    subject = hearing.member.subject
    with keeper():
        kinds = {one.kind for one in gate.holdings(subject)}
        assert kinds == {RecordKind.STATUTORY}
        assert {one.kind for one in gate.holdings(order.recipient)} <= kinds
        lost = [line for line in register.lines() if line.reason == terms_cases.LOST]
    assert {"membership", "terms_case"} <= {line.kind for line in lost}
    assert (RecordKind.TERMS_CASE, (Item.BODY,), "complaint") in {
        (one.kind, one.items, one.law) for one in done.kept
    }
    assert hearing.now.stage is Stage.LOST


def test_who_leaves_meanwhile_leaves(hearing: Hearing) -> None:
    hearing.noticed()
    leave.confirm(hearing.member.actor, hearing.member.person.password, language=KOREAN)
    assert hearing.now.stage is Stage.LEFT
    with pytest.raises(Refused):
        lose(hearing)
