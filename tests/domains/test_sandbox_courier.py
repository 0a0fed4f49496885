"""The courier's wire, over its wire."""

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from dev.sandbox_courier.signing import SIGNATURE, TIMESTAMP, signature
from tests.cast.sandboxes import SECRET, Ear, Sandbox, wait_until

LABEL = {"name": "홍길동", "address": "03154 서울 종로구 세종대로 1", "phone": "010-0000-1234"}


def signed(
    sandbox: Sandbox,
    method: str,
    path: str,
    body: Any = None,
    *,
    age: int = 0,
    secret: str = SECRET,
) -> tuple[int, Any]:
    raw = json.dumps(body).encode() if body is not None else b""
    stamp = str(int(time.time()) - age)
    headers = {TIMESTAMP: stamp, SIGNATURE: signature(secret, stamp, method, path, raw)}
    return sandbox.call(method, path, raw, **headers)[:2]


def handed(sandbox: Sandbox, parcel: str, **more: str) -> tuple[int, Any]:
    return signed(sandbox, "POST", "/v1/parcels", {"parcel": parcel, **LABEL, **more})


def test_a_parcel_is_taken_once(courier_sandbox: Sandbox) -> None:
    first, again = handed(courier_sandbox, "p-once"), handed(courier_sandbox, "p-once", name="다른")
    assert first == again
    assert first[0] == 201
    assert set(first[1]) == {"parcel", "tracking_number", "state"}
    assert "다른" not in courier_sandbox.call("GET", "/")[1]


@pytest.mark.parametrize("more", [{"email": "a@mail.example"}, {"order": "1"}, {"name": ""}])
def test_nothing_but_a_label_is_taken(courier_sandbox: Sandbox, more: dict[str, str]) -> None:
    assert handed(courier_sandbox, "p-more", **more)[0] == 400
    assert signed(courier_sandbox, "GET", "/v1/parcels/p-more")[0] == 404


def test_unsigned_or_old_requests_are_refused(courier_sandbox: Sandbox) -> None:
    body = {"parcel": "p-forged", **LABEL}
    assert courier_sandbox.call("POST", "/v1/parcels", body)[0] == 401
    assert signed(courier_sandbox, "POST", "/v1/parcels", body, age=301)[0] == 401
    assert signed(courier_sandbox, "POST", "/v1/parcels", body, secret="wrong")[0] == 401


def test_it_tells_where_a_parcel_is(courier_sandbox: Sandbox, courier_ear: Ear) -> None:
    handed(courier_sandbox, "p-moves")
    for _ in range(4):
        courier_sandbox.call("POST", "/sandbox/advance", {"parcel": "p-moves"})
    wait_until(lambda: len(courier_ear.heard) == 3)
    events = [one.json() for one in courier_ear.heard]
    assert [one["state"] for one in events] == ["picked_up", "in_transit", "delivered"]
    assert all(set(one) == {"event", "parcel", "tracking_number", "state", "at"} for one in events)
    for one in courier_ear.heard:
        wanted = signature(SECRET, one.headers[TIMESTAMP], "POST", "/callbacks", one.body)
        assert one.headers[SIGNATURE] == wanted


def test_a_label_is_corrected_until_delivery(courier_sandbox: Sandbox) -> None:
    handed(courier_sandbox, "p-corrected")
    path, label = "/v1/parcels/p-corrected", {**LABEL, "name": "임꺽정"}
    assert signed(courier_sandbox, "PUT", path, label)[0] == 200
    assert "임꺽정" in courier_sandbox.call("GET", "/")[1]
    for _ in range(3):
        courier_sandbox.call("POST", "/sandbox/advance", {"parcel": "p-corrected"})
    assert signed(courier_sandbox, "PUT", path, LABEL)[1]["code"] == "DELIVERED"


def test_parcels_move_by_themselves_and_survive_a_kill(tmp_path: Path) -> None:
    sandbox = Sandbox("sandbox_courier", tmp_path, ("--auto", "0.1"))
    sandbox.start()
    try:
        number = handed(sandbox, "p-auto")[1]["tracking_number"]
        sandbox.stop(signal.SIGKILL)
        sandbox.start()

        def arrived() -> bool:
            parcel = signed(sandbox, "GET", "/v1/parcels/p-auto")[1]
            assert parcel["tracking_number"] == number
            return bool(parcel["state"] == "delivered")

        wait_until(arrived)
        assert sandbox.rss_mb() <= 25
    finally:
        sandbox.stop()


@pytest.mark.parametrize(("language", "word"), [("ko", "접수한 소포"), ("en", "Parcels taken")])
def test_its_page_speaks_both_languages(courier_sandbox: Sandbox, language: str, word: str) -> None:
    assert word in courier_sandbox.call("GET", f"/?lang={language}")[1]
    assert courier_sandbox.call("GET", "/nothing")[0] == 404
