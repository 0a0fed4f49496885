"""What stops when a document drops a grant is known before it is published."""

import re

import pytest

from tests.cast.lender import lending
from tests.cast.policies import changed, policy_of, source
from yaksok.journeys import gate_calls
from yaksok.journeys.gate_calls import Ask, Stop, of_source, stopped
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind

CALL = re.compile(r"\bgate\.(seal|seal_all|open_items|open_many|show_masks|amend|sift|find)\(")


def named(stops: tuple[Stop, ...], *, sure: bool = True) -> set[str]:
    return {f"{one.ask.journey}.{act}" for one in stops if one.sure is sure for act in one.ask.acts}


def only(text: str) -> Ask:
    (ask,) = of_source("trial", text)
    return ask


def test_every_call_of_the_gate_is_found():
    for path in gate_calls._HERE.glob("*.py"):
        written = len(CALL.findall(path.read_text("utf-8")))
        found = [ask for ask in gate_calls.asks() if ask.journey == path.stem]
        assert len(found) >= written, path.stem


def test_nothing_stops_when_nothing_changes():
    assert stopped(policy_of(source()), policy_of(source())) == ()


def test_a_purpose_that_goes_stops_its_journeys_and_its_job():
    grant = re.search(r"^  \{ .*purposes = \[\"restock_notice\"\].*\n", source(), re.MULTILINE)
    assert grant
    gone = changed(('"rights", "restock_notice"]', '"rights"]'), (grant[0], ""))
    stops = stopped(policy_of(source()), policy_of(gone))
    assert named(stops) == {"restock.wait", "restock.tell", "restock.sold_out"}
    assert {job for one in stops for job in one.ask.jobs} == {"tell_what_is_back"}
    assert {one.lost for one in stops} == {((RecordKind.MEMBERSHIP, Purpose.RESTOCK_NOTICE),)}


def test_a_courier_without_its_grant_stops_sending():
    grant = re.search(r"^  \{ .*\"disclose\".*\n", source(), re.MULTILINE)
    assert grant
    stops = stopped(policy_of(source()), policy_of(changed((grant[0], ""))))
    assert named(stops) == {"dispatch.dispatch"}
    assert "dispatch.deliver_due" in named(stops, sure=False)


def test_a_provider_of_safe_numbers_without_its_grant_stops_lending():
    grant = re.search(r"^  \{ .*\"safe_number\" \},\n", lending(), re.MULTILINE)
    assert grant
    stops = stopped(policy_of(lending()), policy_of(lending().replace(grant[0], "")))
    assert named(stops) == {"safe_numbers.plan"}


def test_an_item_that_is_not_granted_any_more_stops_who_needs_it():
    was = 'purposes = ["member_service", "order"], items = ["email"] }'
    assert was in source()
    no_letters = changed((was, was.replace('"member_service", ', "")))
    stops = named(stopped(policy_of(source()), policy_of(no_letters)))
    assert {"tell.welcome", "tell.email_changed", "campaign_letters.tell"} <= stops
    assert "tell.order_paid" not in stops


@pytest.mark.parametrize(
    ("call", "kinds", "purposes", "items"),
    [
        (
            "gate.open_items(s, [Item.NAME], kind=RecordKind.STATUTORY, purpose=Purpose.ORDER)",
            {RecordKind.STATUTORY},
            {Purpose.ORDER},
            {Item.NAME},
        ),
        ("gate.open_items(s, WHAT, kind=KIND, purpose=WHY)", {RecordKind.ADDRESS_BOOK}, {Purpose.DELIVERY}, {Item.EMAIL, Item.PHONE}),
        ("gate.open_items(s, it, kind=kind, purpose=Purpose.ORDER)", None, {Purpose.ORDER}, None),
        ("gate.open_items(s, it, kind=each, purpose=why)", {RecordKind.ADDRESS_BOOK, RecordKind.STATUTORY}, {Purpose.ORDER, Purpose.RIGHTS}, None),
    ],
)  # fmt: skip
def test_words_are_followed_to_where_they_are_written(call, kinds, purposes, items):
    ask = only(
        "KIND, WHY = RecordKind.ADDRESS_BOOK, Purpose.DELIVERY\n"
        "WHAT = frozenset({Item.EMAIL, Item.PHONE})\n"
        "def _hidden(kind, it):\n"
        "    why = Purpose.ORDER if it else Purpose.RIGHTS\n"
        "    for each in (KIND, RecordKind.STATUTORY):\n"
        f"        {call}\n"
        "def act():\n"
        "    _hidden(1, 2)\n"
        "def other():\n"
        "    pass\n"
    )
    assert ask.action is Action.OPEN
    assert ask.acts == ("act",)
    assert (ask.kinds, ask.purposes, ask.items) == (kinds, purposes, items)
