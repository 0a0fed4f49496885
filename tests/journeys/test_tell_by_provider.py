"""Letters through a provider's own interface, as django-anymail speaks it: here that of Postmark."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks

from tests.cast.orders import ordered
from tests.cast.sandboxes import free_port
from yaksok.database.roles import keeper
from yaksok.journeys import tell
from yaksok.kernel.clock import FixedClock
from yaksok.privacy.post import outbox
from yaksok.privacy.post.models import Letter

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-test"
INACTIVE = "Found inactive addresses: <to>. Inactive recipients generated a hard bounce."
"""As Postmark says that it does not deliver to an address any more."""


@dataclass
class Provider:
    """What speaks like Postmark on loopback. ``answer`` is its next answer; None hangs up."""

    heard: list[tuple[dict[str, str], Any]] = field(default_factory=list)
    answer: tuple[int, dict[str, Any]] | None = (200, {})

    def taken(self) -> None:
        """It takes the next letter."""
        self.answer = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "m", "To": "<to>"})


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    """A provider that takes letters, and the mall set to use it."""
    one = Provider()
    one.taken()

    class Conversation(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body: Any = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            one.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
            if one.answer is None:
                self.close_connection = True
                return
            status, said = one.answer
            first = body[0] if isinstance(body, list) else body
            answered: dict[str, Any] = {
                name: str(value).replace("<to>", first["To"]) for name, value in said.items()
            }
            answered["ErrorCode"] = said.get("ErrorCode", 0)
            raw = json.dumps([answered] if isinstance(body, list) else answered).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Conversation)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    settings.YAKSOK_MAIL = "postmark"
    settings.ANYMAIL = {
        **settings.ANYMAIL,
        "POSTMARK_SERVER_TOKEN": TOKEN,
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_address[1]}/",
    }
    yield one
    server.shutdown()
    server.server_close()


def noted() -> Any:
    bought = ordered()
    with keeper():
        tell.order_paid(bought.now())
    return bought


def row() -> Letter:
    with keeper():
        return Letter.objects.get()


def test_the_provider_is_handed_the_letter_and_nothing_else(provider: Provider) -> None:
    bought = noted()
    assert tell.send_due().sent == 1
    ((headers, body),) = provider.heard
    said = body[0] if isinstance(body, list) else body
    assert headers["x-postmark-server-token"] == TOKEN
    assert said["To"] == bought.payer.email
    assert "결제가 끝났어요" in said["Subject"]
    assert "15,000원" in said["TextBody"]
    assert said["HtmlBody"].startswith("<!doctype html>")
    assert (said["TrackOpens"], said["TrackLinks"]) == (False, "None")
    for value in (bought.payer.name, bought.payer.phone, bought.recipient.address):
        assert value not in json.dumps(said, ensure_ascii=False)
    with keeper():
        assert not Letter.objects.exists()


def test_it_comes_again_under_the_same_id(provider: Provider, standing_clock: FixedClock) -> None:
    noted()
    provider.answer = None
    assert tell.send_due().sent == 0
    provider.taken()
    standing_clock.move(timedelta(seconds=31))
    assert tell.send_due().sent == 1
    ids = {
        header["Value"]
        for _, body in provider.heard
        for header in (body[0] if isinstance(body, list) else body)["Headers"]
        if header["Name"] == "Message-ID"
    }
    assert len(provider.heard) == 2
    assert len(ids) == 1


@pytest.mark.parametrize("status", [401, 429, 500])
def test_what_the_provider_does_not_take_waits(provider: Provider, status: int) -> None:
    noted()
    provider.answer = (status, {"ErrorCode": 10, "Message": "no"})
    assert tell.send_due().sent == 0
    assert (row().state, row().attempts) == (outbox.State.WAITING, 1)


def test_an_address_that_is_refused_is_given_up(provider: Provider) -> None:
    noted()
    provider.answer = (422, {"ErrorCode": 406, "Message": INACTIVE})
    assert tell.send_due().sent == 0
    assert row().state == outbox.State.UNDELIVERABLE


@pytest.mark.parametrize("name", ["nobody", "../smtp", "Postmark", ""])
def test_a_provider_that_nobody_knows_does_not_boot(settings: Any, name: str) -> None:
    settings.YAKSOK_MAIL = name
    assert "yaksok.E011" in {one.id for one in run_checks(tags=["yaksok"])}


def test_smtp_and_a_known_provider_boot(provider: Provider) -> None:
    assert "yaksok.E011" not in {one.id for one in run_checks(tags=["yaksok"])}
    settings.YAKSOK_MAIL = "smtp"
    assert "yaksok.E011" not in {one.id for one in run_checks(tags=["yaksok"])}
