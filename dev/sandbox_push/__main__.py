"""``python -m dev.sandbox_push --port N --data DIR``. It shares no secret with the shop: nobody does."""

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from dev.sandbox_push.browsers import TABLES, Browsers
from dev.sandbox_push.page import notifications_page
from dev.serving.exchange import Answer, Declined, Exchange, as_json, as_page
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run

BROWSER = r"([A-Za-z0-9_-]{1,64})"
HUGE = 8 * 1024 * 1024
ODD = ("huge", "redirect", "status")


class Service:
    """The service's interface and page, and what stands for the browsers of people."""

    def __init__(self, folder: Path) -> None:
        self.faults = Faults()
        self._ledger = Ledger(folder, "push.db", TABLES)
        self._browsers = Browsers(self._ledger)
        self._odd: dict[str, object] = {}

    def routes(self) -> Sequence[Route]:
        """Where the shop pushes to, what browsers do, and what they show."""
        return (
            ("POST", rf"/push/{BROWSER}", self._push),
            ("POST", r"/sandbox/browsers", self._subscribe),
            ("POST", rf"/sandbox/browsers/{BROWSER}", self._move),
            ("DELETE", rf"/sandbox/browsers/{BROWSER}", self._unsubscribe),
            ("POST", r"/sandbox/manner", self._manner),
            ("GET", r"/sandbox/notifications", self._shown),
            ("GET", r"/", self._page),
        )

    def start(self) -> None:
        """Nothing runs beside the requests."""

    def stop(self) -> None:
        """Write everything down."""
        self._ledger.close()

    def _push(self, exchange: Exchange, browser: str) -> Answer:
        if "redirect" in self._odd:
            there = {"Location": str(self._odd["redirect"])}
            return Answer(HTTPStatus.TEMPORARY_REDIRECT, headers=there)
        if "status" in self._odd:
            raise Declined(HTTPStatus(int(str(self._odd["status"]))), "ODD", "as it was told to")
        message, ttl = self._browsers.push(browser, exchange)
        headers = {"Location": f"/message/{message}", "TTL": str(ttl)}
        body = b"x" * HUGE if "huge" in self._odd else b""
        return Answer(HTTPStatus.CREATED, body, "text/plain", headers)

    def _subscribe(self, exchange: Exchange, _: str) -> Answer:
        key = exchange.json().get("key")
        if not isinstance(key, str):
            raise Declined(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", "key is the shop's")
        return as_json(self._browsers.subscribe(f"http://{exchange.headers['host']}", key))

    def _move(self, exchange: Exchange, browser: str) -> Answer:
        self._browsers.move(browser, away=exchange.json().get("away") is True)
        return as_json({})

    def _unsubscribe(self, _: Exchange, browser: str) -> Answer:
        self._browsers.unsubscribe(browser)
        return as_json({})

    def _manner(self, exchange: Exchange, _: str) -> Answer:
        """Answer strangely from now on, or as it should."""
        self._odd = {name: value for name, value in exchange.json().items() if name in ODD}
        return as_json(self._odd)

    def _shown(self, _exchange: Exchange, _: str) -> Answer:
        return as_json([dict(row) for row in self._browsers.shown()])

    def _page(self, exchange: Exchange, _: str) -> Answer:
        return as_page(notifications_page(self._browsers.shown(), exchange.language()))


def main() -> None:
    """Serve until told to stop."""
    given = arguments("A sandbox push service on loopback.").parse_args()
    print(f"push sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(Service(given.data), given.port)


if __name__ == "__main__":
    main()
