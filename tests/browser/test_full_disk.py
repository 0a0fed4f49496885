"""The disk of a running mall fills up: who reads goes on reading, who buys is told, nothing is lost."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cast.books import check, on_shelf, read_books, settle, stocked
from tests.cast.clerk import Clerk
from tests.cast.running import RunningMall
from tests.cast.sandboxes import free_port, wait_until
from tests.cast.shopper import Shopper, hidden
from yaksok.database.service_user import ServiceUser

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]

PAGE = 4096
ROOMY = 1024**3
MOST_ORDERS = 300
"""Fewer than this fit into the pages that the database has at hand."""

WORDS = {
    "": "잠시 뒤에 같은 화면을 다시 열어 주세요",
    "/en": "Open the same page again in a moment",
}


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own, in memory."""
    place = Path(tempfile.mkdtemp(prefix="yaksok-disk-"))
    if mounting("-t", "tmpfs", "-o", f"size={ROOMY}", "tmpfs", str(place)):
        place.rmdir()
        pytest.skip("a disk can be made small only by who may mount; run as root to see this test")
    ServiceUser.choose().let_through(place)
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
    place.rmdir()


def mounting(*arguments: str) -> int:
    """What ``mount`` ends with."""
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode


def resize(place: Path, size: int) -> None:
    """Give the disk ``size`` bytes."""
    assert mounting("-o", f"remount,size={size}", str(place)) == 0


def fill(place: Path) -> None:
    """Leave one page free."""
    wait_until(lambda: try_to_fill(place))


def try_to_fill(place: Path) -> bool:
    """Leave a page at most; False when the mall wrote more meanwhile than that leaves room for."""
    size = shutil.disk_usage(place).used // PAGE * PAGE + PAGE
    return mounting("-o", f"remount,size={size}", str(place)) == 0


def test_a_full_disk_loses_nothing_and_says_what_to_do(small_disk: Path) -> None:
    mall = RunningMall(small_disk / "mall", free_port()).start()
    shopper = Shopper(mall.origin, "in.time")
    try:
        (variant,) = stocked(mall, 1)
        before = on_shelf(mall)
        assert shopper.buy(variant)
        forms = {prefix: form_of(mall, shopper, variant, prefix) for prefix in WORDS}
        fill(small_disk)
        whoever_buys_is_told(mall, shopper, forms)
        whoever_reads_goes_on(mall, shopper)
        nobody_opens_it_without_room(mall, small_disk)
        resize(small_disk, ROOMY)
        mall.start()
        assert shopper.buy(variant)
        clerk = Clerk(mall).log_in()
        settle(mall, clerk)
        clerk.browser.close()
        check(read_books(mall, before), [shopper])
    finally:
        resize(small_disk, ROOMY)
        shopper.browser.close()
        mall.stop()


def form_of(mall: RunningMall, shopper: Shopper, variant: str, prefix: str) -> dict[str, str]:
    """An order form in one language, filled in."""
    asked = {"variant": variant, "quantity": "1"}
    page = shopper.browser.get(f"{mall.origin}{prefix}/checkout", params=asked).text
    values = shopper.filled(page, hidden(page, "attempt"))
    assert values
    return values


def whoever_buys_is_told(
    mall: RunningMall, shopper: Shopper, forms: dict[str, dict[str, str]]
) -> None:
    """503 with what to do, as soon as the database has no room for one more order."""
    for prefix, words in WORDS.items():
        address, values = f"{mall.origin}{prefix}/checkout/place", forms[prefix]
        for _ in range(MOST_ORDERS):
            order = {**values, "attempt": str(uuid4())}
            answer = shopper.browser.post(address, data=order)
            if answer.status_code != 302:
                break
        assert answer.status_code == 503, answer.text
        assert words in answer.text
        assert int(answer.headers["retry-after"]) > 0
        assert "Traceback" not in answer.text


def whoever_reads_goes_on(mall: RunningMall, shopper: Shopper) -> None:
    """Goods and the policy are there."""
    for path in ("/", "/en/search?q=tea", "/policy"):
        assert shopper.browser.get(mall.origin + path).status_code == 200


def nobody_opens_it_without_room(mall: RunningMall, place: Path) -> None:
    """After a kill -9 the next start says how much is free and how much is needed."""
    assert mall.process is not None
    fill(place)
    mall.kill_all()
    again = subprocess.run(
        [*mall.process.args],  # type: ignore[misc]  # a list, as it was started
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert again.returncode == 1
    assert "MB are free" in again.stderr
    assert "cure: free 200 MB" in again.stderr
    assert "Traceback" not in again.stderr
