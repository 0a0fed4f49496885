"""P8.3: a member has the ID deleted, and gets the result in writing, signed."""

import pytest

from tests.cast import people
from yaksok.database.roles import keeper
from yaksok.journeys import leave
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.rights import register
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
