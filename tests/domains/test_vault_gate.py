"""The gate: what it seals it opens to whom the policy names, and to nobody else."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import AuditUnavailable, NotFound, Refused, Shredded
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.vault import epochs, gate

pytestmark = pytest.mark.django_db

NOTICE = "0" * 64
MEMBER = {
    Item.LOGIN_ID: "canary_member",
    Item.EMAIL: "Canary.Member@mail.example",
    Item.AGE_CLASS: "14+",
}


def told(subject: SubjectId, age: AgeClass = AgeClass.ADULT) -> ledger.Receipt:
    return ledger.receive(
        subject,
        given={"terms": True, "prefill": True},
        notice=NOTICE,
        policy_version="2026-11-24",
        language=Language.KOREAN,
        age=age,
    )


def a_member(values: dict[Item, str] | None = None) -> SubjectId:
    subject = new_subject_id()
    gate.seal(
        subject,
        RecordKind.MEMBERSHIP,
        values or MEMBER,
        purpose=Purpose.MEMBER_SERVICE,
        actor=Actor.visitor(),
        receipt=told(subject),
    )
    return subject


def opened(subject: SubjectId, *items: Item, actor: Actor | None = None) -> gate.Opened:
    return gate.open_items(
        subject,
        items,
        kind=RecordKind.MEMBERSHIP,
        purpose=Purpose.RIGHTS,
        actor=actor or Actor.member(subject),
    )


def entries(event: Event) -> list[tuple[list[str], str, str | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT items, promise, trail::text FROM audit_entry WHERE event = %s", [event]
        )
        return list(cursor.fetchall())


def test_the_person_reads_what_they_gave() -> None:
    with keeper():
        subject = a_member()
        values = opened(subject, Item.LOGIN_ID, Item.EMAIL, Item.PHONE)
        assert values[Item.EMAIL].reveal() == MEMBER[Item.EMAIL]
        assert Item.PHONE not in values
        assert MEMBER[Item.EMAIL] not in f"{values[Item.EMAIL]} {values[Item.EMAIL]!r}"


def test_an_opening_is_logged_by_item_names_under_the_trail() -> None:
    with keeper():
        subject = a_member()
        opened(subject, Item.EMAIL)
        ((items, _, trail),) = entries(Event.VAULT_ITEMS_OPENED)
        assert items == ["email"]
        assert trail == str(gate.trail_of(subject))
        assert trail != str(subject)
        assert UUID(trail).version == 4  # no time in it that a kept row would share


def test_a_key_of_an_epoch_that_rolled_back_is_not_believed() -> None:
    with pytest.raises(ZeroDivisionError), keeper():
        opened(a_member(), Item.EMAIL)
        remembered = dict(epochs._known)
        raise ZeroDivisionError
    epochs.forget_keys()
    with keeper():
        subject = a_member()
    epochs.forget_keys()
    epochs._known.update(remembered)
    with keeper():
        assert opened(subject, Item.EMAIL)[Item.EMAIL].reveal() == MEMBER[Item.EMAIL]


def test_a_stranger_is_refused_and_the_refusal_outlives_the_rollback() -> None:
    with keeper():
        subject = a_member()
    with pytest.raises(Refused) as caught, keeper():
        opened(subject, Item.EMAIL, actor=Actor.member(new_subject_id()))
    assert caught.value.promise == "P8.5"
    with keeper():
        assert [(items, promise) for items, promise, _ in entries(Event.VAULT_ACCESS_REFUSED)] == [
            (["email"], "P8.5")
        ]


def test_nothing_is_sealed_before_the_person_was_told() -> None:
    subject = new_subject_id()
    with keeper():
        told(subject)
    with pytest.raises(Refused) as caught, keeper():
        gate.seal(
            subject,
            RecordKind.MEMBERSHIP,
            MEMBER,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )
    assert caught.value.promise == "P3.6"


def test_somebody_elses_receipt_does_not_count() -> None:
    subject = new_subject_id()
    with keeper():
        told(subject)
        other = told(new_subject_id())
    with pytest.raises(Refused) as caught, keeper():
        gate.seal(
            subject,
            RecordKind.MEMBERSHIP,
            MEMBER,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
            receipt=other,
        )
    assert caught.value.promise == "P3.6"


@pytest.mark.parametrize("age", [AgeClass.CHILD, AgeClass.UNKNOWN])
def test_a_child_is_not_sealed_as_a_member(age: AgeClass) -> None:
    subject = new_subject_id()
    with pytest.raises(Refused) as caught, keeper():
        gate.seal(
            subject,
            RecordKind.MEMBERSHIP,
            MEMBER,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
            receipt=told(subject, age),
        )
    assert caught.value.promise == "P9.2"


@pytest.mark.parametrize("typed", ["canary.member@mail.example", " CANARY.MEMBER@MAIL.EXAMPLE "])
def test_a_member_is_found_by_mail_without_regard_to_case(typed: str) -> None:
    with keeper():
        subject = a_member()
        found = gate.find(
            RecordKind.MEMBERSHIP,
            Item.EMAIL,
            typed,
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )
        assert found is not None
        assert found[0] == subject


def test_a_value_that_must_be_unique_is_taken_once() -> None:
    with keeper():
        a_member()
    with pytest.raises(gate.AlreadyHeld) as caught, keeper():
        a_member({**MEMBER, Item.LOGIN_ID: "another"})
    assert "canary" not in str(caught.value).lower()


def test_an_amended_item_is_found_anew_and_no_longer_as_before() -> None:
    with keeper():
        subject = a_member()
        gate.amend(
            subject,
            RecordKind.MEMBERSHIP,
            {Item.EMAIL: "new@mail.example"},
            purpose=Purpose.RIGHTS,
            actor=Actor.member(subject),
        )
        assert opened(subject, Item.EMAIL)[Item.EMAIL].reveal() == "new@mail.example"

        def sought(value: str) -> gate.Name | None:
            return gate.find(
                RecordKind.MEMBERSHIP,
                Item.EMAIL,
                value,
                purpose=Purpose.MEMBER_SERVICE,
                actor=Actor.visitor(),
            )

        assert sought(MEMBER[Item.EMAIL]) is None
        assert sought("new@mail.example") is not None


def test_an_item_that_is_taken_away_is_gone() -> None:
    with keeper():
        subject = a_member({**MEMBER, Item.PHONE: "010-0000-0000"})
        gate.amend(
            subject,
            RecordKind.MEMBERSHIP,
            {},
            purpose=Purpose.RIGHTS,
            actor=Actor.member(subject),
            without=[Item.PHONE],
        )
        assert Item.PHONE not in opened(subject, Item.PHONE, Item.EMAIL)


def test_what_was_erased_opens_for_nobody_and_is_not_found() -> None:
    with keeper():
        subject = a_member()
        gone = gate.erase(
            subject, actor=Actor.member(subject), purpose=Purpose.RIGHTS, reason="left"
        )
        assert list(gone.records.values()) == [RecordKind.MEMBERSHIP]
        assert gate.holdings(subject) == ()
        assert gate.trail_of(subject) is None
        assert ledger.standing(subject) == ledger.UNKNOWN
        found = gate.find(
            RecordKind.MEMBERSHIP,
            Item.EMAIL,
            MEMBER[Item.EMAIL],
            purpose=Purpose.MEMBER_SERVICE,
            actor=Actor.visitor(),
        )
        assert found is None
    with pytest.raises((Shredded, Refused)), keeper():
        opened(subject, Item.EMAIL)
    with keeper(), connection.cursor() as cursor:
        for table in ("vault_record", "vault_record_key", "vault_blind_index", "consent_standing"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE subject_id = %s", [subject])
            assert cursor.fetchone() == (0,), table


def test_what_never_was_is_not_found() -> None:
    stranger = new_subject_id()
    with pytest.raises((NotFound, Refused)), keeper():
        opened(stranger, Item.EMAIL)


def test_the_person_reads_their_own_trail_and_nobody_elses() -> None:
    with keeper():
        subject = a_member()
        opened(subject, Item.EMAIL)
        events = [entry.event for entry in gate.history(subject, actor=Actor.member(subject))]
        assert events[0] == Event.VAULT_ITEMS_OPENED
        assert events[-1] == Event.VAULT_RECORD_SEALED
        with pytest.raises(Refused, match=r"P8\.5"):
            gate.history(subject, actor=Actor.member(new_subject_id()))


def test_without_a_log_entry_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    with keeper():
        subject = a_member()
    monkeypatch.setattr(log, "COLUMNS", (*log.COLUMNS[:-1], "no_such_column"))
    with pytest.raises(AuditUnavailable), keeper():
        opened(subject, Item.EMAIL)


def test_the_log_cannot_be_changed_by_the_keeper() -> None:
    with keeper():
        a_member()
    for statement in ("UPDATE audit_entry SET promise = ''", "DELETE FROM audit_entry"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            keeper(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_storefront_reads_no_table_of_the_vault() -> None:
    for table in ("record", "record_key", "blind_index", "epoch", "erasure"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT 1 FROM vault.vault_{table}")


def test_more_than_a_page_at_once_is_refused() -> None:
    names = [(SubjectId(uuid4()), uuid4()) for _ in range(201)]
    with pytest.raises(ValueError, match="200"), keeper():
        gate.show_masks(
            names,  # type: ignore[arg-type]  # random ids stand for records
            [Item.NAME],
            kind=RecordKind.ORDER_RECIPIENT,
            purpose=Purpose.DELIVERY,
            actor=Actor.system("test"),
        )
