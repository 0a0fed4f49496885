"""A small server on loopback: routes, limits, an orderly end."""

import argparse
import re
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

from dev.serving import clock
from dev.serving.exchange import Answer, Declined, Exchange, as_json
from dev.serving.faults import Faults, Unreachable

LARGEST_BODY = 64 * 1024
PATIENCE = 20.0
THREAD_STACK = 256 * 1024
"""Bytes; a handler needs little, and threads come and go."""

API = ("/v1/", "/messages/v4/", "/push/", "/identity-verifications/", "/payments/")
"""Where the paths of an API begin. What is served there suffers the faults."""

Handler = Callable[[Exchange, str], Answer]
"""Serves one exchange; the second argument is what the path's group caught."""
Route = tuple[str, str, Handler]
"""Method, pattern of the whole path, handler."""


class Sandbox(Protocol):
    """What a sandbox shows to its server."""

    faults: Faults

    def routes(self) -> Sequence[Route]:
        """Every path that is answered, but the switches. Those of the API suffer the faults."""

    def start(self) -> None:
        """Begin what runs beside the requests."""

    def stop(self) -> None:
        """End it and write everything down."""


class Server(ThreadingHTTPServer):
    """Serves one sandbox on 127.0.0.1."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, sandbox: Sandbox) -> None:
        super().__init__(("127.0.0.1", port), _Conversation)
        self.sandbox = sandbox
        switches = [
            (method, path, act)
            for path, act in ((r"/sandbox/faults", self._switch), (r"/sandbox/clock", self._clock))
            for method in ("GET", "POST")
        ]
        self.table = [
            (method, re.compile(path), handler)
            for method, path, handler in (*sandbox.routes(), *switches)
        ]

    def _switch(self, exchange: Exchange, _: str) -> Answer:
        return self.sandbox.faults.switch(exchange)

    def _clock(self, exchange: Exchange, _: str) -> Answer:
        return clock.switch(exchange)

    def server_bind(self) -> None:
        """Bind without asking the resolver for a name."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news."""

    def answer(self, exchange: Exchange) -> Answer:
        """What the sandbox says to ``exchange``."""
        known = [(m, found, h) for m, p, h in self.table if (found := p.fullmatch(exchange.path))]
        for method, found, handler in known:
            if method == exchange.method:
                caught = found.group(1) if found.groups() else ""
                return self._served(exchange, handler, caught)
        status = HTTPStatus.METHOD_NOT_ALLOWED if known else HTTPStatus.NOT_FOUND
        return as_json({"code": status.name, "message": status.phrase}, status)

    def _served(self, exchange: Exchange, handler: Handler, caught: str) -> Answer:
        outside = exchange.path.startswith(API)
        if outside:
            self.sandbox.faults.before()
        try:
            answer = handler(exchange, caught)
        except Declined as declined:
            return as_json({"code": declined.code, "message": declined.message}, declined.status)
        if outside and exchange.method != "GET":
            return self.sandbox.faults.after(answer)
        return answer


class _Conversation(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "sandbox"
    sys_version = ""
    timeout = PATIENCE
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Requests are not logged: they may carry what a person typed."""

    def _converse(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if (
            not length.isdigit()
            or int(length) > LARGEST_BODY
            or "Transfer-Encoding" in self.headers
        ):
            self.close_connection = True
            self._send(
                as_json(
                    {"code": "TOO_LARGE", "message": "at most 64 KiB, with its length"},
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                )
            )
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(length))
        exchange = Exchange(self.command, self.path, headers, body)
        try:
            answer = self.server.answer(exchange)
        except Unreachable:
            self.close_connection = True
            return
        if answer.lost:
            self.close_connection = True
            return
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(answer.body)

    do_DELETE = do_GET = do_LIST = do_POST = do_PUT = _converse  # noqa: N815 - names that http.server looks for


def arguments(what: str) -> argparse.ArgumentParser:
    """A parser with what every sandbox is told: ``--port`` and ``--data``."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1, below 32768")
    parser.add_argument(
        "--data", type=Path, required=True, help="folder that it keeps its state in"
    )
    return parser


def run(sandbox: Sandbox, port: int) -> None:
    """Serve until SIGTERM or SIGINT, then end in order."""
    threading.stack_size(THREAD_STACK)
    server = Server(port, sandbox)

    def end(*_: object) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    sandbox.start()
    try:
        server.serve_forever(poll_interval=0.25)
    finally:
        server.server_close()
        sandbox.stop()
