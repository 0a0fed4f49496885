"""Erasing one item, one purpose, one record, one person: the key dies, and every copy with it."""

from dataclasses import replace

import pytest
from django.db import connection

from tests.cast import people
from tests.domains.test_vault_closing import copies, opens_with_any, surviving_keks
from tests.domains.test_vault_gate import MEMBER, a_member, opened, told
from tests.journeys.test_consents import PREFILL, gives_their_name, held
from yaksok.database.roles import keeper
from yaksok.journeys import consents
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Shredded
from yaksok.kernel.holdings import GATE, Holding, Impersonal, Nature, erased
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.accounts import credentials
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import DRAFTS, Template
from yaksok.privacy.retention import holdings
from yaksok.privacy.vault import closing, derived, gate, records

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

PHONE = {Item.PHONE: "010-0000-0000"}


@pytest.fixture
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(derived, "_registered", dict(derived._registered))


def copy_of(subject: SubjectId) -> records.Sealed:
    (found,) = [record for record in copies() if record.place.subject == subject]
    return found


def without_phone(subject: SubjectId) -> None:
    gate.amend(
        subject,
        RecordKind.MEMBERSHIP,
        {},
        purpose=Purpose.RIGHTS,
        actor=Actor.member(subject),
        without=[Item.PHONE],
    )


def erase(subject: SubjectId, *only: RecordId) -> gate.Erased:
    return gate.erase(
        subject,
        actor=Actor.member(subject),
        purpose=Purpose.RIGHTS,
        reason="left",
        only=only or None,
    )


def test_with_an_item_its_key_dies_though_the_record_lives() -> None:
    with keeper():
        subject = a_member({**MEMBER, **PHONE})
    before = copy_of(subject)
    with keeper():
        without_phone(subject)
    after = copy_of(subject)
    assert before.key.wrapped != after.key.wrapped
    assert before.key.commitment != after.key.commitment
    assert not opens_with_any(replace(before, key=after.key), surviving_keks())
    assert opens_with_any(before, surviving_keks()), "the attack must work before the close"

    closing.close()

    assert not opens_with_any(before, surviving_keks())
    with keeper():
        assert opened(subject, Item.PHONE, Item.EMAIL).keys() == {Item.EMAIL}


def test_with_a_purpose_the_key_of_its_items_dies() -> None:
    member = people.member()
    gives_their_name(member)
    before = copy_of(member.subject)
    consents.withdraw(member.actor, PREFILL, language=Language.KOREAN)
    assert opens_with_any(before, surviving_keks()), "the attack must work before the close"
    closing.close()
    assert not opens_with_any(before, surviving_keks())
    assert held(member) == {"email": member.person.email}


def test_one_record_goes_and_the_others_stay() -> None:
    with keeper():
        subject = a_member()
        other = gate.seal(
            subject,
            RecordKind.ADDRESS_BOOK,
            {Item.NAME: "홍카나리"},
            purpose=Purpose.ORDER,
            actor=Actor.member(subject),
            receipt=told(subject),
        )
        gone = erase(subject, other)
        assert list(gone.records) == [other]
        assert Item.EMAIL in opened(subject, Item.EMAIL)
        with pytest.raises(Shredded):
            gate.open_items(
                subject,
                [Item.NAME],
                kind=RecordKind.ADDRESS_BOOK,
                purpose=Purpose.RIGHTS,
                actor=Actor.member(subject),
                record=other,
            )


def test_a_verifier_dies_with_the_record_and_not_with_another_item() -> None:
    with keeper():
        subject = a_member({**MEMBER, **PHONE})
        credentials.keep(subject, "verifier")
        without_phone(subject)
        assert credentials.of(subject) == "verifier"
        erase(subject)
        assert credentials.of(subject) is None


def letter(subject: SubjectId, record: RecordId) -> None:
    template = next(iter(Template))
    outbox.note(
        subject,
        template,
        kind=RecordKind.MEMBERSHIP,
        record=record,
        language=Language.KOREAN,
        context=dict.fromkeys(DRAFTS[template].context, "1"),
    )


def letters() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM post_letter")
        (count,) = cursor.fetchone()
    return int(count)


@pytest.mark.usefixtures("_registered")
def test_a_copy_dies_with_the_item_it_was_made_of() -> None:
    derived.register(
        "post_letter", "subject_id", "record_id", of={RecordKind.MEMBERSHIP: [Item.PHONE]}
    )
    with keeper():
        subject = a_member({**MEMBER, **PHONE})
        record = gate.holdings(subject)[0].record
        letter(subject, record)
        gate.amend(
            subject,
            RecordKind.MEMBERSHIP,
            {Item.EMAIL: "new@mail.example"},
            purpose=Purpose.RIGHTS,
            actor=Actor.member(subject),
        )
        assert letters() == 1
        without_phone(subject)
        assert letters() == 0


@pytest.mark.usefixtures("_registered")
def test_a_copy_of_anything_dies_with_its_own_record_alone() -> None:
    derived.register("post_letter", "subject_id", "record_id")
    with keeper():
        one = a_member()
        other = a_member({**MEMBER, Item.LOGIN_ID: "other", Item.EMAIL: "other@mail.example"})
        for subject in (one, other):
            letter(subject, gate.holdings(subject)[0].record)
        erase(one)
        assert letters() == 1


@pytest.mark.usefixtures("_registered")
def test_copies_live_on_when_the_erasing_does_not_happen() -> None:
    derived.register("post_letter", "subject_id", "record_id")
    with keeper():
        subject = a_member()
        letter(subject, gate.holdings(subject)[0].record)
    with pytest.raises(ZeroDivisionError), keeper():
        erase(subject)
        assert letters() == 0
        raise ZeroDivisionError
    with keeper():
        assert letters() == 1
        assert Item.EMAIL in opened(subject, Item.EMAIL)


@pytest.mark.parametrize("name", ["x; DROP TABLE", "x y", "X", "", 'a"b'])
def test_a_name_that_is_none_is_not_registered(name: str) -> None:
    with pytest.raises(ValueError, match="no plain name"):
        derived.register(name)


def unregistered(declared: tuple[Holding | Impersonal, ...]) -> set[str]:
    """Tables with a value of somebody, or with what was made of one, that nobody registered."""
    known = {one.table for one in derived.registered()}
    return {
        one.table
        for one in declared
        if isinstance(one, Holding)
        and one.by != GATE  # the gate's own tables
        and one.table not in known
        and (one.carries or any(end.nature is Nature.VALUE for end in one.columns.values()))
    }


def test_every_table_with_a_value_is_registered() -> None:
    assert unregistered(holdings.declared()) == set()


def test_a_table_that_nobody_registered_is_noticed() -> None:
    planted = Holding("labels", "subject_id", "라벨", "labels", erased(values=("body",)))
    assert unregistered((*holdings.declared(), planted)) == {"labels"}


def test_what_is_registered_is_there_and_declared() -> None:
    declared = {one.table: one for one in holdings.declared() if isinstance(one, Holding)}
    for one in derived.registered():
        holding = declared[one.table]
        assert one.subject == holding.subject
        assert {one.subject, one.record} - {None} <= set(holding.columns)
        said = {name for names in holding.carries.values() for name in names}
        made_of = {f"{kind}.{item}" for kind, items in (one.of or {}).items() for item in items}
        assert made_of == said
