"""The door to the payment provider: what goes out, and what each answer means."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from tests.cast.sandboxes import Sandbox, free_port
from yaksok.mall.payments import wire

GOODS = "백자 찻잔 외 1건"
URLS = {
    "success_url": "http://127.0.0.1:8080/pay/return",
    "fail_url": "http://127.0.0.1:8080/pay/fail",
}


class Stub:
    """A provider that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status, self.body = 200, b"{}"
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    """A stub provider, and the mall set to use it."""
    told = Stub()

    class Conversation(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            told.asked.append((self.command, self.path, headers, body))
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)

        do_GET = do_POST = _answer  # noqa: N815 - names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Conversation)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    settings.YAKSOK_PAYMENT_URL = f"http://127.0.0.1:{server.server_address[1]}"
    settings.YAKSOK_PAYMENT_SECRET = "a key"
    yield told
    server.shutdown()
    server.server_close()


def test_it_walks_the_whole_way(payment_sandbox: Sandbox) -> None:
    reference = uuid4()
    made = wire.create(reference, 39_000, GOODS, **URLS)
    assert (made.status, made.order_id, made.total_amount) == (
        wire.Status.READY, reference.hex, 39_000,
    )  # fmt: skip
    assert wire.create(reference, 39_000, GOODS, **URLS) == made
    assert wire.of_reference(reference) == made
    with pytest.raises(wire.ProviderDeclined) as declined:
        wire.confirm(reference, made.payment_key, 39_000)
    assert declined.value.code == "NOT_FOUND_PAYMENT_SESSION"
    assert wire.cancel(reference, made.payment_key, "test").status is wire.Status.CANCELED
    assert wire.of_reference(uuid4()) is None


def test_only_goods_and_money_go_out(stub: Stub) -> None:
    reference = uuid4()
    with pytest.raises(wire.ProviderAway):
        wire.create(reference, 39_000, "가" * 300, **URLS)
    method, path, headers, body = stub.asked[0]
    assert (method, path) == ("POST", "/v1/payments")
    assert headers["authorization"] == "Basic YSBrZXk6"
    assert headers["idempotency-key"] == f"create-{reference.hex}"
    assert json.loads(body) == {
        "amount": 39_000,
        "orderId": reference.hex,
        "orderName": "가" * 100,
        "successUrl": URLS["success_url"],
        "failUrl": URLS["fail_url"],
    }
    assert "cookie" not in headers


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (500, b"", wire.ProviderAway),
        (503, b"{}", wire.ProviderAway),
        (429, b"{}", wire.ProviderAway),
        (401, b'{"code": "UNAUTHORIZED_KEY"}', wire.ProviderAway),
        (409, b'{"code": "IDEMPOTENT_REQUEST_PROCESSING"}', wire.ProviderAway),
        (302, b"", wire.ProviderAway),
        (200, b"", wire.ProviderAway),
        (200, b"\xff", wire.ProviderAway),
        (200, b'{"paymentKey": "k", "orderId": "o", "status": "NEW_WORD", "totalAmount": 1}', wire.ProviderAway),
        (200, b'{"paymentKey": "k", "orderId": "o", "status": "DONE", "totalAmount": "1"}', wire.ProviderAway),
        (400, b'{"code": "INVALID_REQUEST"}', wire.ProviderDeclined),
        (403, b"not json", wire.ProviderDeclined),
    ],
)  # fmt: skip
def test_each_answer_has_one_meaning(
    stub: Stub, status: int, body: bytes, error: type[Exception]
) -> None:
    stub.status, stub.body = status, body
    with pytest.raises(error):
        wire.confirm(uuid4(), "key", 1000)


def test_a_code_holds_nothing_but_a_code(stub: Stub) -> None:
    stub.status, stub.body = 400, json.dumps({"code": "BAD<b>두루미</b>\n" + "A" * 200}).encode()
    with pytest.raises(wire.ProviderDeclined) as declined:
        wire.confirm(uuid4(), "key", 1000)
    assert set(declined.value.code) <= set("BADA")
    assert len(declined.value.code) <= wire.LONGEST_CODE


def test_a_provider_that_is_not_there_is_away(settings: Any) -> None:
    settings.YAKSOK_PAYMENT_URL = f"http://127.0.0.1:{free_port()}"
    settings.YAKSOK_PAYMENT_SECRET = "a key"
    with pytest.raises(wire.ProviderAway):
        wire.of_reference(uuid4())
    settings.YAKSOK_PAYMENT_URL = ""
    with pytest.raises(wire.ProviderAway):
        wire.of_reference(uuid4())


def test_a_broken_connection_is_tried_once_more(payment_sandbox: Sandbox) -> None:
    reference = uuid4()
    payment_sandbox.faults(lost=1)
    assert wire.create(reference, 1_000, GOODS, **URLS).status is wire.Status.READY
    payment_sandbox.faults(lost=2)
    with pytest.raises(wire.ProviderAway):
        wire.create(reference, 1_000, GOODS, **URLS)


def test_references_are_ours_or_none() -> None:
    reference = uuid4()
    assert wire.reference_of(wire.name_of(reference)) == reference
    for name in ("", "x", reference.hex.upper(), reference.hex + "0", None, 7, str(reference)):
        assert wire.reference_of(name) is None
