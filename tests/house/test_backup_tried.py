"""Which backup of keys counts as tried, and what tries in vain leave behind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast.dice import FULL
from tests.house.test_backup_story import Stage, made_stage

pytestmark = [
    pytest.mark.processes,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("backups"),
]


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = made_stage()
    yield made
    shutil.rmtree(made.place, ignore_errors=True)


def test_keys_that_were_tried_while_the_epoch_closed_are_not_the_new_ones(stage: Stage) -> None:
    store = stage.at("store")
    seen = stage.play("mall", ["members", 3], ["close_backed_up_meanwhile", store])
    assert seen["epoch"] == 2

    restored = stage.restored("other", store, "--data", stage.at("other"))

    assert (restored["records"], restored["epoch"]) == (3, 2)


@pytest.mark.skipif(not FULL, reason="make proof: it rehearses again and again")
def test_tries_in_vain_do_not_fill_the_disk(stage: Stage) -> None:
    store = stage.at("store")
    stage.play("mall", ["members", 2], ["back_up", store])
    (dump,) = Path(store).glob("data-*/mall.dump")
    whole = dump.read_bytes()
    dump.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    (asked_for,) = Path(store).glob("keys-*")

    seen = stage.play("mall", *[["close_in_vain"]] * 3)

    assert len(seen["refused"]) == 3
    kept = sorted(Path(store).glob("keys-*"))
    assert len(kept) == 2
    assert asked_for in kept
    dump.write_bytes(whole)
    planted = kept[0] / "intents-2099-01.jsonl"
    planted.write_text("", encoding="ascii")
    refused = stage.yaksok("other", "restore", store, "--keys", str(kept[0]))
    assert f"{planted} is not in the list" in refused.stderr
    planted.unlink()
    assert stage.play("mall", ["close_rehearsed"])["rehearsed"] == [3, 2]
    assert len(list(Path(store).glob("keys-*"))) == 3, (
        "of the one that was cut off, and of the next"
    )
