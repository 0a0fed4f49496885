"""The sandboxes as tests use them: real processes on free ports, and a shop's ear for call-backs."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

SECRET = "sandbox-secret"
WEBHOOK_SECRET = "sandbox-webhook-secret"
SMS_KEY = "SANDBOXKEY"
LOWEST, EACH = 12_000, 4_000
"""Each worker of a run has ports of its own, so that none takes what another is about to open."""
START_SECONDS = 15.0


def free_port() -> int:
    """A port below 32768 that nobody listens on."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    first = LOWEST + EACH * (int(worker) % 5)
    while True:
        port = random.randint(first, first + EACH - 1)  # noqa: S311 - a port is no secret
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def wait_until(act: Callable[[], Any], seconds: float = 10.0) -> Any:
    """What ``act`` returns as soon as it is true; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while not (found := act()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


@dataclass(frozen=True)
class Callback:
    """One call-back as it arrived."""

    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body, read."""
        read: dict[str, Any] = json.loads(self.body)
        return read


@dataclass
class Ear:
    """Where the shop listens. ``status`` is what it answers."""

    port: int
    heard: list[Callback] = field(default_factory=list)
    status: int = 204

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/callbacks"


def listening() -> tuple[Ear, ThreadingHTTPServer]:
    """An ear that listens, and its server."""
    ear = Ear(free_port())

    class Conversation(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            ear.heard.append(Callback({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(ear.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", ear.port), Conversation)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return ear, server


@dataclass
class Sandbox:
    """One running sandbox."""

    name: str
    data: Path
    options: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", f"dev.{self.name}", "--port", str(self.port)]
        secrets = {
            "YAKSOK_PAYMENT_SECRET": SECRET,
            "YAKSOK_PAYMENT_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "YAKSOK_COURIER_SECRET": SECRET,
            "YAKSOK_IDENTITY_SECRET": SECRET,
            "YAKSOK_PARTNER_SECRET": SECRET,
            "YAKSOK_SAFE_NUMBER_SECRET": SECRET,
            "YAKSOK_SMS_KEY": SMS_KEY,
            "YAKSOK_SMS_SECRET": SECRET,
        }
        self.process = subprocess.Popen(
            [*command, "--data", str(self.data), *self.options],
            env={**os.environ, **secrets},
            stdout=subprocess.DEVNULL,
        )
        wait_until(self._answers, START_SECONDS)

    def _answers(self) -> bool:
        try:
            return self.call("GET", "/sandbox/faults")[0] == 200
        except OSError:
            return False

    def stop(self, number: int = signal.SIGTERM) -> None:
        """End it, in order or not, and wait."""
        if self.process:
            self.process.send_signal(number)
            self.process.wait(10)
            self.process = None

    def call(
        self,
        method: str,
        path: str,
        body: str | bytes | dict[str, Any] | None = None,
        **headers: str,
    ) -> tuple[int, Any, dict[str, str]]:
        """One request: its status, its body (read when it is JSON), its headers."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=10)
        raw = body.encode() if isinstance(body, str) else body
        if isinstance(raw, dict):
            raw = json.dumps(raw).encode()
            headers.setdefault("Content-Type", "application/json")
        try:
            line.request(method, path, raw, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = line.getresponse()
            text = answer.read().decode()
        finally:
            line.close()
        kind = answer.headers.get("Content-Type", "")
        read = json.loads(text) if text and kind.startswith("application/json") else text
        return answer.status, read, {k.lower(): v for k, v in answer.getheaders()}

    def faults(self, **switches: object) -> None:
        """Switch faults on or off."""
        assert self.call("POST", "/sandbox/faults", dict(switches))[0] == 200

    def healthy(self) -> None:
        """Switch every fault off."""
        self.faults(down=False, slow=0, lost=0, duplicate=False, silent=False)

    def manner(self, **how: bool) -> None:
        """How a partner answers from now on: ``later``, ``wrong``, ``unsigned``, or as it should."""
        assert self.call("POST", "/sandbox/manner", dict(how))[0] == 200

    def rss_mb(self) -> float:
        """Resident memory, in MB."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def opened(name: str, data: Path, *options: str) -> Iterator[Sandbox]:
    """A sandbox that answers until the block ends."""
    sandbox = Sandbox(name, data, options)
    sandbox.start()
    yield sandbox
    sandbox.stop()


@contextmanager
def hearing() -> Iterator[Ear]:
    """An ear that listens until the block ends."""
    ear, server = listening()
    yield ear
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def payment_ear() -> Iterator[Ear]:
    """Where the payment provider's call-backs arrive."""
    with hearing() as ear:
        yield ear


@pytest.fixture(scope="session")
def courier_ear() -> Iterator[Ear]:
    """Where the courier's call-backs arrive."""
    with hearing() as ear:
        yield ear


@pytest.fixture(scope="session")
def payment_process(
    tmp_path_factory: pytest.TempPathFactory, payment_ear: Ear
) -> Iterator[Sandbox]:
    """The payment provider, running for the whole session."""
    options = ("--webhook", payment_ear.url, "--expire", "600")
    with opened("sandbox_payment", tmp_path_factory.mktemp("payment"), *options) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def courier_process(
    tmp_path_factory: pytest.TempPathFactory, courier_ear: Ear
) -> Iterator[Sandbox]:
    """The courier, running for the whole session."""
    options = ("--webhook", courier_ear.url)
    with opened("sandbox_courier", tmp_path_factory.mktemp("courier"), *options) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def mail_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The mail sink, running for the whole session; letters arrive at ``options[1]``."""
    options = ("--smtp-port", str(free_port()))
    with opened("sandbox_mail", tmp_path_factory.mktemp("mail"), *options) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def sms_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The provider of text messages, running for the whole session."""
    with opened("sandbox_sms", tmp_path_factory.mktemp("sms")) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def push_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The push service, running for the whole session."""
    with opened("sandbox_push", tmp_path_factory.mktemp("push")) as sandbox:
        yield sandbox


@pytest.fixture
def push_sandbox(push_process: Sandbox, settings: Any) -> Iterator[Sandbox]:
    """The push service, healthy and of this very time, and the mall set to use it."""
    settings.YAKSOK_PUSH_SANDBOX = push_process.url
    yield push_process
    push_process.manner()
    push_process.healthy()
    push_process.call("POST", "/sandbox/clock", {"at": time.time()})


@pytest.fixture(scope="session")
def identity_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The identity provider, running for the whole session."""
    with opened("sandbox_identity", tmp_path_factory.mktemp("identity")) as sandbox:
        yield sandbox


@pytest.fixture
def identity_sandbox(identity_process: Sandbox, settings: Any) -> Iterator[Sandbox]:
    """The identity provider, healthy, and the mall set to use it."""
    settings.YAKSOK_IDENTITY_URL = identity_process.url
    settings.YAKSOK_IDENTITY_SECRET = SECRET
    yield identity_process
    identity_process.healthy()


@pytest.fixture
def payment_sandbox(payment_process: Sandbox, payment_ear: Ear, settings: Any) -> Iterator[Sandbox]:
    """The payment provider, healthy, and the mall set to use it. Its ear has heard nothing yet."""
    settings.YAKSOK_PAYMENT_URL = payment_process.url
    settings.YAKSOK_PAYMENT_SECRET = SECRET
    settings.YAKSOK_PAYMENT_WEBHOOK_SECRET = WEBHOOK_SECRET
    payment_ear.heard.clear()
    yield payment_process
    payment_process.healthy()


@pytest.fixture
def courier_sandbox(courier_process: Sandbox, courier_ear: Ear, settings: Any) -> Iterator[Sandbox]:
    """The courier, healthy, and the mall set to use it. Its ear has heard nothing yet."""
    settings.YAKSOK_COURIER_URL = courier_process.url
    settings.YAKSOK_COURIER_SECRET = SECRET
    courier_ear.heard.clear()
    yield courier_process
    courier_process.healthy()


@pytest.fixture
def mail_sandbox(mail_process: Sandbox, settings: Any) -> Iterator[Sandbox]:
    """The mail sink, healthy, and the mall set to use it."""
    settings.YAKSOK_SMTP = f"127.0.0.1:{mail_process.options[1]}"
    yield mail_process
    mail_process.healthy()


@pytest.fixture
def sms_sandbox(sms_process: Sandbox, settings: Any) -> Iterator[Sandbox]:
    """The provider of text messages, healthy, and the mall set to use it."""
    settings.YAKSOK_SMS = sms_process.url
    settings.YAKSOK_SMS_KEY = SMS_KEY
    settings.YAKSOK_SMS_SECRET = SECRET
    yield sms_process
    sms_process.healthy()


@pytest.fixture(scope="session")
def safe_number_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """The provider of safe numbers, running for the whole session."""
    with opened("sandbox_safe_number", tmp_path_factory.mktemp("safe_number")) as sandbox:
        yield sandbox


@pytest.fixture
def safe_number_sandbox(safe_number_process: Sandbox, settings: Any) -> Iterator[Sandbox]:
    """The provider of safe numbers, healthy, and the mall set to use it."""
    settings.YAKSOK_SAFE_NUMBER_URL = safe_number_process.url
    settings.YAKSOK_SAFE_NUMBER_SECRET = SECRET
    yield safe_number_process
    safe_number_process.manner()
    safe_number_process.healthy()


@pytest.fixture(scope="session")
def partner_ear() -> Iterator[Ear]:
    """Where the partner's late answers arrive."""
    with hearing() as ear:
        yield ear


@pytest.fixture(scope="session")
def partner_process(
    tmp_path_factory: pytest.TempPathFactory, partner_ear: Ear
) -> Iterator[Sandbox]:
    """The partner, running for the whole session."""
    options = ("--webhook", f"{partner_ear.url}/partner/daon")
    with opened("sandbox_partner", tmp_path_factory.mktemp("partner"), *options) as sandbox:
        yield sandbox


@pytest.fixture
def partner(partner_process: Sandbox, partner_ear: Ear, settings: Any) -> Iterator[Sandbox]:
    """The partner, healthy and without anything from before, and the mall set to use it."""
    settings.YAKSOK_PARTNERS = {"daon": (partner_process.url, SECRET)}
    partner_ear.heard.clear()
    assert partner_process.call("POST", "/sandbox/empty", {})[0] == 200
    yield partner_process
    partner_process.manner()
    partner_process.healthy()
