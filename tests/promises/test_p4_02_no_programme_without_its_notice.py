"""P4.2: nothing goes to a company before a notice in the mall said to whom, why, what and how long."""

import pytest

from tests.cast import people
from tests.cast.partners import (
    CONSENT,
    KO,
    PROGRAMME,
    agreeing,
    deliver,
    held_there,
    last,
    partnered,
    sharing,
)
from tests.cast.policies import policy_of
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import programmes
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import RecordId
from yaksok.policy.document import DocumentError
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.disclosure import handover
from yaksok.privacy.disclosure.register import State
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def test_a_document_cannot_name_a_programme_without_a_notice() -> None:
    with pytest.raises(DocumentError, match="notice"):
        policy_of(partnered().replace('notice = "programme:stationery"', 'notice = " "'))


def test_without_the_notice_it_cannot_be_started() -> None:
    with sharing(runs=False), pytest.raises(Refused) as refused:
        programmes.activate(people.officer().actor, PROGRAMME)
    assert refused.value.promise == "P4.2"


def test_announced_and_not_started_gives_nothing(partner: Sandbox) -> None:
    with sharing(runs=False):
        programmes.announce(people.officer().actor, PROGRAMME, language=KO)
        member = people.member()
        with pytest.raises(NotFound):
            member.agrees(CONSENT)
        record = next(iter(records_of(member)))
        with keeper(), pytest.raises(Refused) as refused:
            handover.plan(
                member.subject,
                record,
                "a" * 20,
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.PROGRAMME,
                actor=Actor.system("test"),
                items=frozenset({Item.EMAIL}),
                recipient="daon",
            )
    assert refused.value.promise == "P4.2"
    assert held_there(partner) == []


def test_what_was_queued_waits_in_vain_once_it_does_not_run(partner: Sandbox) -> None:
    with sharing():
        member = agreeing(name=False)
        programmes.stop(people.officer().actor, PROGRAMME)
        assert deliver() == {State.GIVEN_UP: 1}
        assert last(member).reason == "refused:P4.2"
    assert held_there(partner) == []


def records_of(member: people.Member) -> list[RecordId]:
    with keeper():
        return [one.record for one in gate.holdings(member.subject)]
