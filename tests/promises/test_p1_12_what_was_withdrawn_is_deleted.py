"""P1.12: the item of a withdrawn consent is deleted at once; what a law keeps is told with law and date."""

import pytest

from tests.cast import people
from tests.cast.policies import packaged_policy
from tests.surfaces.visits import browser_of
from yaksok.database.roles import keeper
from yaksok.journeys import consents, correct
from yaksok.kernel import clock
from yaksok.policy.text import page
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.rights import register
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

KOREAN = Language.KOREAN


def gives() -> people.Member:
    member = people.member().agrees("prefill")
    given = {"name": member.person.name, "phone": member.person.phone}
    correct.correct(member.actor, given, stepped_up=True, language=KOREAN)
    return member


def held(member: people.Member) -> set[Item]:
    with keeper():
        opened = gate.open_items(
            member.subject,
            [Item.EMAIL, Item.NAME, Item.PHONE],
            kind=RecordKind.MEMBERSHIP,
            purpose=Purpose.RIGHTS,
            actor=member.actor,
        )
    return set(opened)


def test_it_goes_in_the_act_that_withdraws_and_nothing_else_does() -> None:
    member, other = gives(), gives()
    assert held(member) == {Item.EMAIL, Item.NAME, Item.PHONE}
    gone = consents.withdraw(member.actor, "prefill", language=KOREAN)
    assert held(member) == {Item.EMAIL}
    assert held(other) == {Item.EMAIL, Item.NAME, Item.PHONE}
    assert set(gone.items) == {Item.NAME, Item.PHONE}
    assert gone.unreadable_by is not None
    assert gone.unreadable_by > clock.now()


def test_the_record_is_sealed_anew_so_that_the_old_one_opens_no_more() -> None:
    member = gives()
    before = keys_of(member)
    consents.withdraw(member.actor, "prefill", language=KOREAN)
    after = keys_of(member)
    assert len(before) == len(after) == 1
    assert before.isdisjoint(after)


def keys_of(member: people.Member) -> set[bytes]:
    from yaksok.database.selecting import rows

    with keeper():
        found = rows("SELECT wrapped FROM vault_record_key WHERE subject_id = %s", [member.subject])
    return {bytes(key) for (key,) in found}


def test_the_person_is_told_what_went_and_when_no_backup_has_it() -> None:
    member = gives()
    answer = browser_of(member).send("/my/consents", consent="prefill").content.decode()
    assert "지운 것: 이름, 전화번호" in answer
    assert "늦어도 이때에는 모든 백업에서 읽을 수 없어요" in answer
    with keeper():
        (line,) = [one for one in register.of(member.subject) if one.kind is register.Kind.DELETE]
    assert set(line.items) == {Item.NAME, Item.PHONE}


def test_what_a_law_keeps_is_said_with_the_law_and_the_period() -> None:
    for language in Language:
        kept = [row for one in page(packaged_policy(), language).records for row in one.kept]
        assert len(kept) >= 2
        assert all(row.law and row.period and row.items for row in kept)
