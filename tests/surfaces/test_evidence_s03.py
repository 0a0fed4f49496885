"""Section 3: each probe finds what is so, and notices the row that breaks its sentence."""

from datetime import timedelta

import pytest

from tests.cast.people import member
from tests.cast.planting import OPENED, Patch, Row, acted, named, notices, row, run
from yaksok.evidence import s03_retention as s03
from yaksok.kernel import clock
from yaksok.kernel.ids import new_id

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WHO, RECORD = new_id(), new_id()


def joined(_: Patch) -> None:
    member()


def lost(_: Patch) -> None:
    """A membership that ended as it should."""
    now = clock.now()
    row(
        "retention_case",
        stage="lost",
        noticed_at=now - 40 * DAY,
        explain_until=now - 9 * DAY,
        closed_at=now,
        proposed_by=new_id(),
        proposed_at=now - DAY,
        decided_by=new_id(),
    )


def left(_: Patch) -> None:
    row("vault_erasure", subject_id=WHO, record_id=RECORD, kind="membership")


def copied(_: Patch) -> None:
    row("retention_copy", subject_id=WHO, record_id=RECORD)
    row(
        "vault_record",
        subject_id=WHO,
        record_id=RECORD,
        kind="statutory",
        destroy_after=clock.now() + DAY,
    )


def long_ago(_: Patch) -> None:
    row("retention_destruction", at=clock.now() - 10 * DAY)


TABLE: tuple[Row, ...] = (
    (s03.p3_01_members_are_all_there, joined, lambda _: run("DELETE FROM vault_record")),
    (
        s03.p3_01_members_are_all_there,
        joined,
        lambda _: run("UPDATE vault_record SET destroy_after = %s", clock.now() + 365 * DAY),
    ),
    (
        s03.p3_02_it_served_the_service,
        acted(OPENED, "member", "membership", "rights", "email"),
        acted(OPENED, "system", "membership", "advertising", "email"),
    ),
    (
        s03.p3_03_whoever_left_is_gone,
        left,
        lambda _: row("accounts_credential", subject_id=WHO),
    ),
    (
        s03.p3_03_whoever_left_is_gone,
        left,
        lambda _: row("vault_record", subject_id=WHO, kind="address_book"),
    ),
    (
        s03.p3_04_nobody_lost_it_unheard,
        lost,
        lambda _: run("UPDATE retention_case SET explain_until = noticed_at + interval '29 days'"),
    ),
    (
        s03.p3_04_nobody_lost_it_unheard,
        lost,
        lambda _: run("UPDATE retention_case SET decided_by = NULL"),
    ),
    (
        s03.p3_06_each_record_has_its_receipt,
        joined,
        lambda _: row("vault_record", kind="membership"),
    ),
    (
        s03.p3_08_what_was_erased_is_unreadable_by_now,
        long_ago,
        lambda _: row("vault_epoch", opened_at=clock.now() - 20 * DAY),
    ),
    (
        s03.p3_09_what_was_destroyed_did_not_come_back,
        left,
        lambda _: row("vault_record_key", subject_id=WHO, record_id=RECORD),
    ),
    (
        s03.p3_10_what_a_law_keeps_is_apart,
        copied,
        acted(OPENED, "clerk", "statutory", "statutory_record", "name"),
    ),
    (
        s03.p3_10_what_a_law_keeps_is_apart,
        copied,
        lambda _: run("UPDATE vault_record SET destroy_after = NULL"),
    ),
)


@pytest.mark.parametrize("case", TABLE, ids=named)
def test_it_notices(case: Row, monkeypatch: Patch) -> None:
    notices(case, monkeypatch)
