"""P2.9: a password is kept only as a value that cannot be turned back."""

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.policies import packaged_policy, permitted
from yaksok.database.roles import keeper
from yaksok.mall.accounts import credentials, verifiers
from yaksok.policy.vocabulary import Item

pytestmark = pytest.mark.django_db

SCHEMAS = ("audit", "consent", "guard", "mall", "privacy", "public", "vault")


def rows_with(text: str) -> list[str]:
    """Every table of the mall of which a row, written out, holds ``text``."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM (SELECT format('%%I.%%I', schemaname, tablename) AS name"
            " FROM pg_tables WHERE schemaname = ANY(%s)) AS ours"
            " WHERE has_table_privilege(name, 'SELECT')",
            [list(SCHEMAS)],
        )
        tables = [name for (name,) in cursor.fetchall()]
        assert len(tables) > 10
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{text}%"])
            (count,) = cursor.fetchone()
            found += [table] * bool(count)
    return found


def test_after_sign_up_no_table_holds_it_but_it_still_proves_the_member() -> None:
    who = people.person()
    subject = people.signs_up(who)
    with keeper():
        verifier = credentials.of(subject)
    assert verifier is not None
    assert rows_with(verifier) == ["mall.accounts_credential"]  # the search finds what is there
    assert rows_with(who.password) == []
    assert verifiers.matches(verifier, who.password)
    assert not verifiers.matches(verifier, who.password + "x")


def test_two_people_with_one_password_have_two_verifiers() -> None:
    assert verifiers.verifier_of("one and the same") != verifiers.verifier_of("one and the same")
    assert verifiers.verifier_of("one and the same").startswith("$argon2id$")


def test_nobody_may_put_it_into_the_vault_or_take_it_out() -> None:
    assert not [one for one in permitted(packaged_policy()) if Item.PASSWORD in one.items]
