"""What Python does not check, PostgreSQL does: which role may read what."""

import threading
from collections.abc import Callable

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection

from yaksok.database.roles import current_role, keeper, retrying, shop

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


def test_keeper_inside_keeper_joins_it() -> None:
    with keeper(), keeper():
        assert current_role() == "yaksok_keeper"
    assert current_role() == "yaksok_storefront"


def test_shop_inside_keeper_keeps_the_role() -> None:
    with keeper():
        with shop():
            assert current_role() == "yaksok_keeper"
        assert current_role() == "yaksok_keeper"


def test_a_role_is_not_changed_in_the_middle() -> None:
    with pytest.raises(RuntimeError, match="durable"), shop():
        keeper().__enter__()
    assert current_role() == "yaksok_storefront"


def test_an_error_takes_the_role_back() -> None:
    with pytest.raises(ValueError, match="anything"), keeper():
        message = "anything"
        raise ValueError(message)
    assert current_role() == "yaksok_storefront"


class _Lost(psycopg.errors.SerializationFailure):
    pass


def _losing(times: int) -> Callable[[], int]:
    calls = iter(range(1, 100))

    @retrying
    def act() -> int:
        with shop():
            call = next(calls)
            if call <= times:
                message = "lost"
                raise OperationalError(message) from _Lost()
            return call

    return act


def test_a_lost_race_is_run_again() -> None:
    assert _losing(0)() == 1
    assert _losing(3)() == 4


def test_after_three_more_the_database_has_the_last_word() -> None:
    with pytest.raises(OperationalError, match="lost"):
        _losing(4)()


def test_inside_a_transaction_nothing_is_run_again() -> None:
    act = _losing(1)
    with pytest.raises(OperationalError, match="lost"), keeper():
        act()


def test_another_error_is_not_run_again() -> None:
    calls = []

    @retrying
    def act() -> None:
        calls.append(1)
        with shop():
            _count("vault.vault_record")

    with pytest.raises(ProgrammingError):
        act()
    assert calls == [1]


@pytest.mark.django_db(transaction=True)
def test_a_real_deadlock_is_run_again() -> None:
    """Two transactions take two locks in opposite order; both end well."""
    both = threading.Barrier(2, timeout=10)
    done: list[str] = []

    def take(first: int, second: int) -> None:
        waits = iter((True,))

        @retrying
        def act() -> None:
            with keeper(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [first])
                if next(waits, False):
                    both.wait()
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [second])

        act()
        connection.close()
        done.append("ended")

    threads = [threading.Thread(target=take, args=order) for order in ((71, 72), (72, 71))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert done == ["ended", "ended"]
