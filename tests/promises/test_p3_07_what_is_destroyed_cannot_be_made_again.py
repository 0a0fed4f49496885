"""P3.7: destruction cannot be undone, not even with every copy of the disk at hand."""

import pytest

from tests.domains.test_vault_closing import (
    copies,
    numbered_member,
    opens_with_any,
    surviving_keks,
)
from yaksok.database.roles import keeper
from yaksok.kernel.actor import Actor
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.vault import closing, gate
from yaksok.privacy.vault.opening import open_items

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_p3_07_every_key_found_opens_nothing_of_the_erased() -> None:
    with keeper():
        gone, stays = numbered_member(1), numbered_member(2)
    stolen = {record.place.subject: record for record in copies()}
    with keeper():
        gate.erase(gone, actor=Actor.member(gone), purpose=Purpose.RIGHTS, reason="left")
    assert opens_with_any(stolen[gone], surviving_keks()), "the attack works while the key exists"
    closing.close()
    keks = surviving_keks()
    assert keks, "the mall still has keys"
    assert not opens_with_any(stolen[gone], keks)
    with keeper():
        values = open_items(
            stays,
            [Item.EMAIL],
            kind=RecordKind.MEMBERSHIP,
            purpose=Purpose.RIGHTS,
            actor=Actor.member(stays),
        )
        assert values[Item.EMAIL].reveal() == "m2@mail.example"
