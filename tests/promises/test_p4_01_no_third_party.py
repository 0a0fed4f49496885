"""P4.1: data goes to no third party, the courier of an order apart."""

import ast
from pathlib import Path

import yaksok
from tests.cast.policies import packaged_policy, permitted
from yaksok.policy.vocabulary import Action

NETWORK = frozenset({"aiohttp", "anymail", "httpx", "requests", "smtplib", "urllib3"})
DOORS = frozenset(
    {
        "mall/payments/wire.py",
        "privacy/guardians/methods/wire.py",  # a random reference, nothing of a person
        "privacy/disclosure/wire.py",
        "privacy/post/wire.py",
        "privacy/post/wire_anymail.py",
        "privacy/post/wire_push.py",
        "privacy/post/wire_sms.py",
    }
)


def test_nobody_hands_anything_to_anybody_but_the_courier():
    handed = {
        request.recipient
        for request in permitted(packaged_policy())
        if request.action is Action.DISCLOSE
    }
    assert handed == {"courier"}


def test_a_recipient_makes_no_other_act_possible():
    assert all(
        request.recipient is None
        for request in permitted(packaged_policy())
        if request.action is not Action.DISCLOSE
    )


def test_only_the_doors_can_reach_the_network():
    house = Path(yaksok.__file__).parent
    outside = {
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        if NETWORK & imported(path)
    }
    assert outside <= DOORS


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names
