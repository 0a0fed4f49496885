"""What Python does not check, PostgreSQL does: which role may read what."""

import pytest
from django.db import ProgrammingError, connection

from yaksok.database.roles import current_role, keeper, shop

pytestmark = pytest.mark.django_db


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_page_begins_as_the_storefront() -> None:
    assert current_role() == "yaksok_storefront"


@pytest.mark.parametrize(
    "table", ["vault.vault_record", "consent.consent_event", "audit.audit_entry"]
)
def test_the_storefront_cannot_read(table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied for schema"), shop():
        _count(table)


def test_the_keeper_can_read_the_vault() -> None:
    with keeper():
        assert current_role() == "yaksok_keeper"
        assert _count("vault.vault_record") == 0
    assert current_role() == "yaksok_storefront"


@pytest.mark.django_db(transaction=True)
def test_the_role_ends_with_its_transaction() -> None:
    with keeper():
        pass
    assert current_role() == "yaksok_storefront"
