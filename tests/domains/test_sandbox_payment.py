"""The payment provider's wire, over its wire."""

import base64
import hashlib
import hmac
import signal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from tests.cast.sandboxes import SECRET, WEBHOOK_SECRET, Ear, Sandbox, wait_until

KEY = {"Authorization": "Basic " + base64.b64encode(f"{SECRET}:".encode()).decode()}
CARD = "9410-1234-5678-canary"


def asked(sandbox: Sandbox, amount: int = 39_000, **more: Any) -> dict[str, Any]:
    wanted = {
        "amount": amount,
        "orderId": uuid4().hex,
        "orderName": "머그컵 외 1건",
        "successUrl": "http://127.0.0.1:8080/pay/return?a=1",
        "failUrl": "http://127.0.0.1:8080/pay/fail",
        **more,
    }
    status, payment, _ = sandbox.call("POST", "/v1/payments", wanted, **KEY)
    assert status == 200
    assert isinstance(payment, dict)
    return payment


def chose(sandbox: Sandbox, payment: dict[str, Any], choice: str) -> str:
    path = urlsplit(payment["checkout"]["url"]).path
    status, _, headers = sandbox.call("POST", path, f"choice={choice}&card={CARD}&code=737")
    assert status == 303
    return headers["location"]


def confirmed(sandbox: Sandbox, payment: dict[str, Any], **more: Any) -> tuple[int, Any]:
    body = {
        "paymentKey": payment["paymentKey"],
        "orderId": payment["orderId"],
        "amount": payment["totalAmount"],
        **more,
    }
    return sandbox.call("POST", "/v1/payments/confirm", body, **KEY)[:2]


def state(sandbox: Sandbox, payment: dict[str, Any]) -> str:
    return str(sandbox.call("GET", f"/v1/payments/{payment['paymentKey']}", **KEY)[1]["status"])


def test_an_approved_payment_is_confirmed_once_and_says_so_again(payment_sandbox: Sandbox) -> None:
    payment = asked(payment_sandbox)
    assert payment["status"] == "READY"
    back = urlsplit(chose(payment_sandbox, payment, "approve"))
    query = parse_qs(back.query)
    assert (back.path, query["a"]) == ("/pay/return", ["1"])
    assert query["paymentKey"] == [payment["paymentKey"]]
    assert query["amount"] == ["39000"]
    assert state(payment_sandbox, payment) == "IN_PROGRESS"
    first, second = confirmed(payment_sandbox, payment), confirmed(payment_sandbox, payment)
    assert first == second
    assert first[1]["status"] == "DONE"


def test_the_order_finds_its_payment(payment_sandbox: Sandbox) -> None:
    payment = asked(payment_sandbox)
    path = f"/v1/payments/orders/{payment['orderId']}"
    assert payment_sandbox.call("GET", path, **KEY)[1]["paymentKey"] == payment["paymentKey"]
    assert payment_sandbox.call("GET", "/v1/payments/orders/unknown-order", **KEY)[0] == 404


@pytest.mark.parametrize("more", [{"amount": 1}, {"orderId": "another-order"}, {"amount": "39000"}])
def test_what_does_not_match_is_not_confirmed(payment_sandbox: Sandbox, more: Any) -> None:
    payment = asked(payment_sandbox)
    chose(payment_sandbox, payment, "approve")
    status, error = confirmed(payment_sandbox, payment, **more)
    assert (status, error["code"]) == (400, "INVALID_REQUEST")
    assert state(payment_sandbox, payment) == "IN_PROGRESS"


def test_what_was_not_approved_is_not_confirmed(payment_sandbox: Sandbox) -> None:
    status, error = confirmed(payment_sandbox, asked(payment_sandbox))
    assert (status, error["code"]) == (404, "NOT_FOUND_PAYMENT_SESSION")


@pytest.mark.parametrize(
    ("choice", "code"), [("decline", "PAY_PROCESS_CANCELED"), ("reject", "REJECT_CARD_COMPANY")]
)
def test_a_declined_payment_goes_back_with_its_code(
    payment_sandbox: Sandbox, choice: str, code: str
) -> None:
    payment = asked(payment_sandbox)
    back = urlsplit(chose(payment_sandbox, payment, choice))
    assert back.path == "/pay/fail"
    assert parse_qs(back.query)["code"] == [code]
    assert state(payment_sandbox, payment) == "ABORTED"


def test_a_payment_that_timed_out_stays_so(payment_sandbox: Sandbox) -> None:
    payment = asked(payment_sandbox)
    assert "/window/" in chose(payment_sandbox, payment, "late")
    chose(payment_sandbox, payment, "approve")
    assert state(payment_sandbox, payment) == "EXPIRED"
    assert confirmed(payment_sandbox, payment)[0] == 404


def test_a_payment_not_confirmed_in_time_expires(tmp_path: Path) -> None:
    sandbox = Sandbox("sandbox_payment", tmp_path, ("--expire", "0.2"))
    sandbox.start()
    try:
        payment = asked(sandbox)
        chose(sandbox, payment, "approve")
        wait_until(lambda: state(sandbox, payment) == "EXPIRED")
    finally:
        sandbox.stop()


def test_the_same_idempotency_key_makes_one_payment(payment_sandbox: Sandbox) -> None:
    wanted = {
        "amount": 100,
        "orderId": "order-once",
        "orderName": "접시",
        "successUrl": "http://127.0.0.1/s",
        "failUrl": "http://127.0.0.1/f",
    }
    headers = {**KEY, "Idempotency-Key": "once-1"}
    keys = {
        payment_sandbox.call("POST", "/v1/payments", wanted, **headers)[1]["paymentKey"]
        for _ in range(2)
    }
    assert len(keys) == 1


def test_money_goes_back_in_parts_and_never_more_than_came(payment_sandbox: Sandbox) -> None:
    payment = asked(payment_sandbox, 1000)
    chose(payment_sandbox, payment, "approve")
    confirmed(payment_sandbox, payment)
    path = f"/v1/payments/{payment['paymentKey']}/cancel"
    part = payment_sandbox.call("POST", path, {"cancelReason": "x", "cancelAmount": 400}, **KEY)[1]
    assert (part["status"], part["balanceAmount"]) == ("PARTIAL_CANCELED", 600)
    over = payment_sandbox.call("POST", path, {"cancelReason": "x", "cancelAmount": 601}, **KEY)
    assert over[0] == 400
    whole = payment_sandbox.call("POST", path, {"cancelReason": "x"}, **KEY)[1]
    assert (whole["status"], whole["balanceAmount"]) == ("CANCELED", 0)


def test_a_wrong_key_is_told_nothing(payment_sandbox: Sandbox) -> None:
    payment = asked(payment_sandbox)
    wrong = {"Authorization": "Basic d3Jvbmc6"}
    path = f"/v1/payments/{payment['paymentKey']}"
    assert payment_sandbox.call("GET", path, **wrong)[1]["code"] == "UNAUTHORIZED_KEY"


def test_every_change_is_called_back_and_signed(payment_sandbox: Sandbox, payment_ear: Ear) -> None:
    payment = asked(payment_sandbox)
    chose(payment_sandbox, payment, "twice")
    confirmed(payment_sandbox, payment)
    wait_until(lambda: len(payment_ear.heard) == 4)
    states = [one.json()["data"]["status"] for one in payment_ear.heard]
    assert states == ["IN_PROGRESS"] * 2 + ["DONE"] * 2
    ids = {one.headers["tosspayments-webhook-id"] for one in payment_ear.heard}
    assert len(ids) == 2
    for one in payment_ear.heard:
        time = one.headers["tosspayments-webhook-transmission-time"]
        digest = hmac.digest(
            WEBHOOK_SECRET.encode(), one.body + b":" + time.encode(), hashlib.sha256
        )
        given = one.headers["tosspayments-webhook-signature"]
        assert given == f"v1:{base64.b64encode(digest).decode()}"


def test_a_call_back_is_repeated_until_it_is_taken(
    payment_sandbox: Sandbox, payment_ear: Ear
) -> None:
    payment_ear.status = 503
    try:
        chose(payment_sandbox, asked(payment_sandbox), "decline")
        wait_until(lambda: len(payment_ear.heard) >= 2)
    finally:
        payment_ear.status = 204
    before = len(payment_ear.heard)
    wait_until(lambda: len(payment_ear.heard) > before)
    assert len({one.headers["tosspayments-webhook-id"] for one in payment_ear.heard}) == 1


def test_a_lost_answer_was_carried_out(payment_sandbox: Sandbox) -> None:
    payment = asked(payment_sandbox)
    chose(payment_sandbox, payment, "approve")
    payment_sandbox.faults(lost=1)
    with pytest.raises(OSError, match="without response"):
        confirmed(payment_sandbox, payment)
    assert state(payment_sandbox, payment) == "DONE"


def test_a_kill_loses_no_payment_and_no_card_is_kept(tmp_path: Path) -> None:
    sandbox = Sandbox("sandbox_payment", tmp_path)
    sandbox.start()
    try:
        payment = asked(sandbox)
        chose(sandbox, payment, "approve")
        sandbox.stop(signal.SIGKILL)
        sandbox.start()
        assert state(sandbox, payment) == "IN_PROGRESS"
        assert sandbox.rss_mb() <= 25
    finally:
        sandbox.stop()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert payment["orderId"].encode() in stored
    assert CARD.encode() not in stored


@pytest.mark.parametrize(("language", "word"), [("ko", "결제하기"), ("en", "Pay by card")])
def test_the_window_speaks_both_languages(
    payment_sandbox: Sandbox, language: str, word: str
) -> None:
    path = urlsplit(asked(payment_sandbox)["checkout"]["url"]).path
    status, html, headers = payment_sandbox.call("GET", path, Accept_Language=language)
    assert status == 200
    assert word in html
    assert f'<html lang="{language}">' in html
    assert "http://127.0.0.1:8080" in headers["content-security-policy"]
    assert word in payment_sandbox.call("GET", f"{path}?lang={language}")[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": True},
        {"orderId": "한글"},
        {"orderName": ""},
        {"successUrl": "javascript:alert(1)"},
    ],
)
def test_a_malformed_request_is_refused(payment_sandbox: Sandbox, wrong: dict[str, Any]) -> None:
    body = {
        "amount": 1,
        "orderId": "order-x",
        "orderName": "x",
        "successUrl": "http://127.0.0.1/",
        "failUrl": "http://127.0.0.1/",
        **wrong,
    }
    assert payment_sandbox.call("POST", "/v1/payments", body, **KEY)[0] == 400
    assert payment_sandbox.call("POST", "/v1/payments", b"\xff{", **KEY)[0] == 400


@pytest.mark.parametrize(("language", "word"), [("ko", "결제 목록"), ("en", "Payments")])
def test_its_page_lists_what_it_was_told(
    payment_sandbox: Sandbox, language: str, word: str
) -> None:
    payment = asked(payment_sandbox)
    html = payment_sandbox.call("GET", f"/?lang={language}")[1]
    assert word in html
    assert payment["orderId"] in html
