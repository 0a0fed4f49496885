"""Pictures of the pages about the promise: for children, version by version, and on paper."""

from typing import TYPE_CHECKING

from playwright.sync_api import Page

if TYPE_CHECKING:
    from tools.shots import Camera


def promise(camera: "Camera", page: Page) -> None:
    """The children's page, the versions, what changed since the first one, and the policy on A4."""
    from tools.shots import TARGET

    for name in ("children", "versions"):
        camera.go(page, f"/policy/{name}")
        camera.take(page, f"policy-{name}")
    changed = page.locator(".version-list a[href$='/policy/versions/1/2']").first
    if changed.count():
        page.goto(camera.base + (changed.get_attribute("href") or "/"))
        camera.take(page, "policy-changes")
    camera.go(page, "/policy")
    path = TARGET / f"policy-{camera.name}.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
