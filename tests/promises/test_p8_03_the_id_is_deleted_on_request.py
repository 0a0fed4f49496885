"""P8.3: a member has the ID deleted, and gets the result in writing, signed."""

import pytest

from tests.cast import people
from tests.cast.requests import SECRET, called, guest_order
from yaksok.database.roles import keeper
from yaksok.journeys import leave, rights_guest, rights_stop, rights_work
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.rights import register
from yaksok.privacy.rights.words import Kind
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def found(login_id: str) -> SubjectId | None:
    with keeper():
        name = gate.find(
            RecordKind.MEMBERSHIP,
            Item.LOGIN_ID,
            login_id,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )
    return name[0] if name else None


def test_a_stop_of_every_use_does_not_keep_a_member_from_leaving() -> None:
    member = people.member()
    rights_stop.stop(member.actor, stepped_up=True, language=Language.KOREAN)
    leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    assert found(member.person.login_id) is None


def test_the_id_is_gone_and_the_answer_is_in_the_register_and_in_the_hand() -> None:
    member = people.member()
    login_id = member.person.login_id
    assert found(login_id) == member.subject
    certificate = leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    assert found(login_id) is None
    assert leave.verify(certificate.text)
    assert Item.LOGIN_ID in {item for row in certificate.gone for item in row.items}
    with keeper():
        (asked,) = register.of(member.subject)
    assert asked.kind is register.Kind.DELETE
    assert asked.answered_at
    assert people.signs_up(member.person) != member.subject, "the ID is free for anybody"


def test_it_is_deleted_on_the_phone_once_it_was_shown_who_asks() -> None:
    clerk, member = people.clerk(), people.member()
    unproven = called(clerk, Kind.DELETE, key=member.person.login_id)
    with pytest.raises(Refused):
        rights_work.do(clerk.actor, unproven.number, {}, language=Language.KOREAN)
    assert found(member.person.login_id) == member.subject
    line = called(clerk, Kind.DELETE, member)
    rights_work.do(clerk.actor, line.number, {}, language=Language.KOREAN)
    assert found(member.person.login_id) is None


def test_a_guest_has_no_id_and_is_erased_all_the_same() -> None:
    bought = guest_order(OrderState.DELIVERED)
    note = rights_guest.by_secret(bought.order.number, SECRET, address_key="198.51.100.9")
    assert leave.verify(rights_guest.erase(note, language=Language.KOREAN).text)
    with keeper():
        kinds = {one.kind for one in gate.holdings(bought.order.subject)}
    assert kinds <= {RecordKind.STATUTORY}
