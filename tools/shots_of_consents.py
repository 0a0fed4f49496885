"""The part of :mod:`tools.shots` where a member allows, refuses, and is asked about a change."""

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from tools.shots import Camera


def announce(data: Path) -> None:
    """Publish a change of the policy that asks every member something."""
    command = (sys.executable, "-m", "tools.sample_change", "--data", str(data))
    subprocess.run(command, capture_output=True, check=True, timeout=60)


def consents(camera: "Camera", page: Page, password: str) -> None:
    """Consents, what a change asks, and the correction form, as a new member meets them."""
    camera.go(page, "/my/consents")
    camera.take(page, "consents")
    page.locator("[data-consent] button").first.click()
    _gives_a_name(camera, page, password)
    camera.go(page, "/my/consents")
    page.locator("[data-consent] button").first.click()
    page.locator("[data-consent] .dates").wait_for()
    camera.take(page, "consent-withdrawn")
    camera.go(page, "/my/correct")
    camera.take(page, "correct-without-consent")
    camera.go(page, "/my/changes")
    camera.take(page, "changes")
    if page.locator(".changes a").count():
        page.locator(".changes a").first.click()
        page.locator("#q-1 [value=no]").click()
        page.locator("#q-1").wait_for()
        camera.take(page, "change")
    camera.go(page, "/my")
    camera.take(page, "my-page-asked")


def _gives_a_name(camera: "Camera", page: Page, password: str) -> None:
    camera.go(page, "/my/correct")
    page.fill("#step-password", password)
    page.locator("#open [type=submit]").click()
    page.locator("[name=name]").fill("한소담")
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url(re.compile("done="))
