"""``python -m dev.sandbox_kms --port N --data DIR``.

Who may use it comes by the environment: ``AWS_ACCESS_KEY_ID`` and ``AWS_SECRET_ACCESS_KEY``.
"""

import os
from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

from dev.sandbox_kms.keys import TABLES, Keys
from dev.sandbox_kms.refusals import Refusal, refused
from dev.sandbox_kms.signing import check
from dev.serving.exchange import Answer, Declined, Exchange, as_json
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Route, arguments, run

TARGET = "TrentService."


class Kms:
    """One account in one region."""

    def __init__(self, folder: Path, key_id: str, secret: str) -> None:
        self.faults = Faults()
        self._key_id, self._secret = key_id, secret
        self._ledger = Ledger(folder, "kms.db", TABLES)
        self._keys = Keys(self._ledger)
        self._served = {
            "CancelKeyDeletion": self._keys.cancel,
            "CreateAlias": self._keys.alias,
            "CreateKey": self._keys.create,
            "Decrypt": self._keys.decrypt,
            "DescribeKey": self._keys.describe,
            "DisableKey": self._keys.disable,
            "EnableKey": self._keys.enable,
            "Encrypt": self._keys.encrypt,
            "ListAliases": self._keys.aliases,
            "ScheduleKeyDeletion": self._keys.schedule,
        }

    def routes(self) -> Sequence[Route]:
        """The service, and its clock."""
        return (("POST", r"/", self._serve), ("POST", r"/sandbox/later", self._later))

    def start(self) -> None:
        """Nothing runs beside the requests."""

    def stop(self) -> None:
        """Write everything down."""
        self._ledger.close()

    def _serve(self, exchange: Exchange, _: str) -> Answer:
        self.faults.before()
        try:
            check(exchange, self._key_id, self._secret)
            serve = self._served.get(exchange.headers.get("x-amz-target", "").removeprefix(TARGET))
            if serve is None:
                raise refused(Refusal.UNKNOWN_OPERATION)
            self._keys.forget_due()
            answer = as_json(serve(exchange.json()))
        except Declined as declined:
            answer = as_json(
                {"__type": declined.code, "message": declined.message}, declined.status
            )
        return self.faults.after(answer)

    def _later(self, exchange: Exchange, _: str) -> Answer:
        """Let days pass: ``{"days": 8}``."""
        self._keys.ahead += timedelta(days=int(exchange.json().get("days", 0)))
        return Answer(HTTPStatus.NO_CONTENT)


def main() -> None:
    """Serve until told to stop."""
    given = arguments("A sandbox of AWS KMS on loopback.").parse_args()
    kms = Kms(given.data, os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
    print(f"KMS sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(kms, given.port)


if __name__ == "__main__":
    main()
