"""kill -9 of every process of the mall while four people buy: no order is lost, none goes unpaid.

``make test`` kills one of each kind; ``make proof`` sets ``YAKSOK_FULL`` and kills every single one.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import psutil
import pytest

from tests.cast.books import Books, check, on_shelf, read_books, settle, stocked
from tests.cast.clerk import Clerk
from tests.cast.running import RunningMall
from tests.cast.shopper import Shopper, crowd

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(900)]

SHOPPERS = 4
BUYING_SECONDS = 2.0


def test_no_order_is_lost_and_none_goes_unpaid(mall: RunningMall) -> None:
    variants = stocked(mall, 3)
    before = on_shelf(mall)
    clerk = Clerk(mall).log_in()
    shoppers = [Shopper(mall.origin, f"shopper{number}") for number in range(SHOPPERS)]
    stop = threading.Event()
    threads = [*crowd(shoppers, variants, stop), clerk.work(stop)]
    killed = []
    try:
        for name in victims(mall):
            time.sleep(BUYING_SECONDS)
            killed.append(kill(mall, name))
        time.sleep(BUYING_SECONDS)
        mall.kill_all()
        killed.append("all at once")
        mall.start()
        time.sleep(BUYING_SECONDS)
    finally:
        stop.set()
        for thread in threads:
            thread.join(200)
    with closing(clerk.browser):
        settle(mall, clerk)
    books = read_books(mall, before)

    check(books, shoppers)
    report(books, shoppers, killed)


def victims(mall: RunningMall) -> Iterator[str]:
    """The processes to kill, by name; in ``make test`` one of each kind that an order needs."""
    names = list(mall.processes())
    if not os.environ.get("YAKSOK_FULL"):
        postgres = [name for name in names if name.startswith("postgres")]
        spared = {*postgres[2:-1], *[name for name in names if name.startswith("serving")][2:]}
        spared |= {"sandbox_identity", "sandbox_mail", "sandbox_push", "sandbox_sms"}
        names = [name for name in names if name not in spared]
    yield from sorted(names, key=lambda name: name == "supervisor")


def kill(mall: RunningMall, name: str) -> str:
    """Kill one, and start the mall again when it was the one that keeps the others alive."""
    victim = mall.processes().get(name)
    if victim is None:
        return f"{name} (gone already)"
    others = list(mall.processes().values()) if name == "supervisor" else []
    try:
        victim.kill()
    except psutil.NoSuchProcess:
        return f"{name} (gone already)"
    if name == "supervisor":
        assert mall.process is not None
        mall.process.wait(30)
        psutil.wait_procs(others, timeout=30)
        mall.start()
    return name


def report(books: Books, shoppers: list[Shopper], killed: list[str]) -> None:
    """The figures of the proof, for whoever runs it with ``-s``."""
    states: dict[str, int] = {}
    for state in books.orders.values():
        states[state] = states.get(state, 0) + 1
    told = sum(len(shopper.bought) for shopper in shoppers)
    waits = sum(shopper.waited for shopper in shoppers)
    longest = max(shopper.longest_wait for shopper in shoppers)
    print(
        f"\nkilled: {', '.join(killed)}\norders: {states}; {told} told as bought;"
        f" {len(books.parcels)} parcels; {waits} tries in vain, the longest wait {longest:.1f} s"
    )
