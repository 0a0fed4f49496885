"""The mail sink, over SMTP."""

import signal
import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cast.sandboxes import Sandbox, free_port, wait_until

TO = "canary.member@mail.example"


def letter(subject: str = "주문을 받았습니다", to: str = TO) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "약속 <hello@yaksok.example>", to, subject
    made["Content-Language"] = "ko"
    made.set_content(f"안녕하세요\n.점으로 시작\nhttp://127.0.0.1:8080/v/abc\n{to}")
    made.add_alternative("<p>안녕하세요</p>", subtype="html")
    return made


def posted(sandbox: Sandbox, *letters: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", int(sandbox.options[1]), timeout=5) as line:
        for one in letters:
            line.send_message(one)


def test_a_letter_is_kept_without_its_addresses(mail_sandbox: Sandbox) -> None:
    posted(mail_sandbox, letter())
    newest = mail_sandbox.call("GET", "/sandbox/letters")[1][0]
    assert newest["subject"] == "주문을 받았습니다"
    assert newest["recipient"] == "c***@***.example"
    assert "\n.점으로 시작" in newest["text"]
    assert "c***@***.example" in newest["text"]
    page = mail_sandbox.call("GET", f"/letters/{newest['id']}?lang=en")[1]
    assert 'href="http://127.0.0.1:8080/v/abc"' in page
    assert "All letters" in page
    assert "주문을 받았습니다" in mail_sandbox.call("GET", "/")[1]


def test_nothing_personal_lies_on_its_disk_and_a_kill_loses_no_letter(tmp_path: Path) -> None:
    sandbox = Sandbox("sandbox_mail", tmp_path, ("--smtp-port", str(free_port())))
    sandbox.start()
    try:
        posted(sandbox, *(letter(f"letter {n}") for n in range(3)))
        assert sandbox.rss_mb() <= 25
        sandbox.stop(signal.SIGKILL)
        sandbox.start()
        assert len(sandbox.call("GET", "/sandbox/letters")[1]) == 3
    finally:
        sandbox.stop()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"letter 2" in stored
    assert TO.encode() not in stored
    assert TO.split("@", maxsplit=1)[0].encode() not in stored


def test_only_the_last_five_hundred_are_kept(tmp_path: Path) -> None:
    from dev.sandbox_mail.letters import KEPT, TABLES, Letters
    from dev.serving.ledger import Ledger

    letters = Letters(Ledger(tmp_path, "letters.db", TABLES))
    raw = letter().as_bytes()
    for _ in range(KEPT + 3):
        letters.keep("a@mall.example", [TO], raw)
    assert len(letters.all()) == KEPT


def test_it_can_be_down_and_lose_its_answer(mail_sandbox: Sandbox) -> None:
    mail_sandbox.faults(down=True)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        posted(mail_sandbox, letter())
    mail_sandbox.faults(down=False, lost=1)
    before = len(mail_sandbox.call("GET", "/sandbox/letters")[1])
    with pytest.raises(smtplib.SMTPServerDisconnected):
        posted(mail_sandbox, letter())
    wait_until(lambda: len(mail_sandbox.call("GET", "/sandbox/letters")[1]) == before + 1)


def test_malformed_conversations_are_answered(mail_sandbox: Sandbox) -> None:
    with smtplib.SMTP("127.0.0.1", int(mail_sandbox.options[1]), timeout=5) as line:
        line.ehlo()
        assert line.docmd("DATA")[0] == 503
        assert line.docmd("MAIL", "TO:nobody")[0] == 501
        assert line.docmd("RCPT", "TO:<nobody>")[0] == 501
        assert line.docmd("VRFY", "x")[0] == 502
        assert line.docmd("RSET")[0] == 250
