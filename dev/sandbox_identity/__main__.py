"""``python -m dev.sandbox_identity --port N --data DIR``.

The secret comes by the environment: ``YAKSOK_IDENTITY_SECRET`` (the shop's key to this API, and what
answers are signed with).
"""

import os
from collections.abc import Sequence
from pathlib import Path

from dev.sandbox_identity.checks import TABLES, Checks
from dev.sandbox_identity.signing import check_secret, signed
from dev.sandbox_identity.window import Window
from dev.serving.exchange import Answer, Exchange, as_json
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run


class Provider:
    """The provider's API and window."""

    def __init__(self, folder: Path, *, secret: str) -> None:
        self.faults = Faults()
        self._secret = secret
        self._ledger = Ledger(folder, "identity.db", TABLES)
        self._checks = Checks(self._ledger)
        self._window = Window(self._checks)

    def routes(self) -> Sequence[Route]:
        """The API, the window, and the list."""
        return (
            ("GET", r"/identity-verifications/([\w-]+)", self._identity),
            ("GET", r"/payments/([\w-]+)", self._payment),
            ("POST", r"/payments/([\w-]+)/cancel", self._cancel),
            ("GET", r"/window/(identity|payment)", self._window.show),
            ("POST", r"/window/(identity|payment)", self._window.choose),
            ("GET", r"/", self._window.all),
        )

    def start(self) -> None:
        """Nothing runs beside the requests."""

    def stop(self) -> None:
        """Write everything down."""
        self._ledger.close()

    def _identity(self, exchange: Exchange, reference: str) -> Answer:
        check_secret(exchange, self._secret)
        return signed(as_json(self._checks.identity(reference)), self._secret)

    def _payment(self, exchange: Exchange, reference: str) -> Answer:
        check_secret(exchange, self._secret)
        return signed(as_json(self._checks.payment(reference)), self._secret)

    def _cancel(self, exchange: Exchange, reference: str) -> Answer:
        check_secret(exchange, self._secret)
        return signed(as_json(self._checks.cancel(reference)), self._secret)


def main() -> None:
    """Serve until told to stop."""
    given = arguments("A sandbox identity provider on loopback.").parse_args()
    provider = Provider(given.data, secret=os.environ["YAKSOK_IDENTITY_SECRET"])
    print(f"identity sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(provider, given.port)


if __name__ == "__main__":
    main()
