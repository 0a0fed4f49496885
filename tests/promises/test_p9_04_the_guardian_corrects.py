"""P9.4: what a guardian says is wrong is corrected at once; the child alone changes nothing."""

import pytest

from tests.cast import children, people
from tests.cast.children import KO, family
from yaksok.database.roles import keeper
from yaksok.journeys import guardian_portal
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.policy.forms import form
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import FormName, Item, Purpose, RecordKind
from yaksok.privacy.rights import register
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def test_every_item_of_the_child_that_can_be_wrong_is_on_the_form() -> None:
    asked = {(f.kind, f.item) for f in form(policy(), FormName.GUARDIAN_CORRECT).fields}
    home = family()
    with keeper():
        for held in gate.holdings(home.child):
            given = gate.given([(home.child, held.record)], kind=held.kind)
            for item in given[home.child, held.record] - {Item.AGE_CLASS}:
                assert (held.kind, item) in asked


def test_it_is_changed_in_the_same_moment_and_written_down() -> None:
    home, new = family(), people.mark()
    key = home.opens()
    assert (
        guardian_portal.correct(key, {"login_id": new, "birth_month": "2015-02"}, language=KO) == 2
    )
    held = guardian_portal.held_values(key)
    assert (held["login_id"], held["birth_month"]) == (new, "2015-02")
    with keeper():
        (line,) = register.of(home.child)
    assert line.kind is register.Kind.CORRECT
    assert line.outcome == register.Outcome.DONE
    assert set(line.items) == {Item.LOGIN_ID, Item.BIRTH_MONTH}


def test_nobody_but_the_proven_guardian_corrects_it() -> None:
    home, other = family(), family()
    for actor in (home.actor, Actor.guardian(other.asked.guardian), people.officer().actor):
        for kind, item in (
            (RecordKind.CHILDHOOD, Item.BIRTH_MONTH),
            (RecordKind.MEMBERSHIP, Item.LOGIN_ID),
        ):
            with keeper(), pytest.raises(Refused):
                gate.amend(home.child, kind, {item: "2010-01"}, purpose=Purpose.RIGHTS, actor=actor)
    assert guardian_portal.held_values(home.opens())["birth_month"] == children.BORN
