"""What the courier may answer: a number, and nothing that could be somebody's name."""

import httpx
import pytest

from yaksok.privacy.disclosure import wire
from yaksok.privacy.disclosure.label import Label

LABEL = Label("두루미", "(03045) 서울특별시 종로구 사직로 161", "010-2345-6789")


@pytest.fixture(autouse=True)
def courier(settings):
    settings.YAKSOK_COURIER_URL = "http://127.0.0.1:9"


def answers(monkeypatch, content):
    answer = httpx.Response(201, json=content)
    monkeypatch.setattr(httpx.Client, "request", lambda *_, **__: answer)


def test_a_number_is_taken(monkeypatch):
    answers(monkeypatch, {"tracking_number": "6012-3456-7890"})
    assert wire.send("a" * 20, LABEL).tracking_number == "6012-3456-7890"


@pytest.mark.parametrize(
    "number",
    [
        "두루미 010-2345-6789",
        "12345\r\nBcc: other@mail.example",
        '1"><script>',
        "1" * 65,
        "",
        None,
        123456789012,
    ],
)
def test_anything_else_is_kept_nowhere(monkeypatch, number):
    answers(monkeypatch, {"tracking_number": number})
    with pytest.raises(wire.NotTaken):
        wire.send("a" * 20, LABEL)
