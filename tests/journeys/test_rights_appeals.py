"""Nobody decides on their own answer, whoever takes the request over in between (P10.4)."""

import pytest

from tests.cast import people
from tests.cast.requests import KO, called, objection
from yaksok.journeys import rights_ask, rights_paper, rights_work
from yaksok.kernel.errors import Refused
from yaksok.privacy.rights.words import Kind

pytestmark = pytest.mark.django_db


def test_a_colleagues_click_does_not_let_somebody_decide_on_their_own_refusal() -> None:
    first, clerk, member = people.officer(), people.clerk(), people.member()
    line = called(first, Kind.DELETE, member)
    rights_work.refuse(first.actor, line.number, "kept_by_law", "", language=KO)
    with pytest.raises(Refused, match=r"P10\.4"):
        rights_paper.take_over(clerk.actor, line.number)
    rights_ask.appeal(member.actor, line.id, objection("아니에요"), language=KO)
    with pytest.raises(Refused, match=r"P10\.4"):
        rights_paper.take_over(clerk.actor, line.number)
    with pytest.raises(Refused, match=r"P10\.4"):
        rights_work.decide_appeal(first.actor, line.number, "", granted=False, language=KO)
