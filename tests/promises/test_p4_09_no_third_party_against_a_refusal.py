"""P4.9: who refuses third parties, all or one of them, is handed to none; consents do not undo it."""

import pytest

from tests.cast import people
from tests.cast.partners import CONSENT, sharing
from tests.cast.people import Member
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import SECRET, order
from tests.surfaces.visits import Visitor
from yaksok.database.roles import keeper
from yaksok.journeys import consents, refusals
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, Refused
from yaksok.mall.orders import finding
from yaksok.policy.facts import DISCLOSE
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
KOREAN = Language.KOREAN


def handed_over(member: Member) -> bool:
    """Whether the gate would let the member's e-mail go to the partner now."""
    try:
        with keeper():
            gate.open_items(
                member.subject,
                [Item.EMAIL],
                kind=RecordKind.MEMBERSHIP,
                purpose=Purpose.PROGRAMME,
                actor=Actor.system("programme"),
                recipient="daon",
            )
    except Refused:
        return False
    return True


@pytest.mark.parametrize("name", [DISCLOSE, CONSENT])
def test_refusing_stops_what_was_agreed_to(name: str) -> None:
    with sharing():
        member = people.member().agrees(CONSENT)
        assert handed_over(member)
        refusals.refuse(member.actor, name, stands=True, language=KOREAN)
        assert not handed_over(member)


def test_a_consent_does_not_come_back_with_the_refusal_lifted() -> None:
    with sharing():
        member = people.member().agrees(CONSENT)
        for stands in (True, False):
            refusals.refuse(member.actor, DISCLOSE, stands=stands, language=KOREAN)
        assert not handed_over(member)


def test_no_consent_is_taken_while_all_are_refused() -> None:
    with sharing():
        member = people.member()
        refusals.refuse(member.actor, DISCLOSE, stands=True, language=KOREAN)
        with pytest.raises(Invalid):
            consents.give(member.actor, CONSENT, language=KOREAN)
        assert not handed_over(member)
        refusals.refuse(member.actor, DISCLOSE, stands=False, language=KOREAN)
        consents.give(member.actor, CONSENT, language=KOREAN)
        assert handed_over(member)


def test_nobody_of_staff_can_lift_it() -> None:
    member = people.member()
    refusals.refuse(member.actor, DISCLOSE, stands=True, language=KOREAN)
    for colleague in (people.clerk(), people.officer(), people.auditor()):
        with pytest.raises(Refused) as refused:
            refusals.refuse(colleague.actor, DISCLOSE, stands=False, language=KOREAN)
        assert refused.value.promise == "P4.9"
    with keeper():
        assert DISCLOSE in ledger.standing(member.subject).refusals


def test_a_guest_refuses_with_number_and_secret(shelves: Shop, payment_sandbox: Sandbox) -> None:
    number = order([(shelves["TEA-G"], 1)]).order_number
    with keeper():
        place = finding.by_number(number)
    assert place

    def standing() -> frozenset[str]:
        with keeper():
            return ledger.standing(place[0]).refusals

    visitor = Visitor()
    asked = {"number": number, "refusal": DISCLOSE, "stands": "yes"}
    assert visitor.send("/lookup/refusals", lookup_secret="wrong wrong", **asked).status_code == 422
    assert standing() == frozenset()
    answer = visitor.send("/lookup/refusals", lookup_secret=SECRET, **asked)
    assert answer.status_code == 200
    assert "거절해 두었어요" in answer.content.decode()
    assert not answer.cookies
    assert DISCLOSE in standing()
    lifting = {**asked, "stands": "no"}
    visitor.send("/lookup/refusals", lookup_secret=SECRET, **lifting)
    assert standing() == frozenset()
