"""The decision against a slow, obviously right oracle; the figures are printed with ``-s``.

YAKSOK_FULL=1 .venv/bin/pytest -s tests/domains/test_policy_decide_oracle.py
"""

import importlib.util
import itertools
import json
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from types import ModuleType

import coverage
import pytest

from tests.cast import oracle
from tests.cast.dice import FULL, dice, seed
from tests.cast.policies import (
    EMAIL_OF_RECIPIENT,
    GROWN_UP,
    PERSON,
    RECIPIENTS,
    SOMEBODY_ELSE,
    actors,
    advertised,
    advertising,
    consented,
    published,
    source,
    versioned,
    wider,
)
from yaksok.kernel.actor import Actor, Role
from yaksok.policy import decide as decision
from yaksok.policy.compile import Key, Policy
from yaksok.policy.decide import Facts, Permit, Refusal, Request, decide
from yaksok.policy.entries import Body
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind

REQUESTS = 200_000 if FULL else 15_000
PEOPLE = [None, PERSON, SOMEBODY_ELSE]

Case = tuple[tuple[Body, ...], Policy]

_keys: dict[int, list[Key]] = {}


def keys_of(policy: Policy) -> list[Key]:
    """The rows of the table of one of the :func:`cases`, always in the same order."""
    if id(policy) not in _keys:
        _keys[id(policy)] = sorted(policy.rules, key=str)
    return _keys[id(policy)]


def with_another_company() -> str:
    """The document with the advertiser, whose name now means somebody else."""
    return versioned(advertised().replace("가나다광고", "라마바광고"), "2027-05-01")


@cache
def cases() -> tuple[Case, ...]:
    """What can be in force: a first document, or one that follows others."""
    back = versioned(source(), "2027-06-01")
    again = wider().replace("2027-03-01", "2027-09-01")
    free = versioned(source().replace('consent = "prefill"\n', ""), "2027-04-01")
    return (
        published(source()),
        published(without_answers()),
        published(advertised()),
        published(consented()),
        published(advertising()),
        published(source(), wider()),
        published(source(), wider(), back, again),
        published(advertised(), with_another_company()),
        published(consented(), free),
    )


def without_answers() -> str:
    """The document of a mall whose goods ask nothing, and whose recipients may leave an e-mail."""
    text, part = source(), '  { record = "order_extra" },\n'
    assert part in text
    start = text.index("[records.order_extra]")
    end = next(
        found.start()
        for found in re.finditer(r"^\[records\.(?!order_extra)", text, re.MULTILINE)
        if found.start() > start
    )
    email = EMAIL_OF_RECIPIENT + "[records.order_recipient.items.name]"
    text = (text[:start] + text[end:]).replace(part, "")
    return text.replace("[records.order_recipient.items.name]", email, 1)


def names_in(history: tuple[Body, ...], policy: Policy) -> list[str]:
    """Every name that a consent or a refusal may have, and one that means nothing."""
    body = history[-1]
    handed = {f"disclose:{name}" for name in body.recipients}
    known = policy.lineage.names() | body.consents.keys() | handed
    return sorted(known | {"disclose", BEYOND_SCOPE, "change:2001-01-01/purpose:order"})


def some(thrown: Random, names: list[str]) -> frozenset[str]:
    """None of ``names``, all of them, or any."""
    share = thrown.choice([0.0, 0.3, 0.7, 1.0])
    return frozenset(name for name in names if thrown.random() < share)


def any_facts(thrown: Random, names: list[str]) -> Facts:
    age = thrown.choice([AgeClass.ADULT, AgeClass.ADULT, AgeClass.CHILD, AgeClass.UNKNOWN])
    refusals = some(thrown, names) if thrown.random() < 0.4 else frozenset()
    guardian = thrown.choice([None, PERSON, SOMEBODY_ELSE])
    consents = some(thrown, names)
    lapsed = some(thrown, sorted(consents)) if thrown.random() < 0.3 else frozenset()
    return Facts(age, consents, refusals, thrown.random() < 0.15, guardian, lapsed)


def any_request(thrown: Random, policy: Policy) -> Request:
    """A request that the document grants, or one that differs from it in some respects."""
    role, action, kind, purpose, recipient = thrown.choice(keys_of(policy))
    mine = sorted(policy.rules[role, action, kind, purpose, recipient].items)
    items = set(thrown.sample(mine, thrown.randint(0, len(mine))))
    if thrown.random() < 0.2:
        items.add(thrown.choice(thrown.choice([list(Item), sorted(policy.items[kind])])))
    if thrown.random() < 0.3:
        match thrown.randrange(5):
            case 0:
                role = thrown.choice(list(Role))
            case 1:
                action = thrown.choice(list(Action))
            case 2:
                absent = [one for one in RecordKind if one not in policy.items]
                rare = bool(absent) and thrown.random() < 0.5
                kind = thrown.choice(absent if rare else list(RecordKind))
            case 3:
                purpose = thrown.choice(list(Purpose))
            case _:
                recipient = thrown.choice([*RECIPIENTS, "advertiser"])
    subject = thrown.choice(PEOPLE)
    asking = subject if thrown.random() < 0.7 else thrown.choice(PEOPLE)
    actor = Actor(role, asking, trained=thrown.random() < 0.8)
    named = sorted(policy.document.body.consents)
    also = frozenset(thrown.sample(named, 1)) if named and thrown.random() < 0.2 else frozenset()
    return Request(action, kind, frozenset(items), purpose, actor, subject, recipient, also)


@pytest.mark.timeout(600)
def test_it_answers_as_the_oracle() -> None:
    began = seed(20261124)
    thrown = dice(began)
    said: Counter[str] = Counter()
    for _ in range(REQUESTS):
        history, policy = thrown.choice(cases())
        request = any_request(thrown, policy)
        facts = any_facts(thrown, names_in(history, policy))
        answer = decide(policy, request, facts)
        right = oracle.permits(history, request, facts)
        assert isinstance(answer, Permit) is right, (began, len(history), request, facts, answer)
        said[f"{type(answer).__name__} {answer.promise}"] += 1
    yes = sum(count for name, count in said.items() if name.startswith("Permit"))
    print(f"{REQUESTS:,} random requests, begun with {began}: the oracle agrees; {yes:,} permitted")
    assert yes > REQUESTS / 10
    reasons = {name.split()[1] for name in said if name.startswith("Refusal")}
    assert reasons >= {"P1.5", "P1.6", "P1.9", "P1.10", "P2.12", "P4.1", "P4.3", "P4.8", "P4.9"}
    assert reasons >= {"P7.13", "P7.14", "P8.5", "P9.2", "P9.3", "P9.6", "P9.7"}


def test_it_answers_as_the_oracle_to_every_single_question() -> None:
    history, policy = cases()[0]
    asked = 0
    for actor, action, kind, purpose, recipient in itertools.product(
        actors(), Action, RecordKind, Purpose, RECIPIENTS
    ):
        for item in Item:
            request = Request(action, kind, frozenset({item}), purpose, actor, PERSON, recipient)
            got = isinstance(decide(policy, request, GROWN_UP), Permit)
            if got or asked % 7 == 0 or FULL:
                assert got is oracle.permits(history, request, GROWN_UP), request
            asked += 1
    print(f"{asked:,} questions about one item each")
    assert asked > 150_000


def measured() -> ModuleType:
    """The decision, imported anew and under another name, so that what runs in it can be seen."""
    spec = importlib.util.spec_from_file_location("decision_measured", decision.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.gettrace() is not None, reason="already measured from outside")
def test_every_branch_of_it_is_taken(tmp_path: Path) -> None:
    meter = coverage.Coverage(branch=True, include=[decision.__file__], data_file=None)
    thrown = dice(32)
    with meter.collect():
        module = measured()
        for _ in range(6_000):
            history, policy = thrown.choice(cases())
            request = any_request(thrown, policy)
            facts = any_facts(thrown, names_in(history, policy))
            answer = module.decide(policy, request, facts)
            if not isinstance(answer, Permit):
                answer.as_error()
    report = tmp_path / "coverage.json"
    meter.json_report(outfile=str(report))
    (found,) = json.loads(report.read_text("utf-8"))["files"].values()
    total = found["summary"]
    print(f"decide: {total['percent_covered']:.1f} % of lines and {total['num_branches']} branches")
    assert total["num_branches"] > 30
    assert (found["missing_lines"], found["missing_branches"]) == ([], [])


def test_it_is_pure_and_never_raises() -> None:
    thrown = dice(12)
    for _ in range(2_000):
        history, policy = thrown.choice(cases())
        request = any_request(thrown, policy)
        facts = any_facts(thrown, names_in(history, policy))
        answers = {decide(policy, request, facts) for _ in range(3)}
        assert len(answers) == 1
        (answer,) = answers
        assert isinstance(answer, Permit | Refusal)
        assert answer.promise.startswith("P")
