"""What is measured is the real work: the bench opens what it sealed, and says whom it cannot measure."""

import pytest

from benchmarks import bare_acts, gate_acts
from benchmarks.peers import Missing, peers
from benchmarks.timing import in_turn
from yaksok.database.roles import keeper
from yaksok.policy.vocabulary import Item
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_round_leaves_nobody_behind() -> None:
    took = gate_acts.a_round(3, gate_acts.members(3))
    assert set(took) == set(gate_acts.FLOORS)
    assert min(one.wall for one in took.values()) > 0
    with keeper():
        assert gate.count(gate_acts.KIND) == 0


def test_without_sql_the_acts_still_open_and_seal() -> None:
    gate_acts.members(1)
    with bare_acts.without_sql() as acts:
        assert set(acts) == set(gate_acts.FLOORS)
        opened = acts["open"]()
        assert isinstance(opened, dict)
        assert {item: value.reveal() for item, value in opened.items()} == gate_acts.ITEMS
        assert acts["find"]() is not None
        took = in_turn(acts | bare_acts.floors(), times=1, rounds=1)
    assert set(gate_acts.FLOORS) | set(gate_acts.FLOORS.values()) == set(took)


def test_a_peer_is_measured_or_it_is_said_why_not() -> None:
    found = list(peers([gate_acts.ITEMS[Item.NAME]]))
    assert found[0].name == "cryptography.Fernet"
    assert len(found) == 3
    for one in found:
        if isinstance(one, Missing):
            assert one.why.startswith("not measured: ")
        else:
            assert one.open() == [gate_acts.ITEMS[Item.NAME]]
