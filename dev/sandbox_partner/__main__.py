"""``python -m dev.sandbox_partner --port N --data DIR [--webhook URL]``.

The secret shared with the shop comes by the environment: ``YAKSOK_PARTNER_SECRET``. Beside the faults
that all sandboxes know, ``POST /sandbox/manner`` sets how it answers: ``later`` (it says that it will,
and calls back), ``wrong`` (it answers about another request), ``unsigned``.
"""

import os
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from dev.sandbox_partner.page import people_page
from dev.sandbox_partner.people import TABLES, Done, People, checked
from dev.sandbox_partner.signing import ACKNOWLEDGEMENT, acknowledgement, key_of, signed
from dev.serving.callbacks import Callbacks
from dev.serving.exchange import Answer, Declined, Exchange, as_json, as_page
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run

REFERENCE = r"([A-Za-z0-9_-]{8,64})"
MANNERS = ("later", "unsigned", "wrong")


class Partner:
    """The partner's API and page."""

    def __init__(self, folder: Path, *, secret: str, webhook: str) -> None:
        self.faults = Faults()
        self._secret = secret
        self._ledger = Ledger(folder, "people.db", TABLES)
        self._people = People(self._ledger)
        path = urlsplit(webhook).path or "/"
        self._callbacks = Callbacks(
            self._ledger, webhook, partial(signed, secret, path), self.faults
        )
        self._people.callbacks = self._callbacks
        self._manners: set[str] = set()

    def routes(self) -> Sequence[Route]:
        """The API below ``/v1/``, the page, and what a test looks at."""
        return (
            ("POST", r"/v1/people", self._give),
            ("PUT", rf"/v1/people/{REFERENCE}", self._change),
            ("DELETE", rf"/v1/people/{REFERENCE}", self._change),
            ("GET", r"/", self._page),
            ("GET", r"/sandbox/people", self._all),
            ("GET", r"/sandbox/requests", self._requests),
            ("POST", r"/sandbox/empty", self._empty),
            ("POST", r"/sandbox/manner", self._manner),
        )

    def start(self) -> None:
        """Begin to call back."""
        self._callbacks.start()

    def stop(self) -> None:
        """End and write everything down."""
        self._callbacks.stop()
        self._ledger.close()

    def _give(self, exchange: Exchange, _: str) -> Answer:
        key = key_of(exchange, self._secret)
        posted = exchange.json()
        reference = posted.get("reference")
        if set(posted) != {"reference", "items"} or not isinstance(reference, str):
            return self._declined(key, "send exactly reference and items")
        return self._carry_out(exchange, key, reference, posted["items"])

    def _change(self, exchange: Exchange, reference: str) -> Answer:
        key = key_of(exchange, self._secret)
        if exchange.method == "DELETE":
            return self._carry_out(exchange, key, reference, None)
        posted = exchange.json()
        if set(posted) != {"items"}:
            return self._declined(key, "send exactly items")
        return self._carry_out(exchange, key, reference, posted["items"])

    def _carry_out(self, exchange: Exchange, key: str, reference: str, items: object) -> Answer:
        try:
            wanted = None if items is None else checked(items)
            body = exchange.body.decode()
            done = self._people.carry_out(key, exchange.method, reference, wanted, body)
        except Declined as declined:
            return self._declined(key, declined.message, declined.status)
        if "wrong" in self._manners:
            done = Done("another", done.status, done.result)
        return self._signed(key, Answer(HTTPStatus(done.status), done.body()))

    def _declined(
        self, key: str, message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST
    ) -> Answer:
        return self._signed(key, as_json({"request": key, "message": message}, status))

    def _signed(self, key: str, answer: Answer) -> Answer:
        if "unsigned" in self._manners:
            return answer
        name = acknowledgement(self._secret, key, answer.status, answer.body)
        return Answer(answer.status, answer.body, answer.kind, {ACKNOWLEDGEMENT: name})

    def _manner(self, exchange: Exchange, _: str) -> Answer:
        wanted = exchange.json()
        self._manners = {name for name in MANNERS if wanted.get(name) is True}
        self._people.later = "later" in self._manners
        return as_json(sorted(self._manners))

    def _all(self, _: Exchange, __: str) -> Answer:
        return as_json({"people": self._people.all()})

    def _requests(self, _: Exchange, __: str) -> Answer:
        return as_json({"requests": self._people.requests()})

    def _empty(self, _: Exchange, __: str) -> Answer:
        """Begin anew, for the next test."""
        self._people.empty()
        return as_json({})

    def _page(self, exchange: Exchange, _: str) -> Answer:
        return as_page(people_page(self._people.all(), exchange.language()))


def main() -> None:
    """Serve until told to stop."""
    parser = arguments("A sandbox partner on loopback.")
    parser.add_argument("--webhook", default="", help="the shop's address for late answers")
    given = parser.parse_args()
    partner = Partner(given.data, secret=os.environ["YAKSOK_PARTNER_SECRET"], webhook=given.webhook)
    print(f"partner sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(partner, given.port)


if __name__ == "__main__":
    main()
