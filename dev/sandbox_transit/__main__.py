"""``python -m dev.sandbox_transit --port N --data DIR``.

The token that may use it comes by the environment: ``YAKSOK_ROOT_TRANSIT_TOKEN``.
"""

import hmac
import os
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from dev.sandbox_transit.keys import TABLES, Keys, Refusal, refused
from dev.serving.exchange import Answer, Declined, Exchange, as_json
from dev.serving.faults import Faults
from dev.serving.ledger import Ledger
from dev.serving.server import Handler, Route, arguments, run

NAME = r"([A-Za-z0-9_.-]{1,128})"
AT = r"/v1/transit"
NOTHING = Answer(HTTPStatus.NO_CONTENT)


class Transit:
    """One transit engine, mounted at ``transit``."""

    def __init__(self, folder: Path, token: str) -> None:
        self.faults = Faults()
        self._token = token
        self._ledger = Ledger(folder, "transit.db", TABLES)
        self._keys = Keys(self._ledger)

    def routes(self) -> Sequence[Route]:
        """What the mall uses of the API, and the versions of keys beside it."""
        served: list[Route] = [
            ("GET", r"/v1/auth/token/lookup-self", self._own_token),
            ("LIST", rf"{AT}/keys", self._list),
            ("GET", rf"{AT}/keys/{NAME}", self._read),
            ("DELETE", rf"{AT}/keys/{NAME}", self._delete),
        ]
        for method in ("POST", "PUT"):
            served += [
                (method, rf"{AT}/keys/{NAME}", self._create),
                (method, rf"{AT}/keys/{NAME}/config", self._configure),
                (method, rf"{AT}/keys/{NAME}/rotate", self._rotate),
                (method, rf"{AT}/keys/{NAME}/trim", self._trim),
                (method, rf"{AT}/encrypt/{NAME}", self._encrypt),
                (method, rf"{AT}/decrypt/{NAME}", self._decrypt),
            ]
        guarded: list[Route] = [(m, path, self._guarded(serve)) for m, path, serve in served]
        return (("GET", r"/v1/sys/health", self._health), *guarded)

    def start(self) -> None:
        """Nothing runs beside the requests."""

    def stop(self) -> None:
        """Write everything down."""
        self._ledger.close()

    def _guarded(self, serve: Handler) -> Handler:
        def guarding(exchange: Exchange, name: str) -> Answer:
            shown = exchange.headers.get("x-vault-token", "")
            try:
                if not hmac.compare_digest(shown.encode(), self._token.encode()):
                    raise refused(Refusal.DENIED, HTTPStatus.FORBIDDEN)
                return serve(exchange, name)
            except Declined as declined:
                return as_json({"errors": [declined.message]}, declined.status)

        return guarding

    def _health(self, _: Exchange, __: str) -> Answer:
        return as_json({"initialized": True, "sealed": False, "version": "sandbox"})

    def _own_token(self, _: Exchange, __: str) -> Answer:
        return as_json({"data": {"display_name": "yaksok", "renewable": False}})

    def _list(self, _: Exchange, __: str) -> Answer:
        names = self._keys.names()
        status = HTTPStatus.OK if names else HTTPStatus.NOT_FOUND
        return as_json({"data": {"keys": names}} if names else {"errors": []}, status)

    def _read(self, _: Exchange, name: str) -> Answer:
        known = self._keys.read(name)
        if known is None:
            return as_json({"errors": []}, HTTPStatus.NOT_FOUND)
        return as_json({"data": known})

    def _create(self, exchange: Exchange, name: str) -> Answer:
        self._keys.create(name, exchange.json())
        return as_json({"data": self._keys.read(name)})

    def _configure(self, exchange: Exchange, name: str) -> Answer:
        self._keys.configure(name, exchange.json())
        return as_json({"data": self._keys.read(name)})

    def _rotate(self, _: Exchange, name: str) -> Answer:
        self._keys.rotate(name)
        return NOTHING

    def _trim(self, exchange: Exchange, name: str) -> Answer:
        self._keys.trim(name, int(exchange.json().get("min_available_version", 0)))
        return NOTHING

    def _delete(self, _: Exchange, name: str) -> Answer:
        self._keys.delete(name)
        return NOTHING

    def _encrypt(self, exchange: Exchange, name: str) -> Answer:
        return as_json({"data": self._keys.encrypt(name, exchange.json())})

    def _decrypt(self, exchange: Exchange, name: str) -> Answer:
        return as_json({"data": self._keys.decrypt(name, exchange.json())})


def main() -> None:
    """Serve until told to stop."""
    given = arguments("A sandbox of the transit API on loopback.").parse_args()
    transit = Transit(given.data, os.environ["YAKSOK_ROOT_TRANSIT_TOKEN"])
    print(f"transit sandbox on http://127.0.0.1:{given.port}", flush=True)
    run(transit, given.port)


if __name__ == "__main__":
    main()
