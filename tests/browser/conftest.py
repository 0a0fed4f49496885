"""A browser, and a whole mall for it to walk through."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.cast.running import RunningMall, demo_mall, end

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window.

    For one module: while it is open, this process counts as asynchronous, and Django would refuse
    the database to the tests of other modules.
    """
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "Chromium is missing; cure: apt install chromium fonts-noto-cjk, or make browser"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def mall() -> Iterator[RunningMall]:
    """A mall with its demo goods, open, in a fresh directory."""
    running = demo_mall()
    try:
        yield running.start()
    finally:
        end(running)


@pytest.fixture(scope="session")
def open_mall() -> Iterator[RunningMall]:
    """One mall with its demo goods for every test that leaves it whole; its shelves are full."""
    running = demo_mall()
    try:
        yield running.start()
    finally:
        end(running)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[BrowserContext]:
    """A new person's browser: no cookie, no history, in Korean."""
    context = chromium.new_context(locale="ko-KR", timezone_id="Asia/Seoul")
    context.set_default_timeout(15_000)
    yield context
    context.close()
