"""``python -m dev.sandbox_safe_number --port N --data DIR``.

The secret shared with the shop comes by the environment: ``YAKSOK_SAFE_NUMBER_SECRET``. Beside the faults
that all sandboxes know, ``POST /sandbox/manner`` sets what it answers when a number is to be lent:
``another`` (about another reference), ``real`` (a mobile telephone, which is somebody's).
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dev.sandbox_safe_number.numbers import TABLES, Numbers
from dev.sandbox_safe_number.page import numbers_page
from dev.sandbox_safe_number.signing import check
from dev.serving.exchange import Answer, Exchange, as_json, as_page
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run

REFERENCE = r"([0-9a-f]{16,64})"
MANNERS = {"another": {"reference": "0" * 32}, "real": {"safe_number": "01020000001"}}


class Provider:
    """The provider's API and page."""

    def __init__(self, folder: Path, *, secret: str) -> None:
        self.faults = Faults()
        self._secret = secret
        self._ledger = Ledger(folder, "numbers.db", TABLES)
        self._numbers = Numbers(self._ledger)
        self._wrong: dict[str, Any] = {}

    def routes(self) -> Sequence[Route]:
        """The API below ``/v1/``, the page, and what a test looks at."""
        return (
            ("POST", r"/v1/numbers", self._lend),
            ("PUT", rf"/v1/numbers/{REFERENCE}", self._lead),
            ("DELETE", rf"/v1/numbers/{REFERENCE}", self._release),
            ("GET", r"/", self._page),
            ("GET", r"/sandbox/numbers", self._all),
            ("POST", r"/sandbox/manner", self._manner),
        )

    def start(self) -> None:
        """Nothing runs beside the requests."""

    def stop(self) -> None:
        """Write everything down."""
        self._ledger.close()

    def _lend(self, exchange: Exchange, _: str) -> Answer:
        check(exchange, self._secret)
        lent = self._numbers.lend(exchange.json(), exchange.body.decode())
        return as_json({**lent, **self._wrong})

    def _lead(self, exchange: Exchange, reference: str) -> Answer:
        check(exchange, self._secret)
        return as_json(self._numbers.lead(reference, exchange.json()))

    def _release(self, exchange: Exchange, reference: str) -> Answer:
        check(exchange, self._secret)
        return as_json(self._numbers.release(reference))

    def _all(self, _: Exchange, __: str) -> Answer:
        return as_json({"numbers": self._numbers.all()})

    def _manner(self, exchange: Exchange, _: str) -> Answer:
        wanted = exchange.json()
        chosen = [said for name, said in MANNERS.items() if wanted.get(name) is True]
        self._wrong = {key: value for said in chosen for key, value in said.items()}
        return as_json(self._wrong)

    def _page(self, exchange: Exchange, _: str) -> Answer:
        return as_page(numbers_page(self._numbers.all(), exchange.language()))


def main() -> None:
    """Serve until told to stop."""
    given = arguments("A sandbox provider of safe numbers on loopback.").parse_args()
    provider = Provider(given.data, secret=os.environ["YAKSOK_SAFE_NUMBER_SECRET"])
    print(f"safe number sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(provider, given.port)


if __name__ == "__main__":
    main()
