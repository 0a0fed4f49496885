"""``yaksok epoch``: what it says of a mall, and what it does to one."""

import json
from collections.abc import Iterator

import pytest

from tests.cast.running import RunningMall, end, new_mall

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def mall() -> Iterator[RunningMall]:
    """A mall that was opened once, with one clerk enrolled, and is closed now."""
    made = new_mall("--no-demo")
    try:
        made.start()
        made.run("staff", "add", "one_clerk", "--role", "clerk", "--reason", "counter", "--trained")
        made.stop()
        yield made
    finally:
        end(made)


def test_it_closes_when_asked_and_says_what_came_of_it(mall: RunningMall) -> None:
    before = json.loads(mall.run("epoch", "status", "--json"))
    assert (before["number"], before["last"], before["workers"]) == (1, None, [])
    assert before["unreadable_by"] >= before["since"]

    assert "--now closes it all the same" in mall.run("epoch", "close")
    receipt = json.loads(mall.run("epoch", "close", "--now", "--json"))
    assert (receipt["epoch"], receipt["survivors"]) == (1, before["records"])
    assert receipt["index_entries"] == before["entries"]
    assert receipt["evidence"]

    after = json.loads(mall.run("epoch", "status", "--json"))
    assert (after["number"], after["records"]) == (2, before["records"])
    assert after["last"]["at"] == receipt["at"]
    said = mall.run("epoch", "status")
    assert "epoch 2, since" in said
    assert "epoch 1 was destroyed" in said
