"""Destroying: what a law keeps is put aside first, one failure stops nobody else, keys stay private."""

import stat
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.kernel import keyring
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import FixedClock
from yaksok.kernel.errors import Refused, Tampered
from yaksok.mall.orders.states import OrderState
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.retention import certificate, destroying, ends, register, waiting
from yaksok.privacy.retention.certificate import Gone, Kept
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _standing(standing_clock: FixedClock) -> None:
    """The clock stands still in every test here."""


def test_a_record_of_a_trade_leaves_the_laws_copy_and_one_without_leaves_nothing() -> None:
    member = people.member()
    bought, nothing = (trades.order_of(member, state) for state in (OrderState.PAID,) * 2)
    with keeper():
        ends.traded(member.subject, bought.payer_record, at=NOW)
        done = destroying.destroy(
            member.subject,
            {
                bought.payer_record: RecordKind.ORDER_PAYER,
                nothing.payer_record: RecordKind.ORDER_PAYER,
            },
            actor=member.actor,
            purpose=Purpose.RIGHTS,
            reason="left",
        )
        kinds = [held.kind for held in gate.holdings(member.subject)]
    assert len(done.records) == 2
    assert [copy.law for copy in done.copies] == ["contract"]
    assert kinds == [RecordKind.MEMBERSHIP, RecordKind.STATUTORY]


def test_a_law_whose_period_is_over_keeps_nothing() -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.PAID)
    with keeper():
        done = destroying.destroy(
            member.subject,
            {order.payer_record: RecordKind.ORDER_PAYER},
            actor=member.actor,
            purpose=Purpose.RIGHTS,
            reason="left",
            began={order.payer_record: NOW - timedelta(days=6 * 366)},
        )
    assert done.copies == ()


def test_a_refusal_destroys_nothing() -> None:
    member, stranger = people.member(), people.stranger()
    with keeper():
        (held,) = gate.holdings(member.subject)
    with pytest.raises(Refused), keeper():
        destroying.destroy(
            member.subject,
            {held.record: held.kind},
            actor=stranger.actor,
            purpose=Purpose.RIGHTS,
            reason="left",
        )
    with keeper():
        assert gate.holdings(member.subject) == (held,)
        assert register.lines() == ()


def test_an_event_sets_the_end_by_the_policys_calendar() -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.PAID)
    at = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
    with keeper():
        due = ends.happened(member.subject, order.payer_record, RecordKind.ORDER_PAYER, at=at)
        held = {one.record: one.destroy_after for one in gate.holdings(member.subject)}
    assert due.isoformat() == "2027-02-28T15:00:00+00:00", "the month's last day, whole, in Seoul"
    assert held[order.payer_record] == due


def test_one_record_that_cannot_be_read_stops_no_other(
    standing_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = (trades.order_of(people.member(), OrderState.DELIVERED) for _ in range(2))
    standing_clock.move(timedelta(days=100))
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault_record SET sealed = sealed || '\\x00'::bytea WHERE record_id = %s",
            [broken.payer_record],
        )
    swept = destroying.sweep()
    assert (swept.destroyed, swept.failed) == (3, 1)
    with keeper():
        assert [held.kind for held in gate.holdings(whole.subject)] == [
            RecordKind.MEMBERSHIP,
            RecordKind.STATUTORY,
        ]
        with pytest.raises(Tampered):
            gate.open_items(
                broken.subject,
                [Item.NAME],
                kind=RecordKind.ORDER_PAYER,
                purpose=Purpose.RIGHTS,
                actor=Actor.member(broken.subject),
            )


def test_what_waits_is_known_by_who_left() -> None:
    member = people.member()
    order = trades.order_of(member, OrderState.PAID)
    with keeper():
        for _ in range(2):
            waiting.hold(order.recipient, [order.recipient_record], owner=member.subject, since=NOW)
        assert waiting.owners() == [member.subject]
        assert waiting.of(member.subject) == {(order.recipient, order.recipient_record)}
        ends.forget(order.recipient, [order.recipient_record])
        assert waiting.owners() == []


def test_every_kind_of_record_can_be_destroyed_by_the_clock() -> None:
    for kind in policy().retention:
        assert destroying.end_purpose(kind) in policy().purposes[kind]


def test_the_signing_key_is_private_and_stays_the_same() -> None:
    before = certificate.public_key()
    (key,) = keyring.directory().glob("certificate.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert certificate.public_key() == before


def test_a_certificate_of_another_mall_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "KEY", f"certificate-{uuid4().hex[:8]}")
    theirs = certificate.issue(
        certificate.new_number(),
        erased_at=NOW,
        unreadable_by=NOW,
        gone=[Gone(RecordKind.MEMBERSHIP, (Item.EMAIL,))],
        kept=[Kept(RecordKind.ORDER_PAYER, (Item.NAME,), "contract", None)],
    )
    their_key = certificate.public_key()
    monkeypatch.undo()
    assert not certificate.verify(theirs.text)
    assert certificate.verify(theirs.text, key=their_key)
