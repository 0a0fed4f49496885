"""The search that proves absence must be able to find."""

import base64
from pathlib import Path

import pytest

from tests.cast import canaries

CANARY = "홍카나리-4711-둥지"

PLANTED = {
    "utf-8": CANARY.encode(),
    "utf-16": CANARY.encode("utf-16-le"),
    "hex": CANARY.encode().hex().encode(),
    "HEX": CANARY.encode().hex().upper().encode(),
    "base64": base64.b64encode(b"x" + CANARY.encode() + b"yz"),
    "base64 at 2": base64.b64encode(b"xy" + CANARY.encode()),
    "json": b'"\\ud64d\\uce74\\ub098\\ub9ac-4711-\\ub465\\uc9c0"',
    "url": b"q=%ED%99%8D%EC%B9%B4%EB%82%98%EB%A6%AC-4711-%EB%91%A5%EC%A7%80&x",
}


@pytest.mark.parametrize("form", PLANTED)
def test_what_is_planted_is_found(form: str, tmp_path: Path) -> None:
    (tmp_path / "heap").write_bytes(b"\x00" * 8_191 + PLANTED[form] + b"\xff" * 100)
    assert [hit.canary for hit in canaries.search([CANARY], [tmp_path]).hits][:1] == [CANARY]


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "heap").write_bytes(b"\x00" * 10_000 + "홍카나리-4712-둥지".encode())
    result = canaries.search([CANARY], [tmp_path])
    assert result.hits == []
    assert (result.files, result.bytes) == (1, 10_000 + len("홍카나리-4712-둥지".encode()))
