"""P3.8: what was erased stands nowhere on the disk, byte by byte."""

from pathlib import Path

import pytest
from django.db import connections

from tests.cast import canaries, people
from tests.domains.test_vault_gate import a_member
from yaksok.database.address import Address
from yaksok.database.layout import DataDirectory
from yaksok.database.roles import keeper
from yaksok.journeys import leave
from yaksok.kernel import clock, keyring
from yaksok.kernel.actor import Actor
from yaksok.policy.vocabulary import Item, Language, Purpose
from yaksok.privacy.vault import closing, gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CONTROL = "대조표식구육삼"
LOGIN, MAIL, NAME = "canary7q4x2", "canary7q4x2@mail.example", "카나리칠사둥지"


def everything_on_disk() -> list[Path]:
    """The whole data directory: tables, log, WAL, secrets; and the keys."""
    return [DataDirectory.from_environment().root, keyring.directory()]


def test_p3_08_no_byte_of_an_erased_member_is_found(database_address: Address) -> None:
    with keeper():
        subject = a_member(
            {Item.LOGIN_ID: LOGIN, Item.EMAIL: MAIL, Item.NAME: NAME, Item.AGE_CLASS: "14+"}
        )
    while_member = search(database_address)
    with keeper():
        gate.erase(subject, actor=Actor.member(subject), purpose=Purpose.RIGHTS, reason="left")
    closing.close()
    afterwards = search(database_address)

    with connections["owner"].cursor() as cursor:
        for table in ("vault_record", "vault_record_key", "vault_blind_index"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE subject_id = %s", [subject])
            assert cursor.fetchone() == (0,), table
    assert while_member.hits == []
    assert afterwards.hits == []
    assert afterwards.bytes > 10_000_000, "the search went over a real database"


def test_p3_08_the_search_finds_what_a_plain_column_would_leave(database_address: Address) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE public.control (name text)")
        cursor.execute("INSERT INTO public.control VALUES (%s)", [CONTROL])
        cursor.execute("DELETE FROM public.control")
    found = search(database_address, CONTROL)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE public.control")
    assert found.hits, "deleting a row leaves it on the disk; the search must see it"


def test_p3_08_both_days_are_told_and_can_be_checked() -> None:
    member, before = people.member(), clock.now()
    told = leave.confirm(member.actor, member.person.password, language=Language.KOREAN)
    checked = leave.verify(told.text)
    assert checked
    assert before <= told.erased_at <= clock.now() < told.unreadable_by
    seconds = [day.replace(microsecond=0) for day in (told.erased_at, told.unreadable_by)]
    assert [checked.erased_at, checked.unreadable_by] == seconds
    with keeper():
        assert gate.holdings(member.subject) == ()


def search(address: Address, *more: str) -> canaries.Search:
    """The canaries, or ``more`` instead, on everything that is on disk."""
    with address.connect_as_admin("postgres") as admin:
        admin.execute("CHECKPOINT")
    return canaries.search(more or (LOGIN, MAIL, NAME), everything_on_disk())
