"""Faults on demand, so that a test can see what the mall does about them."""

import threading
import time
from http import HTTPStatus
from typing import Any

from dev.serving.exchange import Answer, Declined, Exchange, as_json

LONGEST = 60.0
"""Seconds that a slow answer may take."""


class Faults:
    """What goes wrong at present.

    ``down``: every call of the API ends without an answer. ``slow``: seconds before it is served.
    ``lost``: so many of the next changing calls are carried out, but their answer never arrives.
    ``duplicate``: each call-back is sent twice. ``silent``: no call-back is sent at all; they wait.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.down = False
        self.slow = 0.0
        self.lost = 0
        self.duplicate = False
        self.silent = False

    def shown(self) -> dict[str, Any]:
        """All switches as they stand."""
        names = ("down", "slow", "lost", "duplicate", "silent")
        return {name: getattr(self, name) for name in names}

    def switch(self, exchange: Exchange) -> Answer:
        """Show the switches (GET) or set those that are named (POST, JSON); ``{}`` changes none."""
        if exchange.method == "POST":
            wanted = exchange.json()
            if exchange.headers.get("content-type", "").split(";")[0] != "application/json":
                message = "send application/json"
                raise Declined(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "INVALID_REQUEST", message)
            with self._lock:
                self._set(wanted)
        return as_json(self.shown())

    def _set(self, wanted: dict[str, Any]) -> None:
        for name, value in wanted.items():
            present = self.shown().get(name)
            if present is None or isinstance(value, (str, list, dict)) or value is None:
                message = f"there is no such switch; known: {', '.join(self.shown())}"
                raise Declined(HTTPStatus.BAD_REQUEST, "INVALID_REQUEST", message)
            setattr(
                self,
                name,
                min(type(present)(value), LONGEST) if name == "slow" else type(present)(value),
            )

    def before(self) -> None:
        """Wait or fail, as switched.

        Raises:
            Unreachable: the server plays dead.
        """
        if self.slow:
            time.sleep(self.slow)
        if self.down:
            raise Unreachable

    def after(self, answer: Answer) -> Answer:
        """The answer, or its loss."""
        with self._lock:
            if self.lost <= 0:
                return answer
            self.lost -= 1
        return Answer(answer.status, lost=True)


class Unreachable(Exception):
    """No answer is sent; the connection ends."""
