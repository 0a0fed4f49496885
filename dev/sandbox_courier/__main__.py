"""``python -m dev.sandbox_courier --port N --data DIR [--webhook URL] [--auto SECONDS]``.

The secret shared with the shop comes by the environment: ``YAKSOK_COURIER_SECRET``.
"""

import os
import threading
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from dev.sandbox_courier.page import parcels_page
from dev.sandbox_courier.parcels import STATES, TABLES, Parcels
from dev.sandbox_courier.signing import check, signed
from dev.serving.callbacks import Callbacks
from dev.serving.exchange import Answer, Exchange, as_json, as_page, sent_to
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run

TICK_SECONDS = 0.5
_STATUS = {True: HTTPStatus.OK, False: HTTPStatus.ACCEPTED}
"""Of a label that was erased, and of one that goes with the delivery."""
PARCEL = r"([A-Za-z0-9_-]{1,64})"


class Courier:
    """The courier's API and page."""

    def __init__(self, folder: Path, *, secret: str, webhook: str, auto: float) -> None:
        self.faults = Faults()
        self._secret, self._auto = secret, auto
        self._ledger = Ledger(folder, "parcels.db", TABLES)
        self._parcels = Parcels(self._ledger)
        path = urlsplit(webhook).path or "/"
        self._callbacks = Callbacks(
            self._ledger, webhook, partial(signed, secret, path), self.faults
        )
        self._parcels.callbacks = self._callbacks
        self._ended = threading.Event()
        self._van = threading.Thread(target=self._drive, name="van", daemon=True)

    def routes(self) -> Sequence[Route]:
        """The API below ``/v1/``, the page, and the switches."""
        return (
            ("POST", r"/v1/parcels", self._accept),
            ("GET", rf"/v1/parcels/{PARCEL}", self._get),
            ("PUT", rf"/v1/parcels/{PARCEL}", self._correct),
            ("DELETE", rf"/v1/parcels/{PARCEL}", self._erase),
            ("GET", r"/", self._page),
            ("POST", rf"/parcels/{PARCEL}/advance", self._advance_by_hand),
            ("GET", r"/sandbox/parcels", self._bodies),
            ("POST", r"/sandbox/advance", self._advance),
        )

    def start(self) -> None:
        """Begin to call back and, when told to, to drive."""
        self._callbacks.start()
        if self._auto:
            self._van.start()

    def stop(self) -> None:
        """End and write everything down."""
        self._ended.set()
        self._callbacks.stop()
        self._ledger.close()

    def _drive(self) -> None:
        while not self._ended.wait(TICK_SECONDS):
            self._parcels.advance_older(self._auto)

    def _accept(self, exchange: Exchange, _: str) -> Answer:
        check(exchange, self._secret)
        return as_json(
            self._parcels.accept(exchange.json(), exchange.body.decode()), HTTPStatus.CREATED
        )

    def _get(self, exchange: Exchange, parcel: str) -> Answer:
        check(exchange, self._secret)
        return as_json(self._parcels.get(parcel))

    def _correct(self, exchange: Exchange, parcel: str) -> Answer:
        check(exchange, self._secret)
        return as_json(self._parcels.correct(parcel, exchange.json()))

    def _erase(self, exchange: Exchange, parcel: str) -> Answer:
        check(exchange, self._secret)
        erased = self._parcels.erase(parcel)
        return as_json({"parcel": parcel, "erased": erased}, _STATUS[erased])

    def _bodies(self, _: Exchange, __: str) -> Answer:
        """Every request body that was accepted, as it came over the wire."""
        return as_json({"bodies": [row["body"] for row in self._parcels.all()]})

    def _advance(self, exchange: Exchange, _: str) -> Answer:
        return as_json(self._parcels.advance(str(exchange.json().get("parcel", ""))))

    def _advance_by_hand(self, exchange: Exchange, parcel: str) -> Answer:
        self._parcels.advance(parcel)
        return sent_to(f"/?lang={exchange.language()}")

    def _page(self, exchange: Exchange, _: str) -> Answer:
        return as_page(parcels_page(self._parcels.all(), exchange.language(), STATES))


def main() -> None:
    """Serve until told to stop."""
    parser = arguments("A sandbox courier on loopback.")
    parser.add_argument("--webhook", default="", help="the shop's address for tracking events")
    parser.add_argument(
        "--auto", type=float, default=0, help="seconds between two steps of a parcel"
    )
    given = parser.parse_args()
    secret = os.environ["YAKSOK_COURIER_SECRET"]
    courier = Courier(given.data, secret=secret, webhook=given.webhook, auto=given.auto)
    print(f"courier sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(courier, given.port)


if __name__ == "__main__":
    main()
