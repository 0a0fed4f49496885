"""What is newer than consent, through any number of versions; silence is never a yes (P1.9)."""

import datetime
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import oracle
from tests.cast.dice import FULL
from tests.cast.edits import EDITS, Edit, versions
from tests.cast.policies import (
    ADVERTISER_GRANT,
    CONSENTS,
    MEMBERS_ARE_FOR,
    PERSON,
    advertised,
    changed,
    consented,
    granting,
    published,
    source,
    versioned,
    wider,
)
from yaksok.kernel.actor import Actor, Role
from yaksok.policy.compile import Policy, compile_document
from yaksok.policy.decide import Facts, Permit, Request, decide
from yaksok.policy.document import Document, parse
from yaksok.policy.entries import Body
from yaksok.policy.facts import BEYOND_SCOPE
from yaksok.policy.lineage import (
    FOUNDING,
    NEVER_ASKED,
    Lineage,
    added,
    descend,
    from_json,
    to_json,
)
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind

LATER = "2027-03-01"
AT = datetime.datetime(2027, 6, 1, 3, tzinfo=datetime.UTC)


def later(*changes: tuple[str, str], more: str = "", day: str = LATER) -> str:
    """The packaged document, changed, as the version of ``day``."""
    return versioned(changed(*changes, more=more), day)


def asked(*texts: str) -> set[str]:
    """The points that the last of the published documents opens."""
    before, after = published(*texts[:-1])[1], published(*texts)[1]
    return {point.rpartition("/")[2] for point in added(before.lineage, after.lineage)}


def test_the_first_version_asks_nothing() -> None:
    _, policy = published(source())
    assert policy.lineage == FOUNDING
    assert not policy.lineage.names()


def opening(purpose: str, items: str) -> str:
    return (
        f'  {{ roles = ["system"], actions = ["open"], purposes = ["{purpose}"],'
        f" items = {items} }},\n"
    )


MORE_ITEMS = (
    'purposes = ["member_service", "order"], items = ["email"]',
    'purposes = ["member_service", "order"], items = ["email", "phone"]',
)
NAME_TABLE = "[records.membership.items.name]\n"
POSTCODE_TABLE = """[records.membership.items.postcode]
required = false
label = { ko = "우편번호", en = "Postcode" }
reason = { ko = "시험", en = "test" }

"""
ASKED_APART = ('asked_on = ["correct"]\nconsent = "prefill"\n', 'asked_on = ["correct"]\n')
PAYERS = 'adults_only = true\nend = { event = "delivered", period = "P3M"'
"""How the payer's record ends; the first of that kind."""

LONGER = (
    'adults_only = true\nend = { event = "delivered", period = "P3M"',
    'adults_only = true\nend = { event = "delivered", period = "P1Y"',
)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (wider(), {"purpose:complaint", "purpose:order", "recipient:advertiser"}),
        (
            later(
                (MEMBERS_ARE_FOR, MEMBERS_ARE_FOR.replace('"order"', '"order", "payment"')),
                granting("membership", opening("payment", '["email"]')),
            ),
            {"purpose:payment"},
        ),
        (later(MORE_ITEMS), {"purpose:order"}),
        (
            later(
                (NAME_TABLE, POSTCODE_TABLE + NAME_TABLE),
                (MORE_ITEMS[0], MORE_ITEMS[0].replace('["email"]', '["email", "postcode"]')),
            ),
            {"purpose:member_service", "purpose:order"},
        ),
        (later(granting("address_book", opening("order", '["name"]'))), {"purpose:order"}),
        (later(LONGER), {"period:order_payer"}),
        (
            later((LONGER[0], LONGER[0].replace("delivered", "membership_ended"))),
            {"period:order_payer"},
        ),
    ],
    ids=[
        "new purpose and company",
        "wider purpose",
        "more items",
        "new item",
        "what only the person could do",
        "longer",
        "another event",
    ],
)
def test_what_is_new_opens_a_point(text: str, points: set[str]) -> None:
    assert asked(source(), text) == points


def test_another_company_under_the_same_key_is_new() -> None:
    for before, after in (
        ("가나다광고 주식회사", "라마바광고 주식회사"),
        ("신상품 안내", "신상품과 행사 안내"),
        ("동의를 철회할 때까지", "다섯 해 동안"),
    ):
        assert before in advertised()
        text = versioned(advertised().replace(before, after), LATER)
        assert asked(advertised(), text) == {"recipient:advertiser"}, after


def test_the_same_company_in_another_country_is_new() -> None:
    abroad = advertised().replace("entrusted = false\n", 'entrusted = false\ncountry = "US"\n')
    assert asked(advertised(), versioned(abroad, LATER)) == {"recipient:advertiser"}


@pytest.mark.parametrize(
    ("was", "now", "longer"),
    [("P365D", "P1Y", True), ("P1M", "P31D", True), ("P1Y", "P12M", False), ("P1M", "P28D", False)],
)
def test_a_period_is_longer_if_it_ever_is(was: str, now: str, longer: bool) -> None:  # noqa: FBT001 - a column of the table above
    before, after = (
        changed((PAYERS, PAYERS.replace("P3M", was))),
        later((PAYERS, PAYERS.replace("P3M", now))),
    )
    assert asked(before, after) == ({"period:order_payer"} if longer else set())


def test_more_for_the_same_company_is_new() -> None:
    text = advertised().replace('items = ["email"]\nkeeps', 'items = ["email", "phone"]\nkeeps')
    text = text.replace(
        ADVERTISER_GRANT, ADVERTISER_GRANT.replace('["email"]', '["email", "phone"]')
    )
    (point,) = descend(FOUNDING, parse(advertised()).body, parse(text).body).points
    assert point == ("recipient:advertiser", RecordKind.MEMBERSHIP, Item.PHONE)


def test_what_needed_a_consent_and_needs_none_is_new() -> None:
    assert asked(source(), later(ASKED_APART)) == {"purpose:order", "purpose:member_service"}
    contract = consented().replace(
        'basis = "consent"\nconsent = "address_book"', 'basis = "contract"'
    )
    assert asked(consented(), versioned(contract, LATER)) == {"purpose:order", "purpose:delivery"}


PHONE = 'label = { ko = "주문하는 분 전화번호"'


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (source(), later()),
        (changed(MORE_ITEMS), later()),
        (source(), later((LONGER[0], LONGER[0].replace("P3M", "P1M")))),
        (source(), later(more=CONSENTS)),
        (source(), later((f"required = true\n{PHONE}", f"required = false\n{PHONE}"))),
        (advertised(), later()),
        (changed(granting("address_book", opening("order", '["name"]'))), later()),
        (changed(ASKED_APART), later()),
    ],
    ids=[
        "nothing",
        "fewer items",
        "shorter",
        "a consent that nothing needs",
        "optional",
        "a company less",
        "only the person again",
        "asked apart",
    ],
)
def test_what_is_narrower_asks_nobody(before: str, text: str) -> None:
    assert asked(before, text) == set()


def test_what_was_dropped_and_comes_back_is_new_again() -> None:
    back, again = later(day="2027-06-01"), wider().replace(LATER, "2027-09-01")
    _, policy = published(source(), wider(), back, again)
    assert {point.split("/")[0] for point in policy.lineage.names()} == {"change:2027-09-01"}
    assert asked(source(), wider(), back) == set()
    assert asked(source(), wider(), back, again) == asked(source(), wider())


def test_each_of_three_versions_keeps_its_own_points() -> None:
    third = wider().replace(LATER, "2027-09-01").replace(*MORE_ITEMS)
    _, policy = published(source(), wider(), third)
    days = {point.split("/")[0] for point in policy.lineage.names()}
    assert days == {"change:2027-03-01", "change:2027-09-01"}
    _, second = published(source(), wider())
    assert second.lineage.points.items() <= policy.lineage.points.items()


def test_a_lineage_can_be_written_down_and_read() -> None:
    longer = wider().replace(*LONGER)
    longest = longer.replace(LATER, "2027-09-01").replace('period = "P1Y"', 'period = "P2Y"')
    for texts in ((source(),), (source(), wider()), (source(), longer, longest)):
        _, policy = published(*texts)
        assert from_json(to_json(policy.lineage)) == policy.lineage
    assert len(policy.lineage.periods[RecordKind.ORDER_PAYER]) == 2


def test_who_has_not_agreed_keeps_the_end_they_were_told() -> None:
    longer = later(LONGER)
    longest = longer.replace(LATER, "2027-09-01").replace('period = "P1Y"', 'period = "P2Y"')
    _, policy = published(source(), longer, longest)
    first, second = (f"change:{day}/period:order_payer" for day in (LATER, "2027-09-01"))

    def due(*consents: str, refusals: frozenset[str] = frozenset()) -> datetime.datetime:
        facts = Facts(AgeClass.ADULT, frozenset(consents), refusals)
        return policy.due(RecordKind.ORDER_PAYER, AT, facts)

    assert due() == Period(months=3).after(AT)
    assert due(second) == Period(months=3).after(AT)
    assert due(first) == Period(years=1).after(AT)
    assert due(first, second) == Period(years=2).after(AT)
    assert due(first, second, refusals=frozenset({BEYOND_SCOPE})) == Period(months=3).after(AT)


def test_what_ends_sooner_ends_sooner_for_everybody() -> None:
    _, policy = published(source(), later((LONGER[0], LONGER[0].replace("P3M", "P1M"))))
    nobody = Facts(AgeClass.ADULT, frozenset(), frozenset())
    assert policy.due(RecordKind.ORDER_PAYER, AT, nobody) == Period(months=1).after(AT)


# From here on nobody chose the documents.

edit: st.SearchStrategy[Edit] = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 10_000))
rounds = st.lists(st.lists(edit, min_size=1, max_size=5), min_size=1, max_size=3)
START = (
    changed(granting("membership", ADVERTISER_GRANT), more=CONSENTS)
    + advertised()[advertised().index("\n[recipients.advertiser]") :]
)
NAMED = ["prefill", "address_book", "disclose:advertiser", "disclose:courier"]

Touch = tuple[str, RecordKind, Purpose, Item, str | None]


def line_of(documents: list[Document]) -> Iterator[tuple[tuple[Body, ...], Policy]]:
    """Each version in turn, with those before it."""
    lineage: Lineage = FOUNDING
    history: tuple[Body, ...] = ()
    for document in documents:
        if history:
            lineage = descend(lineage, history[-1], document.body)
        history = (*history, document.body)
        yield history, compile_document(document, from_json(to_json(lineage)))


def asking(key: tuple[Role, Action, RecordKind, Purpose, str | None], item: Item) -> Request:
    role, action, kind, purpose, recipient = key
    actor = Actor(role, PERSON, trained=True)
    return Request(action, kind, frozenset({item}), purpose, actor, PERSON, recipient)


def touched(policy: Policy, facts: Facts) -> set[Touch]:
    """What may be done with the data of the person of ``facts``, and whether by them or the mall.

    Which role of the mall does it, and by which act, is no new use: it serves the same purpose. What
    nobody is ever asked about, and the cases of P4.10, are not in it.
    """
    found: set[Touch] = set()
    for key, rule in policy.rules.items():
        _, action, kind, purpose, recipient = key
        if action is Action.ERASE or (recipient is None and purpose in NEVER_ASKED):
            continue
        if recipient is not None:
            if policy.document.body.recipients[recipient].without_consent is not None:
                continue
            purpose = Purpose.MEMBER_SERVICE  # what the recipient does with it is said elsewhere
        who = "person" if rule.own or rule.ward else "mall"
        for item in rule.items:
            if isinstance(decide(policy, asking(key, item), facts), Permit):
                found.add((who, kind, purpose, item, recipient))
    return found


def covered(found: set[Touch]) -> set[Touch]:
    """``found``, and what the person may do because the mall may."""
    return found | {("person", *rest) for _, *rest in found}  # type: ignore[misc]  # same shape


@pytest.mark.timeout(600)
@settings(max_examples=250 if FULL else 30, deadline=None)
@given(rounds, st.frozensets(st.sampled_from(NAMED)), st.data())
def test_nothing_new_touches_anybody_who_did_not_agree(
    changes: list[list[Edit]], consents: frozenset[str], data: st.DataObject
) -> None:
    """P1.9, whatever an operator publishes, and whatever the person agreed to before."""
    line = [policy for _, policy in line_of(versions(START, changes))]
    for before, after in itertools.pairwise(line):
        known = sorted(before.lineage.names())
        agreed = data.draw(st.frozensets(st.sampled_from(known))) if known else frozenset()
        facts = Facts(AgeClass.ADULT, consents | agreed, frozenset(), guardian=PERSON)
        assert touched(after, facts) <= covered(touched(before, facts))


@pytest.mark.timeout(600)
@settings(max_examples=250 if FULL else 30, deadline=None)
@given(rounds, st.data())
def test_lineage_says_what_leafing_through_every_version_says(
    changes: list[list[Edit]], data: st.DataObject
) -> None:
    *_, (history, policy) = line_of(versions(START, changes))
    names = sorted({*policy.lineage.names(), *NAMED})
    consents = data.draw(st.frozensets(st.sampled_from(names)))
    refusals = data.draw(st.frozensets(st.sampled_from([*names, BEYOND_SCOPE]), max_size=1))
    facts = Facts(AgeClass.ADULT, consents, refusals)
    for key, rule in policy.rules.items():
        for item in rule.items:
            request = asking(key, item)
            answer = decide(policy, request, facts)
            right = oracle.permits(history, request, facts)
            assert isinstance(answer, Permit) is right, (request, answer)


def test_the_edits_open_points_and_touch_people() -> None:
    """The two properties above are not about nothing."""
    opened = 0
    for number in range(40):
        names = sorted(EDITS)
        changes = [[(names[(number + n) % len(names)], 31 * number + n) for n in range(5)]]
        (_, first), (_, second) = line_of(versions(START, changes))
        opened += bool(added(first.lineage, second.lineage))
        facts = Facts(AgeClass.ADULT, second.lineage.names() | set(NAMED), frozenset())
        assert len(touched(second, facts)) > 20
    assert opened > 15
