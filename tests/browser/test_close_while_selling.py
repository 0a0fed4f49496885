"""An epoch is closed while four people order: nobody waits long, and no record is lost or there twice.

``make test`` closes over a few thousand records; ``make proof`` (``YAKSOK_FULL``) over a million. The
figures are printed (``-s``).
"""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

import psutil
import pytest

from tests.cast.books import check, on_shelf, read_books, settle, stocked
from tests.cast.clerk import Clerk
from tests.cast.running import INHERITED, RunningMall
from tests.cast.sandboxes import wait_until
from tests.cast.shopper import Shopper, crowd
from yaksok.database.address import address_of
from yaksok.database.layout import DataDirectory

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(3600)]

FULL = bool(os.environ.get("YAKSOK_FULL"))
RECORDS = 1_000_000 if FULL else 3_000
SHOPPERS = 4
BEFORE_SECONDS = 20.0 if FULL else 2.0
"""How long the shoppers are watched before the close, after each has bought once."""
LONGEST_PAUSE_SECONDS = 10.0
FLAT_MB = 60.0


def in_the_mall(mall: RunningMall, *words: str) -> "subprocess.Popen[str]":
    """A Python module on this mall's data."""
    known = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        env={**known, "YAKSOK_DATA": str(mall.root)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


@dataclass
class Watched:
    """The memory of a process while it runs, in megabytes, every tenth of a second."""

    process: "subprocess.Popen[str]"
    sizes: list[float] = field(default_factory=list)

    def to_its_end(self) -> str:
        """What it printed."""
        seen = psutil.Process(self.process.pid)
        while self.process.poll() is None:
            try:
                self.sizes.append(seen.memory_info().rss / 2**20)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.1)
        out, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, out
        return out

    @property
    def growth(self) -> float:
        """From the second half of its life on: what does not level off with the first batches."""
        half = self.sizes[len(self.sizes) // 2 :]
        return max(half) - half[0]


def ids(mall: RunningMall, table: str, where: str = "true") -> set[tuple[object, object]]:
    """The records of a table of the vault."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        rows = admin.execute(
            f"SELECT subject_id, record_id FROM vault.{table} WHERE {where}".encode()
        )
        return set(rows.fetchall())


def count(mall: RunningMall, query: str) -> int:
    """One number."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        row = admin.execute(query.encode()).fetchone()
    assert row
    return int(row[0])


def longest(shoppers: list[Shopper]) -> float:
    """The longest that one of them has waited since it was asked last."""
    found = max(shopper.longest_wait for shopper in shoppers)
    for shopper in shoppers:
        shopper.longest_wait = 0.0
    return found


def test_no_order_waits_long_and_no_record_is_lost(mall: RunningMall) -> None:
    variants = stocked(mall, 3)
    before = on_shelf(mall)
    filling = in_the_mall(mall, "tests.cast.crowded", str(RECORDS))
    filling.communicate(timeout=1800)
    assert filling.returncode == 0
    filled = ids(mall, "vault_record_key")
    assert len(filled) >= RECORDS
    clerk = Clerk(mall).log_in()
    shoppers = [Shopper(mall.origin, f"closing{number}") for number in range(SHOPPERS)]
    stop = threading.Event()
    threads = crowd(shoppers, variants, stop)
    try:
        wait_until(lambda: all(shopper.bought for shopper in shoppers), 120)
        longest(shoppers)
        time.sleep(BEFORE_SECONDS)
        usual, orders = longest(shoppers), sum(len(shopper.bought) for shopper in shoppers)
        closer = Watched(in_the_mall(mall, "yaksok.cli.main", "epoch", "close", "--now", "--json"))
        began = time.monotonic()
        receipt = json.loads(closer.to_its_end())
        took = time.monotonic() - began
        pause = longest(shoppers)
        meanwhile = sum(len(shopper.bought) for shopper in shoppers) - orders
    finally:
        stop.set()
        for thread in threads:
            thread.join(200)
    settle(mall, clerk)
    clerk.browser.close()

    check(read_books(mall, before), shoppers)
    kept = ids(mall, "vault_record_key")
    assert filled - kept == set(), "lost"
    assert kept == ids(mall, "vault_record"), "a key for each record, and a record for each key"
    assert count(mall, "SELECT count(*) FROM vault.vault_record_key WHERE epoch = 1") == 0
    assert count(mall, "SELECT count(*) FROM vault.vault_blind_index WHERE epoch = 1") == 0
    assert count(mall, "SELECT count(*) FROM vault.vault_epoch WHERE kek <> ''") == 1
    assert receipt["survivors"] >= RECORDS
    assert receipt["fenced"] == 0
    assert pause < LONGEST_PAUSE_SECONDS
    assert closer.growth < FLAT_MB
    print(
        f"\n{receipt['survivors']:,} records in {took:.1f} s; {meanwhile} orders meanwhile;"
        f" longest wait of a shopper {pause:.2f} s ({sum(one.waited for one in shoppers)} asked again), before {usual:.2f} s; memory of the closing"
        f" process at most {max(closer.sizes):.0f} MB; 0 lost, 0 extra"
    )
