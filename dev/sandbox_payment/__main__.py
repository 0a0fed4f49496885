"""``python -m dev.sandbox_payment --port N --data DIR [--webhook URL] [--expire SECONDS]``.

Secrets come by the environment: ``YAKSOK_PAYMENT_SECRET`` (the shop's key to this API) and
``YAKSOK_PAYMENT_WEBHOOK_SECRET`` (what call-backs are signed with).
"""

import os
import threading
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path

from dev.sandbox_payment.page import payments_page
from dev.sandbox_payment.payments import TABLES, Payments, Wanted, malformed
from dev.sandbox_payment.signing import check_secret, signed
from dev.sandbox_payment.window import Window
from dev.serving.callbacks import Callbacks
from dev.serving.exchange import Answer, Exchange, as_json, as_page
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run

EXPIRE_SECONDS = 900.0
SWEEP_SECONDS = 0.5


class Provider:
    """The provider's API and window."""

    def __init__(
        self,
        folder: Path,
        *,
        origin: str,
        secret: str,
        webhook: str,
        webhook_secret: str,
        expire: float,
    ) -> None:
        self.faults = Faults()
        self._secret, self._expire = secret, expire
        self._ledger = Ledger(folder, "payments.db", TABLES)
        self._payments = Payments(self._ledger, origin)
        self._callbacks = Callbacks(
            self._ledger, webhook, partial(signed, webhook_secret), self.faults
        )
        self._payments.callbacks = self._callbacks
        self._window = Window(self._payments)
        self._ended = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep, name="expiry", daemon=True)

    def routes(self) -> Sequence[Route]:
        """The API below ``/v1/``, the window, and the switches."""
        return (
            ("POST", r"/v1/payments", self._create),
            ("POST", r"/v1/payments/confirm", self._confirm),
            ("GET", r"/v1/payments/orders/([\w=-]+)", self._of_order),
            ("GET", r"/v1/payments/(\w+)", self._get),
            ("POST", r"/v1/payments/(\w+)/cancel", self._cancel),
            ("GET", r"/", self._list),
            ("GET", r"/window/(\w+)", self._window.show),
            ("POST", r"/window/(\w+)", self._window.choose),
        )

    def start(self) -> None:
        """Begin to call back and to expire."""
        self._callbacks.start()
        self._sweeper.start()

    def stop(self) -> None:
        """End and write everything down."""
        self._ended.set()
        self._callbacks.stop()
        self._ledger.close()

    def _sweep(self) -> None:
        while not self._ended.wait(SWEEP_SECONDS):
            self._payments.expire(self._expire)

    def _list(self, exchange: Exchange, _: str) -> Answer:
        return as_page(payments_page(self._payments.all(), exchange.language()))

    def _create(self, exchange: Exchange, _: str) -> Answer:
        check_secret(exchange, self._secret)
        wanted = Wanted.read(exchange.json())
        payment = self._payments.create(wanted, exchange.headers.get("idempotency-key", ""))
        return as_json(self._payments.shown(payment))

    def _confirm(self, exchange: Exchange, _: str) -> Answer:
        check_secret(exchange, self._secret)
        posted = exchange.json()
        key = posted.get("paymentKey")
        if not isinstance(key, str):
            raise malformed(field="paymentKey")
        payment = self._payments.confirm(
            key,
            posted.get("orderId"),
            posted.get("amount"),
            exchange.headers.get("idempotency-key", ""),
        )
        return as_json(self._payments.shown(payment))

    def _get(self, exchange: Exchange, key: str) -> Answer:
        check_secret(exchange, self._secret)
        return as_json(self._payments.shown(self._payments.get(key)))

    def _of_order(self, exchange: Exchange, order_id: str) -> Answer:
        check_secret(exchange, self._secret)
        return as_json(self._payments.shown(self._payments.of_order(order_id)))

    def _cancel(self, exchange: Exchange, key: str) -> Answer:
        check_secret(exchange, self._secret)
        posted = exchange.json()
        amount = posted.get("cancelAmount")
        if not posted.get("cancelReason"):
            raise malformed(field="cancelReason")
        if amount is not None and (not isinstance(amount, int) or isinstance(amount, bool)):
            raise malformed(field="cancelAmount")
        payment = self._payments.cancel(key, amount, exchange.headers.get("idempotency-key", ""))
        return as_json(self._payments.shown(payment), HTTPStatus.OK)


def main() -> None:
    """Serve until told to stop."""
    parser = arguments("A sandbox payment provider on loopback.")
    parser.add_argument("--webhook", default="", help="the shop's address for call-backs")
    parser.add_argument("--expire", type=float, default=EXPIRE_SECONDS, help="seconds to pay in")
    given = parser.parse_args()
    provider = Provider(
        given.data,
        origin=f"http://127.0.0.1:{given.port}",
        secret=os.environ["YAKSOK_PAYMENT_SECRET"],
        webhook=given.webhook,
        webhook_secret=os.environ["YAKSOK_PAYMENT_WEBHOOK_SECRET"],
        expire=given.expire,
    )
    print(f"payment sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(provider, given.port)


if __name__ == "__main__":
    main()
