"""``python -m dev.sandbox_sms --port N --data DIR [--window SECONDS]``.

Key and secret shared with the shop come by the environment: ``YAKSOK_SMS_KEY``, ``YAKSOK_SMS_SECRET``.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from dev.sandbox_sms.messages import TABLES, Messages
from dev.sandbox_sms.page import messages_page
from dev.sandbox_sms.signing import WINDOW_SECONDS, Signatures
from dev.serving.exchange import Answer, Declined, Exchange, as_json, as_page
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run

GROUP = r"([A-Za-z0-9]{1,64})"


class Provider:
    """The provider's API and page."""

    def __init__(self, folder: Path, *, key: str, secret: str, window: float) -> None:
        self.faults = Faults()
        self._ledger = Ledger(folder, "messages.db", TABLES)
        self._messages = Messages(self._ledger)
        self._signatures = Signatures(key, secret, window)

    def routes(self) -> Sequence[Route]:
        """The API below ``/messages/v4/``, the page, and what arrived, as JSON."""
        return (
            ("POST", r"/messages/v4/groups", self._known(self._begin)),
            ("GET", rf"/messages/v4/groups/{GROUP}", self._known(self._get)),
            ("PUT", rf"/messages/v4/groups/{GROUP}/messages", self._known(self._add)),
            ("POST", rf"/messages/v4/groups/{GROUP}/send", self._known(self._send)),
            ("GET", r"/", self._page),
            ("GET", r"/sandbox/messages", self._as_json),
        )

    def start(self) -> None:
        """Nothing runs beside the requests."""

    def stop(self) -> None:
        """Write everything down."""
        self._ledger.close()

    def _known(self, serve: Callable[[Exchange, str], Answer]) -> Callable[[Exchange, str], Answer]:
        """Let in only who signed, and put refusals into the provider's own words."""

        def served(exchange: Exchange, group: str) -> Answer:
            try:
                self._signatures.check(exchange)
                return serve(exchange, group)
            except Declined as declined:
                said = {"errorCode": declined.code, "errorMessage": declined.message}
                return as_json(said, declined.status)

        return served

    def _begin(self, exchange: Exchange, _: str) -> Answer:
        exchange.json()
        return as_json(self._messages.begin())

    def _get(self, _: Exchange, group: str) -> Answer:
        return as_json(self._messages.get(group))

    def _add(self, exchange: Exchange, group: str) -> Answer:
        return as_json(self._messages.add(group, exchange.json()))

    def _send(self, _: Exchange, group: str) -> Answer:
        return as_json(self._messages.send(group))

    def _as_json(self, _exchange: Exchange, _: str) -> Answer:
        return as_json([dict(row) for row in self._messages.sent()])

    def _page(self, exchange: Exchange, _: str) -> Answer:
        return as_page(messages_page(self._messages.sent(), exchange.language()))


def main() -> None:
    """Serve until told to stop."""
    parser = arguments("A sandbox provider of text messages on loopback.")
    parser.add_argument(
        "--window", type=float, default=WINDOW_SECONDS, help="seconds that a signature is good for"
    )
    given = parser.parse_args()
    key, secret = os.environ["YAKSOK_SMS_KEY"], os.environ["YAKSOK_SMS_SECRET"]
    print(f"text message sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(Provider(given.data, key=key, secret=secret, window=given.window), given.port)


if __name__ == "__main__":
    main()
