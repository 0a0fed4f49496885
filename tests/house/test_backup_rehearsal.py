"""A close destroys nothing before a backup of the keys that will be needed was restored."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from tests.domains.test_vault_gate import a_member
from yaksok.database.errors import DatabaseUnusable
from yaksok.database.layout import DataDirectory
from yaksok.database.manifest import Folder
from yaksok.database.roles import keeper
from yaksok.journeys import forget, rehearsing
from yaksok.kernel import clock
from yaksok.kernel.clock import FixedClock
from yaksok.privacy.vault import closing, epochs, rehearsed
from yaksok.privacy.vault.rehearsed import Rehearsal

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("_own_rehearsals"),
]


@pytest.fixture
def _own_rehearsals(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The data directory is shared with tests that run at the same time; what is remembered is not."""
    monkeypatch.setattr(rehearsed, "_file", lambda _: tmp_path / "rehearsals.json")


def destroyed(epoch: int) -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT destroyed_at FROM vault_epoch WHERE number = %s", [epoch])
        (at,) = cursor.fetchone()
    return at is not None


def rehearse_nothing(monkeypatch: pytest.MonkeyPatch, *, passes: bool) -> list[Path]:
    asked: list[Path] = []

    def rehearse(_: DataDirectory, place: Path) -> None:
        asked.append(place)
        if not passes:
            reason = "the rehearsal did not pass: a record does not open"
            raise DatabaseUnusable(reason, cure="look at it")
        with keeper():
            epoch = epochs.current().number
        rehearsed.remember(Rehearsal("keys-x", epoch, 1, clock.now()))

    monkeypatch.setattr(rehearsing, "rehearse", rehearse)
    written = Folder(Path("keys-x"), "keys", clock.now(), {}, {})
    monkeypatch.setattr(rehearsing, "_backed_up", lambda *_: written)
    return asked


def test_without_any_backup_nothing_waits(standing_clock: FixedClock) -> None:
    with keeper():
        a_member()
    standing_clock.move(timedelta(days=1))
    assert forget.close_epoch_if_due() is not None
    assert destroyed(1)


def test_with_backups_the_old_keys_go_when_the_new_ones_were_tried(
    standing_clock: FixedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rehearsed.remember_place(tmp_path)
    asked = rehearse_nothing(monkeypatch, passes=True)
    with keeper():
        a_member()
    standing_clock.move(timedelta(days=1))
    assert forget.close_epoch_if_due() is not None
    assert asked == [tmp_path]
    assert rehearsed.passed(2)
    assert destroyed(1)


def test_a_rehearsal_that_fails_postpones_the_destruction_and_never_beyond_the_law(
    standing_clock: FixedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rehearsed.remember_place(tmp_path)
    asked = rehearse_nothing(monkeypatch, passes=False)
    with keeper():
        a_member()
    standing_clock.move(timedelta(days=1))
    for _ in range(2):
        assert forget.close_epoch_if_due() is None
        assert not destroyed(1)
    with pytest.raises(rehearsing.NotRehearsed, match="a record does not open"):
        closing.close()
    assert len(asked) == 3
    with keeper():
        assert epochs.current().number == 2, "the mall goes on under the new keys"
    standing_clock.move(timedelta(days=3, hours=12))
    assert closing.finish() is not None
    assert destroyed(1)
    assert not rehearsed.passed(2)


def test_a_place_without_data_is_no_backup(tmp_path: Path) -> None:
    from yaksok.database.manifest import Damaged

    with pytest.raises(Damaged, match="no data is kept"):
        rehearsing._backed_up(DataDirectory.from_environment(), tmp_path)
