"""Being sought by an item is a use: newer than somebody's consent, it does not find them (P1.9)."""

from datetime import timedelta

import pytest

from tests.cast import people
from tests.cast.policies import obeying, policy_of, without_item
from tests.journeys.test_publish import MALL, following
from yaksok.database.roles import keeper
from yaksok.journeys import log_in, publish, sign_up
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import SubjectId
from yaksok.policy import in_force
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import campaigns, ledger
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db
KOREAN = Language.KOREAN


def without_email() -> str:
    """The packaged document of a mall whose members give no e-mail address."""
    text = without_item(RecordKind.MEMBERSHIP, Item.EMAIL)
    start, end = (
        text.index("[records.membership]"),
        text.index("[records.membership.items.login_id]"),
    )
    record = text[start:end]
    for before, after in ((', "email"', ""), ('"email", ', ""), ('"email"', "")):
        record = record.replace(before, after)
    return text[:start] + record + text[end:]


def by_email(email: str) -> gate.Name | None:
    with keeper():
        return gate.find(
            RecordKind.MEMBERSHIP,
            Item.EMAIL,
            email,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )


def early_member(who: people.Person) -> SubjectId:
    """``who``, as a member of the time before."""
    form = people.joining(who)
    del form["email"]
    return sign_up.sign_up(form, notice=sign_up.begin(KOREAN).notice.hash, language=KOREAN)


def takes_effect(standing_clock: FixedClock) -> publish.Published:
    """The packaged document, in force after the one without e-mail."""
    done = publish.publish(following(40), base=1, actor=MALL)
    standing_clock.move(timedelta(days=41))
    with keeper():
        assert in_force.number() == done.number
    return done


def test_an_item_that_is_new_lets_people_join_and_log_in(standing_clock: FixedClock) -> None:
    with obeying(policy_of(without_email())):
        publish.found(MALL)
        early = people.person()
        early_member(early)
        assert takes_effect(standing_clock).asked
        assert log_in.log_in(early.login_id, early.password, language=KOREAN, address_key="x").key
        late = people.member()
        assert by_email(late.person.email) is not None
        assert by_email("nobody@mail.example") is None
        with pytest.raises(Invalid):  # the address is taken
            people.signs_up(people.person(), email=late.person.email)


def test_who_refuses_it_is_not_found_by_it(standing_clock: FixedClock) -> None:
    with obeying(policy_of(without_email())):
        publish.found(MALL)
        done = takes_effect(standing_clock)
        member = people.member()
        assert by_email(member.person.email) is not None
        with keeper():
            assert campaigns.pending(member.subject) == 0
            ledger.decide(
                member.subject,
                {BEYOND_SCOPE: False},
                notice="0" * 64,
                policy_version=done.version,
                language=KOREAN,
            )
        assert by_email(member.person.email) is None
