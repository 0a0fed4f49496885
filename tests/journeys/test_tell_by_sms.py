"""Text messages: opened when they leave, sent once whatever is lost, given up where all can see it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.cast.orders import Ordered, ordered
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import tell
from yaksok.kernel import clock
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.ids import new_subject_id
from yaksok.kernel.personal import Personal
from yaksok.policy.vocabulary import Channel, Language, RecordKind
from yaksok.privacy.post import answers, outbox, short, wire_sms
from yaksok.privacy.post.letters import DRAFTS, Template, Written, write
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing_clock() -> Iterator[FixedClock]:
    """A clock that agrees with the provider's, which looks at when a request was signed."""
    with clock.fixed(datetime.now(UTC)) as standing:
        yield standing


WITH_SMS = [template for template in Template if DRAFTS[template].sms]


def texted(bought: Ordered | None = None) -> Ordered:
    """An order about which a text message waits."""
    bought = bought or ordered()
    order = bought.now()
    with keeper():
        outbox.note(
            order.subject,
            Template.ORDER_PAID,
            kind=RecordKind.ORDER_PAYER,
            record=order.payer_record,
            language=order.language,
            context={"number": order.number, "total": "15,000원", "path": "/lookup"},
            channel=Channel.SMS,
        )
    return bought


def sent(sandbox: Sandbox) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sandbox.call("GET", "/sandbox/messages")[1]
    return found


def about(bought: Ordered, sandbox: Sandbox) -> list[dict[str, Any]]:
    return [one for one in sent(sandbox) if bought.now().number in one["text"]]


def row() -> tuple[str, int, str]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT state, attempts, reference FROM post_letter")
        state, attempts, reference = cursor.fetchone()
    return state, attempts, reference


def waiting() -> int:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM post_letter")
        return int(cursor.fetchone()[0])


def test_it_reaches_the_telephone_and_no_trace_of_it_stays(sms_sandbox: Sandbox) -> None:
    bought = texted()
    assert tell.send_due().sent == 1
    (message,) = about(bought, sms_sandbox)
    digits = bought.payer.phone.replace("-", "")
    assert (message["recipient"][:3], message["recipient"][-2:]) == (digits[:3], digits[-2:])
    assert "15,000원" in message["text"]
    assert f"{settings.YAKSOK_ORIGIN}/lookup" in message["text"]
    assert message["text"].startswith("[약속] ")
    assert waiting() == 0


def test_opening_the_number_is_logged_and_nothing_but_the_number(sms_sandbox: Sandbox) -> None:
    bought = texted()
    tell.send_due()
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT event, items FROM audit_entry WHERE trail = %s AND job = 'post' ORDER BY id",
            [gate.trail_of(bought.now().subject)],
        )
        assert cursor.fetchall() == [
            ("vault:items:opened", ["phone"]),
            ("post:letter:sent", ["phone"]),
        ]


@pytest.mark.parametrize("lost", [1, 2, 3], ids=["begin", "add", "send"])
def test_a_lost_answer_sends_no_second_message(
    sms_sandbox: Sandbox, standing_clock: FixedClock, lost: int
) -> None:
    bought = texted()
    for call in range(1, lost + 1):  # the answer of the last of the three calls is the one lost
        sms_sandbox.faults(lost=1)
        tell.send_due()
        assert waiting() == 1, call
        standing_clock.move(timedelta(minutes=2))
    assert tell.send_due().sent == 1
    assert len(about(bought, sms_sandbox)) == 1
    assert waiting() == 0


def test_a_crash_after_sending_sends_no_second_message(
    sms_sandbox: Sandbox, standing_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought = texted()

    post = wire_sms.post

    def post_and_die(*given: Any, **named: Any) -> None:
        post(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(wire_sms, "post", post_and_die)
        with pytest.raises(KeyboardInterrupt):
            tell.send_due()
    assert len(about(bought, sms_sandbox)) == 1
    assert tell.send_due().tried == 0  # the lease of who crashed still runs
    standing_clock.move(outbox.LEASE)
    assert tell.send_due().sent == 1
    assert len(about(bought, sms_sandbox)) == 1


def test_a_group_that_the_provider_forgot_is_begun_anew(
    sms_sandbox: Sandbox, standing_clock: FixedClock
) -> None:
    bought = texted()
    with keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE post_letter SET reference = 'G4VGONE'")
    assert tell.send_due().sent == 0
    assert row()[2] == ""
    standing_clock.move(timedelta(seconds=31))
    assert tell.send_due().sent == 1
    assert len(about(bought, sms_sandbox)) == 1


def test_a_provider_that_is_down_holds_up_no_letter(
    sms_sandbox: Sandbox, mail_sandbox: Sandbox
) -> None:
    bought = texted()
    with keeper():
        tell.order_paid(bought.now())
    sms_sandbox.faults(down=True)
    posted = tell.send_due()
    assert (posted.sent, posted.tried) == (1, 2)
    assert bought.now().number in mail_sandbox.call("GET", "/sandbox/letters")[1][0]["subject"]


def test_it_is_given_up_in_the_end(sms_sandbox: Sandbox, standing_clock: FixedClock) -> None:
    texted()
    sms_sandbox.faults(down=True)
    for _ in range(outbox.MOST_ATTEMPTS + 1):
        tell.send_due()
        standing_clock.move(timedelta(hours=6, seconds=1))
    assert row()[:2] == (outbox.State.UNDELIVERABLE, outbox.MOST_ATTEMPTS)


def test_a_signature_that_is_not_ours_is_not_taken(sms_sandbox: Sandbox) -> None:
    texted()
    settings.YAKSOK_SMS_SECRET = "another"
    assert tell.send_due().sent == 0
    assert waiting() == 1


def test_without_a_provider_it_waits() -> None:
    texted()
    settings.YAKSOK_SMS = ""
    assert tell.send_due().sent == 0
    assert waiting() == 1


def words(text: str) -> Written:
    return Written("제목", text, "", Language.KOREAN)


def number(digits: str) -> Personal:
    return Personal(digits, lambda _: "***")


@pytest.mark.parametrize(
    ("to", "text"),
    [
        ("02-000-0001", "안녕하세요"),
        ("+1 650-253-0000", "hello"),
        ("010-2000-0001", "가" * 1001),
        ("010-2000-0001", "😀"),
    ],
    ids=["landline", "abroad", "too long", "no telephone shows it"],
)
def test_what_no_telephone_takes_is_refused_before_it_leaves(
    sms_sandbox: Sandbox, to: str, text: str
) -> None:
    before = len(sent(sms_sandbox))
    with pytest.raises(answers.NoSuchAddress):
        wire_sms.post(words(text), number(to), group=wire_sms.begin(), again=False)
    assert len(sent(sms_sandbox)) == before


@pytest.mark.parametrize(
    ("text", "kind", "size"),
    [("가" * 45, "SMS", 90), ("가" * 45 + "a", "LMS", 91), ("뷁" + "가" * 999, "LMS", 2000)],
)
def test_bytes_are_counted_as_carriers_count_them(
    sms_sandbox: Sandbox, text: str, kind: str, size: int
) -> None:
    wire_sms.post(words(text), number("010-2000-0001"), group=wire_sms.begin(), again=False)
    newest = sent(sms_sandbox)[0]
    assert (newest["kind"], newest["bytes"], newest["text"]) == (kind, size, text)
    assert newest["subject"] == ("" if kind == "SMS" else "제목")


def test_a_heading_is_cut_between_two_characters() -> None:
    assert short.heading("가" * 30) == "가" * 20
    assert short.heading("a" + "가" * 30) == "a" + "가" * 19


def test_a_letter_without_such_words_or_such_a_wire_is_not_noted() -> None:
    subject, record = new_subject_id(), ordered().now().payer_record
    for template, channel in (
        (Template.POLICY_CHANGE, Channel.SMS),
        (Template.ORDER_PAID, Channel.PUSH),
        (Template.ORDER_PAID, Channel.PHONE),
    ):
        context = dict.fromkeys(DRAFTS[template].context, "x")
        one = outbox.Note(
            subject, template, RecordKind.ORDER_PAYER, record, Language.KOREAN, context, channel
        )
        with keeper(), pytest.raises(ValueError, match="cannot go by"):
            outbox.note_all([one])


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("template", WITH_SMS)
def test_every_telephone_shows_every_text(template: Template, language: Language) -> None:
    context = dict.fromkeys({*DRAFTS[template].context, "code"}, "x")
    link = f"https://mall.example/{'a' * 60}"
    written = write(template, language, context, link, channel=Channel.SMS)
    assert short.kind_of(written.text) is not None
    assert written.html == ""
    assert "{" not in written.text
