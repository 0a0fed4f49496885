"""P9.2: without a guardian the mall takes no data of a child, and what it asked for it destroys."""

import pytest
from django.db import connection

from tests.cast import children, people
from tests.cast.children import KO
from tests.cast.policies import CHILD, NOT_KNOWN, SOMEBODY_ELSE, packaged_policy, permitted
from yaksok.database.roles import keeper
from yaksok.journeys import child_account, guardian_answer, sweep
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy.decide import Facts
from yaksok.policy.forms import form, read
from yaksok.policy.vocabulary import Action, AgeClass, FormName, Item, Language, RecordKind
from yaksok.privacy.post.letters import Template

pytestmark = pytest.mark.django_db

NOT_OF_A_CHILD = {
    kind
    for kind, record in packaged_policy().document.body.records.items()
    if not record.adults_only
}
"""Of staff, by law, of a guardian, or what anybody may write to the mall."""
OF_A_CHILD = {RecordKind.CHILDHOOD, RecordKind.MEMBERSHIP}


def sealed(facts: Facts) -> set[RecordKind]:
    return {
        request.kind
        for request in permitted(packaged_policy(), facts)
        if request.action is Action.SEAL
    }


def test_nothing_of_a_child_or_of_somebody_of_unknown_age_is_sealed() -> None:
    for facts in (CHILD, NOT_KNOWN):
        assert sealed(facts) <= NOT_OF_A_CHILD
        assert not sealed(facts) & OF_A_CHILD


def test_a_proven_guardian_allows_an_account_and_nothing_more() -> None:
    allowed = Facts(AgeClass.CHILD, frozenset(), frozenset(), guardian=SOMEBODY_ELSE)
    assert sealed(allowed) - sealed(CHILD) == OF_A_CHILD
    unknown = Facts(AgeClass.UNKNOWN, frozenset(), frozenset(), guardian=SOMEBODY_ELSE)
    assert sealed(unknown) == sealed(NOT_KNOWN)


def test_no_form_that_collects_goes_through_without_the_age() -> None:
    for name in (
        FormName.SIGN_UP,
        FormName.CHECKOUT_GUARDIAN,
        FormName.CHECKOUT_GUEST,
        FormName.CHECKOUT_MEMBER,
    ):
        shown = form(packaged_policy(), name)
        box = next(box for box in shown.boxes if box.attests is Item.AGE_CLASS)
        assert box.required
        with pytest.raises(Invalid) as refused:
            read(shown, {}, Language.KOREAN)
        assert box.name in refused.value.problems


def test_the_form_of_a_child_has_a_guardians_name_and_contact_and_nothing_else() -> None:
    shown = form(packaged_policy(), FormName.CHILD_GUARDIAN)
    assert {field.kind for field in shown.fields} == {RecordKind.GUARDIAN}
    assert {field.item for field in shown.fields} == {Item.NAME, Item.EMAIL, Item.PHONE}
    assert shown.boxes == ()


def kinds() -> list[str]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM vault_record ORDER BY kind")
        return [kind for (kind,) in cursor.fetchall()]


def test_before_the_consent_one_record_and_after_five_days_none(
    standing_clock: FixedClock,
) -> None:
    waiting = children.asks(people.guardian())
    assert kinds() == [RecordKind.GUARDIAN]
    with pytest.raises(NotFound):
        children.joins(waiting.key)
    standing_clock.move_to(waiting.until)
    with pytest.raises(NotFound):
        guardian_answer.question(children.secret(Template.GUARDIAN_ASKED), KO)
    sweep.sweep()
    assert kinds() == []


def test_after_it_the_account_holds_no_word_of_the_childs() -> None:
    who = people.guardian()
    waiting = children.asks(who)
    children.agrees(who)
    shown = child_account.begin(waiting.key, KO).form
    assert {field.item for field in shown.fields} == {
        Item.LOGIN_ID,
        Item.PASSWORD,
        Item.BIRTH_MONTH,
    }
    children.joins(waiting.key)
    assert kinds() == [RecordKind.CHILDHOOD, RecordKind.GUARDIAN, RecordKind.MEMBERSHIP]
