"""P3.6: without a receipt that the person was told, the gate seals nothing."""

import pytest

from tests.cast import people, trades
from yaksok.database.roles import keeper
from yaksok.journeys import sign_up
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, Refused
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent.ledger import Receipt
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db


def seals(subject: SubjectId, receipt: Receipt | None) -> None:
    gate.seal(
        subject,
        RecordKind.ORDER_RECIPIENT,
        {Item.NAME: people.person().name},
        purpose=Purpose.ORDER,
        actor=Actor.system("check_out"),
        receipt=receipt,
    )


def test_no_receipt_no_record() -> None:
    subject, other = new_subject_id(), new_subject_id()
    with keeper():
        own, theirs = trades.told(subject), trades.told(other)
    for receipt in (None, theirs):
        with pytest.raises(Refused) as refused, keeper():
            seals(subject, receipt)
        assert refused.value.promise == "P3.6"
        with keeper():
            assert gate.holdings(subject) == ()
    with keeper():
        seals(subject, own)
        assert len(gate.holdings(subject)) == 1


def test_only_the_notice_that_is_in_force_counts_at_sign_up() -> None:
    shown = sign_up.begin(Language.KOREAN).notice.hash
    english = sign_up.begin(Language.ENGLISH).notice.hash
    who = people.person()
    for hash_ in ("", "0" * 64, english):
        with pytest.raises(Invalid):
            sign_up.sign_up(people.joining(who), notice=hash_, language=Language.KOREAN)
    subject = sign_up.sign_up(people.joining(who), notice=shown, language=Language.KOREAN)
    with keeper():
        assert len(gate.holdings(subject)) == 1
