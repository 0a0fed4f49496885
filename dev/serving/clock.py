"""The time that a sandbox goes by: the machine's, until somebody who plays a year sets another one."""

import time
from http import HTTPStatus

from dev.serving.exchange import Answer, Declined, Exchange, as_json

_ahead = 0.0


def now() -> float:
    """Seconds since 1970."""
    return time.time() + _ahead


def switch(exchange: Exchange) -> Answer:
    """Show the time; with ``{"at": seconds}`` posted, go by that from now on."""
    global _ahead  # noqa: PLW0603 - a process has one time
    if exchange.method == "POST":
        at = exchange.json().get("at")
        plain = exchange.headers.get("content-type", "").split(";")[0] != "application/json"
        if plain or isinstance(at, bool) or not isinstance(at, int | float):
            message = 'send application/json: {"at": seconds since 1970}'
            raise Declined(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", message)
        _ahead = at - time.time()
    return as_json({"at": now()})
