"""A refusal stands until the person lifts it, and takes with it what it contradicts."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.orders import ordered
from tests.cast.partners import CONSENT, sharing
from tests.cast.people import Member
from tests.cast.policies import ADVERTISER, changed, granting, obeying, policy_of
from tests.journeys.test_publish import MALL, WIDER, following
from yaksok.database.roles import keeper
from yaksok.journeys import consents, publish, receipts, refusals
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import new_subject_id
from yaksok.policy.compile import Permit
from yaksok.policy.decide import Refusal, Request, decide
from yaksok.policy.facts import BEYOND_SCOPE, DISCLOSE, USE, Facts
from yaksok.policy.vocabulary import Action, AgeClass, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


def facts(member: Member) -> Facts:
    with keeper():
        return ledger.standing(member.subject)


def refuse(member: Member, name: str) -> refusals.Change:
    return refusals.refuse(member.actor, name, stands=True, language=KOREAN)


def lift(member: Member, name: str) -> refusals.Change:
    return refusals.refuse(member.actor, name, stands=False, language=KOREAN)


def shown(member: Member, name: str) -> refusals.Refusal:
    (one,) = (r for r in refusals.view(member.actor, KOREAN) if r.name == name)
    return one


def test_it_says_since_when_and_by_which_way(standing_clock: clock.FixedClock) -> None:
    member = people.member()
    assert (shown(member, BEYOND_SCOPE).stands, shown(member, BEYOND_SCOPE).since) == (False, None)
    standing_clock.move(timedelta(days=3))
    refuse(member, BEYOND_SCOPE)
    one = shown(member, BEYOND_SCOPE)
    assert (one.stands, one.since, one.channel) == (True, clock.now(), "web")
    lift(member, BEYOND_SCOPE)
    assert not shown(member, BEYOND_SCOPE).stands


def test_it_outlives_a_later_yes(standing_clock: clock.FixedClock) -> None:
    member = people.member()
    refuse(member, BEYOND_SCOPE)
    first = publish.found(MALL)
    done = publish.publish(following(40, *WIDER), base=first, actor=MALL)
    yes = dict.fromkeys(done.points, True)
    consents.answer(member.actor, done.number, yes, language=KOREAN)
    standing_clock.move(timedelta(days=41))

    def opened() -> object:
        with keeper():
            return gate.open_items(
                member.subject,
                {Item.EMAIL},
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.DELIVERY,
                actor=MALL,
            )

    with pytest.raises(Refused) as refused:
        opened()
    assert refused.value.promise == "P4.8"
    lift(member, BEYOND_SCOPE)
    assert opened()


def test_refusing_all_third_parties_withdraws_what_was_given_to_them() -> None:
    member = people.member()
    with sharing():
        consents.give(member.actor, CONSENT, language=KOREAN)
        assert refuse(member, DISCLOSE).withdrawn == (CONSENT,)
        assert CONSENT not in facts(member).consents
        assert {DISCLOSE, CONSENT} <= facts(member).refusals


def test_no_consent_is_taken_against_a_refusal() -> None:
    member = people.member()
    refuse(member, BEYOND_SCOPE)
    refuse(member, DISCLOSE)
    with sharing():
        for name in (CONSENT, "ads_email"):
            with pytest.raises(Invalid) as invalid:
                consents.give(member.actor, name, language=KOREAN)
            assert "거절을 먼저" in invalid.value.problems[""]
        assert not {CONSENT, "ads_email"} & facts(member).consents
        lift(member, DISCLOSE)
        consents.give(member.actor, CONSENT, language=KOREAN)
        assert CONSENT in facts(member).consents


def test_lifting_brings_no_consent_back() -> None:
    member = people.member()
    with sharing():
        consents.give(member.actor, CONSENT, language=KOREAN)
        refuse(member, DISCLOSE)
        lift(member, DISCLOSE)
        assert CONSENT not in facts(member).consents


def test_refusing_more_than_was_told_ends_advertising() -> None:
    member = people.member().agrees("ads_email")
    assert refuse(member, BEYOND_SCOPE).withdrawn == ("ads_email",)
    assert "ads_email" not in facts(member).consents


def test_a_company_that_left_the_policy_stays_refused_and_can_be_lifted() -> None:
    member = people.member()
    with sharing():
        refuse(member, CONSENT)
    assert shown(member, CONSENT).stands
    assert shown(member, CONSENT).text == "지금은 방침에 없는 곳"
    lift(member, CONSENT)
    assert CONSENT not in facts(member).refusals


def test_what_is_never_done_cannot_be_refused() -> None:
    member = people.member()
    for name in ("disclose:stranger", "", "prefill", USE, "change:x"):
        for stands in (True, False):
            with pytest.raises(NotFound):
                refusals.refuse(member.actor, name, stands=stands, language=KOREAN)


def test_a_stopped_use_is_not_lifted_here() -> None:
    member = people.member()
    with keeper():
        ledger.decide(
            member.subject,
            {USE: False},
            notice="0" * 64,
            policy_version="2026-11-24",
            language=KOREAN,
        )
    with pytest.raises(NotFound):
        lift(member, USE)
    assert facts(member).restricted


def test_a_consent_can_never_be_called_like_a_refusal() -> None:
    member = people.member()
    refuse(member, DISCLOSE)
    with keeper(), pytest.raises(ValueError, match="never agreed away"):
        ledger.decide(
            member.subject,
            {DISCLOSE: True},
            notice="0" * 64,
            policy_version="2026-11-24",
            language=KOREAN,
        )
    assert DISCLOSE in facts(member).refusals


def test_a_guest_refuses_as_a_member_does() -> None:
    buyer = ordered().now().subject
    guest = Actor.guest(buyer)
    refusals.refuse(guest, DISCLOSE, stands=True, language=KOREAN)
    with keeper():
        assert DISCLOSE in ledger.standing(buyer).refusals
    assert [one.name for one in refusals.view(guest, KOREAN) if one.stands] == [DISCLOSE]


@pytest.mark.parametrize("role", sorted(set(Role) - refusals.PERSONS))
def test_nobody_but_the_person_can_even_look(role: Role) -> None:
    member = people.member()
    for subject in (member.subject, new_subject_id(), None):
        actor = Actor(role, subject, trained=True, job="x")
        with pytest.raises(Refused):
            refusals.view(actor, KOREAN)
        for stands in (True, False):
            with pytest.raises(Refused):
                refusals.refuse(actor, BEYOND_SCOPE, stands=stands, language=KOREAN)
    assert not facts(member).refusals


def test_the_receipt_says_that_it_was_made_and_lifted() -> None:
    member = people.member()
    refuse(member, DISCLOSE)
    lift(member, DISCLOSE)
    with keeper():
        last, before, *_ = ledger.receipts(member.subject)
    assert (last.lifted, before.withheld) == ((DISCLOSE,), (DISCLOSE,))
    written = receipts.every(member.actor, KOREAN)
    assert "refusal_lifted" in written
    assert "제3자에게 제공하는 것 모두" in written


def test_a_change_of_the_basis_does_not_undo_it() -> None:
    member = people.member()
    with obeying(policy_of(second_courier())):
        refuse(member, DISCLOSE)
    switched = policy_of(second_courier('without_consent = "delivery"\n'))
    request = Request(
        Action.DISCLOSE,
        RecordKind.ORDER_RECIPIENT,
        frozenset({Item.NAME}),
        Purpose.DELIVERY,
        MALL,
        member.subject,
        "advertiser",
    )
    silent = Facts(AgeClass.ADULT, frozenset(), frozenset())
    assert decide(switched, request, silent) == Permit("P4.13")
    answer = decide(switched, request, facts(member))
    assert isinstance(answer, Refusal)
    assert answer.promise == "P4.9"


def second_courier(basis: str = "") -> str:
    """A document with a company that may be given what a parcel needs, by ``basis`` or by consent."""
    grant = (
        '  { roles = ["system"], actions = ["disclose"], purposes = ["delivery"],'
        ' items = ["name", "phone", "address"], recipient = "advertiser" },\n'
    )
    items = 'items = ["email"]\n'
    assert items in ADVERTISER
    company = ADVERTISER.replace(items, f'items = ["name", "address", "phone"]\n{basis}')
    if basis:
        company = company[: company.index("[programmes")]
    return changed(granting("order_recipient", grant), more=company)
