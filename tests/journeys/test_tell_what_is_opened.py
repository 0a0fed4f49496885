"""Letters that say something of the person: opened when they leave, and written down nowhere."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from django.db import connection

from tests.cast import people
from tests.cast.orders import Ordered, ordered
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import tell
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import RecordId
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Channel, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.post import letters, outbox
from yaksok.privacy.post.templates import Draft, Template
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db
SAYS_WHO = Draft(
    Text(ko="주문하신 분을 확인해 주세요", en="Is this who orders?"),
    Text(ko="주문하는 분: {name}\n{link}", en="Orders: {name}\n{link}"),
    frozenset({"path"}),
    opened=(Item.NAME,),
    sms=Text(ko="확인해 주세요 {link}", en="Please look {link}"),
)


@pytest.fixture(autouse=True)
def _a_letter_that_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    drafts: Mapping[Template, Draft] = MappingProxyType(
        {**letters.DRAFTS, Template.ORDER_PAID: SAYS_WHO}
    )
    monkeypatch.setattr(letters, "DRAFTS", drafts)
    monkeypatch.setattr(outbox, "DRAFTS", drafts)


def noted(bought: Ordered, channel: Channel = Channel.EMAIL, about: RecordId | None = None) -> None:
    """A letter to the payer that says by which name they order."""
    order = bought.now()
    with keeper():
        outbox.note(
            order.subject,
            Template.ORDER_PAID,
            kind=RecordKind.ORDER_PAYER,
            record=order.payer_record,
            language=Language.KOREAN,
            context={"path": "/lookup"},
            channel=channel,
            about=(RecordKind.ORDER_PAYER, about) if about else None,
        )


def another_record(bought: Ordered, **items: str) -> RecordId:
    """A second record of the same person."""
    subject = bought.now().subject
    with keeper():
        receipt = ledger.receive(
            subject,
            given={},
            notice="0" * 64,
            policy_version="2026-11-24",
            language=Language.KOREAN,
        )
        return gate.seal(
            subject,
            RecordKind.ORDER_PAYER,
            {Item(name): value for name, value in items.items()},
            purpose=Purpose.ORDER,
            actor=Actor.guest(subject),
            receipt=receipt,
        )


def newest(sandbox: Sandbox) -> str:
    return str(sandbox.call("GET", "/sandbox/letters")[1][0]["text"])


def rows() -> list[str]:
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM post_letter l")
        return [str(row) for (row,) in cursor.fetchall()]


def test_it_is_opened_when_the_letter_leaves(mail_sandbox: Sandbox) -> None:
    bought = ordered()
    noted(bought)
    assert bought.payer.name not in str(rows())
    assert tell.send_due().sent == 1
    assert f"주문하는 분: {bought.payer.name}" in newest(mail_sandbox)
    assert rows() == []


def test_it_is_in_the_log_by_its_name_alone(mail_sandbox: Sandbox) -> None:
    bought = ordered()
    noted(bought)
    mail_sandbox.faults(down=True)
    tell.send_due()
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT items FROM audit_entry WHERE trail = %s AND job = 'post'",
            [gate.trail_of(bought.now().subject)],
        )
        assert [set(items) for (items,) in cursor.fetchall()] == [{"email", "name"}]
    assert bought.payer.name not in str(rows())


def test_it_may_lie_in_another_record_than_the_address(mail_sandbox: Sandbox) -> None:
    bought, other = ordered(), people.person()
    noted(bought, about=another_record(bought, name=other.name, phone=other.phone))
    assert tell.send_due().sent == 1
    assert other.name in newest(mail_sandbox)
    assert bought.payer.name not in newest(mail_sandbox)


def test_what_is_not_there_any_more_is_not_sent(mail_sandbox: Sandbox) -> None:
    bought = ordered()
    noted(bought, about=another_record(bought, phone=bought.payer.phone))
    before = len(mail_sandbox.call("GET", "/sandbox/letters")[1])
    assert tell.send_due().sent == 0
    assert len(mail_sandbox.call("GET", "/sandbox/letters")[1]) == before


def test_a_text_message_opens_nothing_but_the_number(sms_sandbox: Sandbox) -> None:
    bought = ordered()
    noted(bought, Channel.SMS)
    assert tell.send_due().sent == 1
    assert bought.payer.name not in sms_sandbox.call("GET", "/sandbox/messages")[1][0]["text"]
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT items FROM audit_entry WHERE trail = %s AND event = 'vault:items:opened'",
            [gate.trail_of(bought.now().subject)],
        )
        assert cursor.fetchall() == [(["phone"],)]


def test_a_subject_line_cannot_say_it(monkeypatch: pytest.MonkeyPatch) -> None:
    loud = Draft(Text(ko="{name}", en="{name}"), Text(ko="", en=""), frozenset(), (Item.NAME,))
    monkeypatch.setattr(letters, "DRAFTS", {Template.ORDER_PAID: loud})
    with pytest.raises(KeyError, match="name"):
        letters.write(
            Template.ORDER_PAID, Language.KOREAN, {}, "http://mall.example", opened={"name": "x"}
        )


def test_nobody_sees_it_by_looking_at_a_letter_in_memory() -> None:
    written = letters.write(
        Template.ORDER_PAID,
        Language.KOREAN,
        {"path": "/"},
        "http://mall.example",
        opened={"name": "하늘"},
    )
    assert "하늘" in written.text
    assert "하늘" not in repr(written)
