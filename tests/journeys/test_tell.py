"""Letters: noted with what they tell of, opened when they leave, gone when they arrived."""

import re
import smtplib
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.cast import canaries, people
from tests.cast.orders import Ordered, ordered
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import tell
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.ids import RecordId, new_subject_id
from yaksok.policy.vocabulary import Language, Purpose, RecordKind
from yaksok.privacy.post import letters, outbox
from yaksok.privacy.post.letters import DRAFTS, Template
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def newest(sandbox: Sandbox) -> dict[str, str]:
    found: dict[str, str] = sandbox.call("GET", "/sandbox/letters")[1][0]
    return found


def count(sandbox: Sandbox) -> int:
    return len(sandbox.call("GET", "/sandbox/letters")[1])


def waiting() -> int:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM post_letter")
        return int(cursor.fetchone()[0])


def told(bought: Ordered) -> Ordered:
    order = bought.now()
    with keeper():
        tell.order_paid(order)
    return bought


def welcomed(language: Language = Language.KOREAN) -> people.Member:
    member = people.member()
    tell.send_due()
    with keeper():
        tell.email_changed(member.subject, language=language)
    return member


def token_in(sandbox: Sandbox) -> str:
    found = re.search(r"\?token=([\w-]+)", newest(sandbox)["text"])
    assert found
    return found[1]


def test_a_letter_leaves_and_no_trace_of_it_stays(mail_sandbox: Sandbox) -> None:
    bought = told(ordered())
    assert waiting() == 1
    assert tell.send_due().sent == 1
    assert waiting() == 0
    letter = newest(mail_sandbox)
    assert bought.now().number in letter["subject"]
    assert "15,000원" in letter["text"]
    assert f"{settings.YAKSOK_ORIGIN}/lookup" in letter["text"]
    assert tell.send_due().tried == 0


def test_it_is_written_in_the_language_of_the_order(mail_sandbox: Sandbox) -> None:
    told(ordered(language=Language.ENGLISH))
    tell.send_due()
    letter = newest(mail_sandbox)
    assert "is paid" in letter["subject"]
    assert "₩15,000" in letter["text"]
    assert "/en/lookup" in letter["text"]


def test_what_waits_holds_nothing_of_the_person() -> None:
    bought = told(ordered())
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM post_letter l")
        (row,) = (str(one) for (one,) in cursor.fetchall())
    assert bought.now().number in row  # the search finds what is there
    for value in (*bought.payer.canaries(), *bought.recipient.canaries()):
        assert value not in row


def test_opening_the_address_is_logged_before_the_letter_leaves(mail_sandbox: Sandbox) -> None:
    bought = told(ordered())
    mail_sandbox.faults(down=True)
    tell.send_due()
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT event, items FROM audit_entry WHERE trail = %s AND job = 'post'",
            [gate.trail_of(bought.now().subject)],
        )
        assert cursor.fetchall() == [("vault:items:opened", ["email"])]


def test_a_mail_server_that_is_down_gets_it_later(
    mail_sandbox: Sandbox, standing_clock: FixedClock
) -> None:
    told(ordered())
    mail_sandbox.faults(down=True)
    assert tell.send_due().sent == 0
    mail_sandbox.healthy()
    assert tell.send_due().tried == 0
    standing_clock.move(timedelta(seconds=31))
    before = count(mail_sandbox)
    assert tell.send_due().sent == 1
    assert count(mail_sandbox) == before + 1


def test_it_is_given_up_in_the_end(mail_sandbox: Sandbox, standing_clock: FixedClock) -> None:
    told(ordered())
    mail_sandbox.faults(down=True)
    for _ in range(outbox.MOST_ATTEMPTS + 1):
        tell.send_due()
        standing_clock.move(timedelta(hours=6, seconds=1))
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT state, attempts FROM post_letter")
        assert cursor.fetchone() == (outbox.State.UNDELIVERABLE, outbox.MOST_ATTEMPTS)


def test_a_lost_answer_repeats_the_letter_under_the_same_id(
    mail_sandbox: Sandbox, standing_clock: FixedClock
) -> None:
    told(ordered())
    mail_sandbox.faults(lost=1)
    assert tell.send_due().sent == 0
    standing_clock.move(timedelta(seconds=31))
    assert tell.send_due().sent == 1
    assert waiting() == 0


def test_an_erased_payer_gets_no_letter(mail_sandbox: Sandbox) -> None:
    bought = told(ordered())
    with keeper():
        payer = bought.now().subject
        gate.erase(payer, actor=Actor.guest(payer), purpose=Purpose.RIGHTS, reason="left")
    before = count(mail_sandbox)
    assert tell.send_due().sent == 0
    assert count(mail_sandbox) == before


def test_a_letter_proves_the_address_of_its_reader(mail_sandbox: Sandbox) -> None:
    member = welcomed()
    assert not tell.email_is_proved(member.subject)
    tell.send_due()
    token = token_in(mail_sandbox)
    for wrong in ("", token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), "é" * 43):
        assert not tell.verify_email(wrong)
    assert tell.verify_email(token)
    assert tell.verify_email(token)  # twice is no harm
    assert tell.email_is_proved(member.subject)


def test_the_secret_of_a_letter_is_stored_nowhere(mail_sandbox: Sandbox) -> None:
    welcomed()
    tell.send_due()
    token = token_in(mail_sandbox)
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM post_token t")
        rows = "".join(str(one) for (one,) in cursor.fetchall())
    assert "email" in rows
    assert all(form.decode("latin1") not in rows for form in canaries.forms(token).values())


def test_a_secret_is_good_for_two_days(mail_sandbox: Sandbox, standing_clock: FixedClock) -> None:
    welcomed()
    tell.send_due()
    token = token_in(mail_sandbox)
    standing_clock.move(timedelta(days=2, seconds=1))
    assert not tell.verify_email(token)
    assert tell.forget_expired() >= 1


def test_a_new_address_must_be_proved_anew(mail_sandbox: Sandbox) -> None:
    member = welcomed()
    tell.send_due()
    assert tell.verify_email(token_in(mail_sandbox))
    with keeper():
        tell.email_changed(member.subject, language=Language.ENGLISH)
    assert not tell.email_is_proved(member.subject)


def test_the_last_letter_leaves_after_the_data_is_gone(mail_sandbox: Sandbox) -> None:
    member = people.member()
    tell.send_due()
    with keeper():
        last = tell.goodbye(member.subject, language=Language.KOREAN)
        gate.erase(member.subject, actor=member.actor, purpose=Purpose.RIGHTS, reason="left")
    assert member.person.email not in repr(last)
    assert tell.farewell(last)
    assert "탈퇴" in newest(mail_sandbox)["subject"]
    with keeper():
        assert tell.goodbye(member.subject, language=Language.KOREAN) is None
    assert not tell.farewell(None)


def test_a_line_that_leaves_the_machine_must_be_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    from yaksok.privacy.post import wire

    plain = smtplib.SMTP()
    monkeypatch.setattr(plain, "ehlo_or_helo_if_needed", lambda: None)
    for host in ("127.0.0.1", "[::1]"):
        wire._protect(plain, host)
    for host in ("mail.example", "192.0.2.1"):
        with pytest.raises(smtplib.SMTPException, match="offers no encryption"):
            wire._protect(plain, host)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("template", list(Template))
def test_every_letter_can_be_written(template: Template, language: Language) -> None:
    named = DRAFTS[template].context | ({"code"} if DRAFTS[template].coded else set())
    context = dict.fromkeys(named, "x<&>")
    opened = {item.value: "x<&>" for item in DRAFTS[template].opened}
    link = "http://127.0.0.1/a?b=1&c=2"
    written = letters.write(template, language, context, link, opened=opened)
    assert "{" not in written.subject + written.text
    assert "x<&>" not in written.html
    if "{link}" in DRAFTS[template].body.in_(language):
        assert 'href="http://127.0.0.1/a?b=1&amp;c=2"' in written.html


def test_a_letter_takes_what_its_template_names_and_nothing_else() -> None:
    with keeper(), pytest.raises(ValueError, match="is written from"):
        outbox.note(
            new_subject_id(),
            Template.GOODBYE,
            kind=RecordKind.MEMBERSHIP,
            record=RecordId(uuid4()),
            language=Language.KOREAN,
            context={"path": "/", "name": "x"},
        )


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_letter(mail_sandbox: Sandbox) -> None:
    numbers = [told(ordered()).now().number for _ in range(3)]

    def work() -> None:
        try:
            tell.send_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tell.send_due()
    subjects = [letter["subject"] for letter in mail_sandbox.call("GET", "/sandbox/letters")[1]]
    assert [sum(number in subject for subject in subjects) for number in numbers] == [1, 1, 1]
    assert waiting() == 0


def test_the_link_of_a_letter_opens_a_page(mail_sandbox: Sandbox, client: Client) -> None:
    member = welcomed()
    tell.send_due()
    link = re.search(r"http://\S+", newest(mail_sandbox)["text"])
    assert link
    path = link[0].removeprefix(settings.YAKSOK_ORIGIN)
    opened = client.get(path)
    assert "no-store" in opened.headers["Cache-Control"]
    assert not tell.email_is_proved(member.subject), "programs that look into mail open links too"
    (token,) = re.findall(r'name="token" value="([^"]+)"', opened.content.decode())
    answer = client.post("/email", {"token": token})
    assert answer.status_code == 200
    assert "이메일을 확인했어요" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert tell.email_is_proved(member.subject)
    assert client.post("/email", {"token": f"{token}x"}).status_code == 404
    assert "does not work" in client.get("/en/email").content.decode()
