"""PostgreSQL stops under four shoppers and is started again by the supervisor.

Meanwhile every page says so with 503 and what to do; afterwards everybody goes on, and the books of
the mall, the provider and the courier fit together.
"""

import re
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from tests.cast.books import check, on_shelf, read_books, settle, stocked
from tests.cast.clerk import Clerk
from tests.cast.running import RunningMall
from tests.cast.sandboxes import wait_until
from tests.cast.shopper import Shopper, crowd

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]

SHOPPERS = 4
BUYING_SECONDS = 3.0
AWAY_SECONDS = 6.0
LONGEST_WAIT = 30.0
"""Seconds until a page must have answered while the database is away and a dozen others ask too."""

PAGES = ("/", "/en/", "/search?q=tea", "/en/category/tea", "/my", "/en/my", "/console")
FORMS = (
    ("/checkout", {"quantity": "1"}),
    ("/en/checkout", {"quantity": "1"}),
    ("/en/log-in", {"login_id": "nobody_here", "password": "not a password", "next": ""}),
    ("/lookup", {"number": "2222-222-2222-222", "lookup_secret": "a secret of the guest"}),
)
WORDS = {
    "ko": ("지금은 답할 수 없어요", "잃은 것은 없어요", "같은 화면을 다시 열어 주세요"),
    "en": ("We cannot answer just now", "Nothing was lost", "Open the same page again"),
}


def test_nothing_is_lost_and_everybody_is_told_what_to_do(mall: RunningMall) -> None:
    variants = stocked(mall, 3)
    before = on_shelf(mall)
    clerk = Clerk(mall).log_in()
    shoppers = [Shopper(mall.origin, f"shopper{number}") for number in range(SHOPPERS)]
    stop = threading.Event()
    threads = [*crowd(shoppers, variants, stop), clerk.work(stop)]
    try:
        time.sleep(BUYING_SECONDS)
        with database_away(mall):
            began = time.monotonic()
            everything_says_so(mall, clerk, variants[0])
            time.sleep(max(0.0, AWAY_SECONDS - (time.monotonic() - began)))
        wait_until(lambda: httpx.get(f"{mall.origin}/", timeout=15).status_code == 200, 30)
        bought = sum(len(shopper.bought) for shopper in shoppers)
        wait_until(lambda: sum(len(shopper.bought) for shopper in shoppers) > bought, 30)
        time.sleep(BUYING_SECONDS)
    finally:
        stop.set()
        for thread in threads:
            thread.join(200)
    settle(mall, clerk)
    clerk.browser.close()

    check(read_books(mall, before), shoppers)
    assert any(shopper.waited for shopper in shoppers), "the database was away while people bought"
    no_log_holds_a_traceback(mall)
    report(shoppers)


@contextmanager
def database_away(mall: RunningMall) -> Iterator[None]:
    """PostgreSQL is stopped, and the supervisor does not look until the end of the block."""
    processes = mall.processes()
    supervisor = processes["supervisor"]
    postmaster = next(
        process
        for name, process in processes.items()
        if name.startswith("postgres") and process.ppid() == supervisor.pid
    )
    supervisor.suspend()
    try:
        postmaster.send_signal(signal.SIGINT)
        # Nobody has asked for its end yet, so it stays as a zombie.
        wait_until(lambda: postmaster.status() == "zombie", 30)
        yield
    finally:
        supervisor.resume()


def everything_says_so(mall: RunningMall, clerk: Clerk, variant: str) -> None:
    """Each page and each form answers 503 with what to do, also to somebody who is logged in."""
    with (
        httpx.Client(timeout=LONGEST_WAIT, headers=clerk.headers) as known,
        httpx.Client(timeout=LONGEST_WAIT) as visitor,
        ThreadPoolExecutor(len(PAGES) + len(FORMS)) as crew,
    ):
        asked = [crew.submit(known.get, mall.origin + path) for path in PAGES]
        for path, fields in FORMS:
            values = {"variant": variant, **fields} if "checkout" in path else fields
            asked.append(crew.submit(visitor.post, mall.origin + path, data=values))
        for one in asked:
            says_so(one.result())


def says_so(answer: httpx.Response) -> None:
    """The page of a mall whose database is away, in the language of its address."""
    language = "en" if answer.request.url.path.startswith("/en/") else "ko"
    assert answer.status_code == 503, (answer.request.url, answer.status_code)
    assert int(answer.headers["retry-after"]) > 0
    assert f'<html lang="{language}"' in answer.text
    for word in WORDS[language]:
        assert word in answer.text, (answer.request.url, word)
    assert "Traceback" not in answer.text
    assert not re.search("psycopg|OperationalError|PostgreSQL", answer.text)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in answer.headers, "nobody is logged out because the database is away"


def no_log_holds_a_traceback(mall: RunningMall) -> None:
    """Nor the supervisor's words, which tell the operator what happened."""
    said = mall.output.read_text()
    assert "PostgreSQL ended by itself" in said
    assert "PostgreSQL is back" in said
    for log in (mall.output, *(mall.root / "logs").iterdir()):
        assert "Traceback" not in log.read_text(errors="replace"), log.name


def report(shoppers: list[Shopper]) -> None:
    """The figures of the proof, for whoever runs it with ``-s``."""
    told = sum(len(shopper.bought) for shopper in shoppers)
    waits = sum(shopper.waited for shopper in shoppers)
    longest = max(shopper.longest_wait for shopper in shoppers)
    print(f"\n{told} orders; {waits} tries in vain, the longest wait {longest:.1f} s")
