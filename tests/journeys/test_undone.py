"""What a handing-over leaves for a person is told at the console's first page and by the doctor."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import people
from tests.surfaces.visits import browser_of
from yaksok.cli import doctor
from yaksok.database.layout import DataDirectory
from yaksok.database.roles import keeper
from yaksok.journeys import undone
from yaksok.journeys.undone import Undone
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import new_id, new_subject_id
from yaksok.privacy.disclosure.models import Handover

pytestmark = pytest.mark.django_db

DAYS_AGO = timedelta(days=5)


def line(**other: object) -> None:
    """A handing-over of a parcel to the courier by wire that was taken, but for ``other``."""
    at = clock.now() - DAYS_AGO
    row: dict[str, object] = {
        "subject_id": new_subject_id(),
        "id": new_id(),
        "recipient": "courier",
        "message": "handover",
        "kind": "order_recipient",
        "record_id": new_id(),
        "items": ["name"],
        "purpose": "delivery",
        "promise": "P4.11",
        "reference": people.mark(),
        "state": "acknowledged",
        "planned_at": at,
        "next_try": at + timedelta(days=1),
        "sent_at": at,
    }
    with keeper():
        Handover.objects.create(**row | other)


FILED = {"way": "file", "state": "filed"}
GIVEN_UP = {"state": "given_up", "reason": "unreachable"}
FOR_PARTNER = {"recipient": "partner", "purpose": "advertising"}
CASES: tuple[tuple[Mapping[str, object], Undone | None], ...] = (
    ({}, None),
    (FILED, Undone.NOT_CONFIRMED),
    (FILED | {"next_try": datetime.max.replace(tzinfo=clock.SEOUL)}, None),
    (FILED | {"recalled_at": datetime(2026, 11, 20, tzinfo=clock.SEOUL)}, None),
    ({"way": "file", "state": "planned", "message": "correction"}, Undone.TO_TELEPHONE),
    ({"way": "file", "state": "planned", "message": "erasure"}, Undone.TO_TELEPHONE),
    ({"way": "wire", "state": "planned", "message": "correction"}, None),
    (GIVEN_UP, Undone.GIVEN_UP),
    (GIVEN_UP | {"reason": "not_taken", "way": "file"}, Undone.GIVEN_UP),
    (GIVEN_UP | {"reason": "refused:P1.10"}, Undone.GIVEN_UP),
    (GIVEN_UP | {"reason": "erased"}, None),
    (GIVEN_UP | FOR_PARTNER, Undone.NOT_GIVEN),
    (GIVEN_UP | FOR_PARTNER | {"reason": "refused:P4.7"}, None),
    (GIVEN_UP | {"message": "erasure"}, Undone.BROKEN),
    (GIVEN_UP | {"message": "correction", "reason": "recalled"}, None),
)


@pytest.mark.parametrize(("changes", "what"), CASES)
def test_what_no_clock_does_is_counted_with_its_age(
    changes: Mapping[str, object], what: Undone | None
) -> None:
    clerk = people.clerk().actor
    assert undone.left(clerk) == ()
    line(**changes)
    found = undone.left(clerk)
    assert [(one.what, one.count) for one in found] == ([(what, 1)] if what else [])
    assert all(DAYS_AGO <= one.age < DAYS_AGO + timedelta(minutes=1) for one in found)


def test_the_longest_waiting_stands_first_and_each_role_is_led_where_it_may_go() -> None:
    line(**GIVEN_UP, planned_at=clock.now() - timedelta(days=9))
    line(**GIVEN_UP)
    line(**GIVEN_UP, message="erasure", planned_at=clock.now() - timedelta(days=7))
    clerk, officer = undone.left(people.clerk().actor), undone.left(people.officer().actor)
    assert [(one.what, one.count, one.age.days, one.here) for one in clerk] == [
        (Undone.GIVEN_UP, 2, 9, True),
        (Undone.BROKEN, 1, 7, False),
    ]
    assert [one.here for one in officer] == [True, True]
    for nobody in (people.member().actor, Actor.visitor()):
        with pytest.raises(Refused):
            undone.left(nobody)


def test_the_first_page_of_the_console_says_it_and_where_to_go() -> None:
    clerk = people.clerk()
    browser = browser_of(clerk)
    assert "사람이 해야 끝나는 일" not in browser.text("/console")
    line(**FILED)
    line(**GIVEN_UP, message="erasure")
    page = browser.text("/console")
    assert "사람이 해야 끝나는 일" in page
    assert (
        '<a href="/console/sheets">파일로 넘기고 운송장 번호를 받지 못한 소포</a> <b>1건</b>'
        in page
    )
    assert "가장 오래된 것 5일 전" in page
    assert "개인정보 보호책임자에게 알려 주십시오" in page
    assert '<a href="/console/sharing">받는 곳에' in browser_of(people.officer()).text("/console")


def test_the_doctor_counts_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(_: DataDirectory, query: str, values: Mapping[str, datetime]) -> list[int]:
        from django.db import connection

        with keeper(), connection.cursor() as cursor:
            cursor.execute(query.replace("privacy.", ""), values)
            return [int(one) for one in cursor.fetchone()]

    monkeypatch.setattr(doctor, "_asked", asked)
    (fine,) = doctor._couriers(DataDirectory(tmp_path))
    assert (fine.ok, fine.seen) == (True, "nothing waits for a person")
    for changes, _ in CASES:
        line(**changes)
    (finding,) = doctor._couriers(DataDirectory(tmp_path))
    assert not finding.ok
    assert not finding.needed
    assert finding.seen == (
        "1 parcels in files without the courier's number (oldest 5 days);"
        " 2 corrections or erasures to be told by telephone (oldest 5 days);"
        " 4 handovers given up (oldest 5 days)"
    )
    assert "/console/sheets" in finding.cure
    told = {one.what: one.count for one in undone.left(people.officer().actor)}
    assert told[Undone.NOT_CONFIRMED] == 1
    assert told[Undone.TO_TELEPHONE] == 2
    assert told[Undone.GIVEN_UP] + told[Undone.NOT_GIVEN] == 4
