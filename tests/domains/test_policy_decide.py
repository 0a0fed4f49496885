"""The decision against a slow, obviously right oracle, and every refusal by its promise."""

import itertools
import timeit
from dataclasses import replace
from functools import cache

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.policies import (
    CHILD,
    GROWN_UP,
    NOT_KNOWN,
    PERSON,
    RECIPIENTS,
    SOMEBODY_ELSE,
    actors,
    changed,
    packaged_policy,
    policy_of,
    source,
    with_advertiser,
)
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Refused
from yaksok.policy.compile import Policy
from yaksok.policy.decide import Facts, Permit, Refusal, Request, decide
from yaksok.policy.document import parse
from yaksok.policy.vocabulary import Action, AgeClass, Item, Purpose, RecordKind

_BOOK = '[records.address_book]\nlabel = { ko = "주소록", en = "address book" }\n'
_BOOK += 'purposes = ["order", "delivery", "rights"]\nbasis = '
CONSENTED_KIND = changed(
    (f'{_BOOK}"contract"', f'{_BOOK}"consent"\nconsent = "address_book"'),
)


@cache
def policies() -> tuple[Policy, ...]:
    return packaged_policy(), with_advertiser(), policy_of(CONSENTED_KIND)


def oracle(policy: Policy, request: Request, facts: Facts) -> bool:  # noqa: C901, PLR0911, PLR0912 - every rule written out
    """Whether the document, read anew line by line, lets ``request`` through."""
    tables = policy.document.body
    record = tables.records.get(request.kind)
    if record is None:
        return False
    if not request.items and request.action is not Action.ERASE:
        return False
    actor = request.actor
    if actor.role in {Role.AUDITOR, Role.CLERK, Role.OFFICER} and not actor.trained:
        return False
    grants = [
        grant
        for grant in record.grants
        if actor.role in grant.roles
        and request.action in grant.actions
        and request.purpose in grant.purposes
        and request.recipient == grant.recipient
    ]
    if not grants:
        return False
    grant = grants[-1]
    if grant.own and (actor.subject is None or request.subject != actor.subject):
        return False
    for item in request.items:
        declared = record.items.get(item)
        if declared is None or declared.held.value == "verifier":
            return False
        if item not in grant.items and request.action is not Action.ERASE:
            return False
    if request.action is Action.SEAL and record.adults_only and facts.age is not AgeClass.ADULT:
        return False
    if request.action is Action.DISCLOSE:
        if request.recipient is None or facts.age is not AgeClass.ADULT:
            return False
        third = tables.recipients[request.recipient]
        for item in request.items:
            whole = Item.ADDRESS if item is Item.POSTCODE else item
            if whole not in third.items:
                return False
        if f"disclose:{request.recipient}" in facts.refusals:
            return False
        if third.without_consent is None:
            agreed = f"disclose:{request.recipient}" in facts.consents
            return agreed and "disclose" not in facts.refusals
        return True
    if record.consent and request.purpose is not Purpose.RIGHTS:
        return request.action is Action.ERASE or record.consent in facts.consents
    return True


words = st.sampled_from(["address_book", "disclose", "disclose:advertiser", "disclose:courier"])
facts_of_anybody = st.builds(
    Facts, st.sampled_from(AgeClass), st.frozensets(words), st.frozensets(words)
)
anybody = st.builds(
    Actor,
    role=st.sampled_from(Role),
    subject=st.sampled_from([None, PERSON, SOMEBODY_ELSE]),
    trained=st.booleans(),
)
any_request = st.builds(
    Request,
    action=st.sampled_from(Action),
    kind=st.sampled_from(RecordKind),
    items=st.frozensets(st.sampled_from(Item), max_size=5),
    purpose=st.sampled_from(Purpose),
    actor=anybody,
    subject=st.sampled_from([None, PERSON, SOMEBODY_ELSE]),
    recipient=st.sampled_from([*RECIPIENTS, "advertiser"]),
)


@st.composite
def near_a_grant(draw: st.DrawFn) -> tuple[Policy, Request]:
    """A request that the document grants, or one that differs from it in one respect."""
    policy = draw(st.sampled_from(policies()))
    role, action, kind, purpose, recipient = draw(st.sampled_from(sorted(policy.rules, key=str)))
    rule = policy.rules[role, action, kind, purpose, recipient]
    items = st.sampled_from(sorted(rule.items)) if rule.items else st.nothing()
    request = Request(
        action,
        kind,
        draw(st.frozensets(items)),
        purpose,
        replace(draw(anybody), role=role),
        draw(st.sampled_from([None, PERSON, SOMEBODY_ELSE])),
        recipient,
    )
    if draw(st.booleans()):
        other = draw(any_request)
        name = draw(st.sampled_from(["action", "kind", "items", "purpose", "actor", "recipient"]))
        request = msgspec.structs.replace(request, **{name: getattr(other, name)})
    return policy, request


@settings(max_examples=1500, deadline=None)
@given(near_a_grant(), facts_of_anybody)
def test_it_answers_as_the_oracle_near_what_is_granted(case, facts):
    policy, request = case
    assert isinstance(decide(policy, request, facts), Permit) is oracle(policy, request, facts)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from([0, 1, 2]), any_request, facts_of_anybody)
def test_it_answers_as_the_oracle_anywhere(which, request, facts):
    policy = policies()[which]
    answer = decide(policy, request, facts)
    assert isinstance(answer, Permit) is oracle(policy, request, facts)
    assert answer.promise.startswith("P")


def test_it_answers_as_the_oracle_to_every_single_question():
    policy = policies()[0]
    asked = 0
    for actor, action, kind, purpose, recipient, item in itertools.product(
        actors(), Action, RecordKind, Purpose, RECIPIENTS, [frozenset({i}) for i in Item]
    ):
        request = Request(action, kind, item, purpose, actor, PERSON, recipient)
        got = isinstance(decide(policy, request, GROWN_UP), Permit)
        assert got is oracle(policy, request, GROWN_UP), request
        asked += 1
    assert asked > 90_000


def ask(action, kind, items, purpose, actor, *, subject=PERSON, recipient=None, facts=GROWN_UP):
    request = Request(action, kind, frozenset(items), purpose, actor, subject, recipient)
    return decide(packaged_policy(), request, facts)


MEMBER = Actor.member(PERSON)
CLERK = Actor(Role.CLERK, SOMEBODY_ELSE, trained=True)
COURIER = {Item.NAME, Item.ADDRESS, Item.POSTCODE, Item.PHONE}


@pytest.mark.parametrize(
    ("promise", "question"),
    [
        ("P1.6", (Action.OPEN, RecordKind.MEMBERSHIP, {Item.EMAIL}, Purpose.PAYMENT, MEMBER)),
        (
            "P1.6",
            (Action.OPEN, RecordKind.MEMBERSHIP, {Item.EMAIL}, Purpose.RIGHTS, Actor.visitor()),
        ),
        (
            "P1.6",
            (
                Action.OPEN,
                RecordKind.MEMBERSHIP,
                {Item.EMAIL, Item.LOGIN_ID},
                Purpose.ORDER,
                Actor.system("t"),
            ),
        ),
        ("P1.5", (Action.OPEN, RecordKind.MEMBERSHIP, set(), Purpose.RIGHTS, MEMBER)),
        ("P1.5", (Action.OPEN, RecordKind.MEMBERSHIP, {Item.EXTRA}, Purpose.RIGHTS, MEMBER)),
        ("P1.5", (Action.OPEN, RecordKind.MEMBERSHIP, {Item.PASSWORD}, Purpose.RIGHTS, MEMBER)),
        (
            "P2.14",
            (Action.OPEN, RecordKind.ORDER_EXTRA, {Item.EXTRA}, Purpose.MEMBER_SERVICE, MEMBER),
        ),
        ("P3.9", (Action.OPEN, RecordKind.STATUTORY, {Item.NAME}, Purpose.RIGHTS, MEMBER)),
        (
            "P3.9",
            (Action.OPEN, RecordKind.STATUTORY, {Item.NAME}, Purpose.STATUTORY_RECORD, CLERK),
        ),
        (
            "P5.3",
            (Action.OPEN, RecordKind.ORDER_PAYER, {Item.NAME}, Purpose.MEMBER_SERVICE, MEMBER),
        ),
        ("P5.4", (Action.OPEN, RecordKind.ORDER_RECIPIENT, {Item.NAME}, Purpose.PAYMENT, MEMBER)),
        (
            "P7.16",
            (
                Action.OPEN,
                RecordKind.ORDER_PAYER,
                {Item.NAME},
                Purpose.ORDER,
                Actor(Role.AUDITOR, PERSON, trained=True),
            ),
        ),
        ("P7.13", (Action.OPEN, RecordKind.MEMBERSHIP, {Item.EMAIL}, Purpose.ORDER, CLERK)),
        (
            "P7.13",
            (Action.OPEN, RecordKind.ORDER_RECIPIENT, {Item.PHONE}, Purpose.ORDER, CLERK),
        ),
        (
            "P7.13",
            (
                Action.OPEN,
                RecordKind.MEMBERSHIP,
                {Item.EMAIL},
                Purpose.ORDER,
                Actor(Role.STAFF, PERSON),
            ),
        ),
        (
            "P7.14",
            (
                Action.OPEN,
                RecordKind.ORDER_RECIPIENT,
                {Item.NAME},
                Purpose.ORDER,
                Actor(Role.CLERK, PERSON),
            ),
        ),
        (
            "P8.5",
            (
                Action.OPEN,
                RecordKind.MEMBERSHIP,
                {Item.EMAIL},
                Purpose.RIGHTS,
                Actor.member(SOMEBODY_ELSE),
            ),
        ),
    ],
)
def test_each_refusal_names_its_promise(promise, question):
    answer = ask(*question)
    assert isinstance(answer, Refusal)
    assert answer.promise == promise
    assert answer.advice


def test_a_subject_that_is_not_named_is_nobodys_own():
    answer = ask(
        Action.OPEN,
        RecordKind.MEMBERSHIP,
        {Item.EMAIL},
        Purpose.RIGHTS,
        Actor(Role.MEMBER, None),
        subject=None,
    )
    assert isinstance(answer, Refusal)
    assert answer.promise == "P8.5"


@pytest.mark.parametrize(
    ("promise", "items", "recipient"),
    [
        ("P4.1", COURIER, None),
        ("P4.1", COURIER, "stranger"),
        ("P4.1", COURIER, "payment_provider"),
        ("P4.12", {*COURIER, Item.EMAIL}, "courier"),
    ],
)
def test_a_handover_that_is_too_much_is_refused(promise, items, recipient):
    policy = policy_of(
        changed(
            (
                "[records.order_recipient.items.name]",
                EMAIL_OF_RECIPIENT + "[records.order_recipient.items.name]",
            )
        )
    )
    request = Request(
        Action.DISCLOSE,
        RecordKind.ORDER_RECIPIENT,
        frozenset(items),
        Purpose.DELIVERY,
        CLERK,
        PERSON,
        recipient,
    )
    answer = decide(policy, request, GROWN_UP)
    assert isinstance(answer, Refusal)
    assert answer.promise == promise


EMAIL_OF_RECIPIENT = """[records.order_recipient.items.email]
required = false
label = { ko = "이메일", en = "E-mail" }
reason = { ko = "시험", en = "test" }

"""


def test_only_disclosing_names_a_recipient():
    answer = ask(
        Action.OPEN,
        RecordKind.ORDER_RECIPIENT,
        {Item.NAME},
        Purpose.DELIVERY,
        CLERK,
        recipient="courier",
    )
    assert isinstance(answer, Refusal)
    assert answer.promise == "P4.1"


@pytest.mark.parametrize("facts", [CHILD, NOT_KNOWN])
def test_a_child_is_neither_taken_in_nor_passed_on(facts):
    sealed = ask(
        Action.SEAL,
        RecordKind.MEMBERSHIP,
        {Item.EMAIL},
        Purpose.MEMBER_SERVICE,
        Actor.system("t"),
        facts=facts,
    )
    handed = ask(
        Action.DISCLOSE,
        RecordKind.ORDER_RECIPIENT,
        COURIER,
        Purpose.DELIVERY,
        CLERK,
        recipient="courier",
        facts=facts,
    )
    assert isinstance(sealed, Refusal)
    assert isinstance(handed, Refusal)
    assert (sealed.promise, handed.promise) == ("P9.2", "P9.6")


def test_a_refusal_by_the_person_stops_the_courier():
    facts = Facts(AgeClass.ADULT, frozenset(), frozenset({"disclose:courier"}))
    answer = ask(
        Action.DISCLOSE,
        RecordKind.ORDER_RECIPIENT,
        COURIER,
        Purpose.DELIVERY,
        CLERK,
        recipient="courier",
        facts=facts,
    )
    assert isinstance(answer, Refusal)
    assert answer.promise == "P4.9"


@pytest.mark.parametrize(
    ("consents", "refusals", "answer", "promise"),
    [
        ({"disclose:advertiser"}, set(), Permit, "P4.3"),
        (set(), set(), Refusal, "P4.3"),
        ({"disclose:courier"}, set(), Refusal, "P4.3"),
        ({"disclose:advertiser"}, {"disclose"}, Refusal, "P4.9"),
        ({"disclose:advertiser"}, {"disclose:advertiser"}, Refusal, "P4.9"),
    ],
)
def test_a_named_company_needs_consent(consents, refusals, answer, promise):
    request = Request(
        Action.DISCLOSE,
        RecordKind.MEMBERSHIP,
        frozenset({Item.EMAIL}),
        Purpose.MEMBER_SERVICE,
        Actor.system("t"),
        PERSON,
        "advertiser",
    )
    facts = Facts(AgeClass.ADULT, frozenset(consents), frozenset(refusals))
    got = decide(with_advertiser(), request, facts)
    assert isinstance(got, answer)
    assert got.promise == promise


def test_a_record_by_consent_opens_only_while_it_stands():
    policy = policy_of(CONSENTED_KIND)
    request = Request(
        Action.OPEN,
        RecordKind.ADDRESS_BOOK,
        frozenset({Item.NAME}),
        Purpose.DELIVERY,
        MEMBER,
        PERSON,
    )
    agreed = Facts(AgeClass.ADULT, frozenset({"address_book"}), frozenset())
    assert isinstance(decide(policy, request, agreed), Permit)
    assert decide(policy, request, GROWN_UP).promise == "P1.9"
    own = msgspec.structs.replace(request, purpose=Purpose.RIGHTS)
    assert isinstance(decide(policy, own, GROWN_UP), Permit)


def test_a_record_that_is_not_declared_does_not_exist():
    start = source().index("[records.order_extra]")
    end = source().index("[records.staff_account]")
    text = source()[:start] + source()[end:]
    policy = policy_of(text.replace('  { record = "order_extra" },\n', ""))
    request = Request(
        Action.OPEN,
        RecordKind.ORDER_EXTRA,
        frozenset({Item.EXTRA}),
        Purpose.ORDER,
        MEMBER,
        PERSON,
    )
    assert decide(policy, request, GROWN_UP).promise == "P1.5"


def test_a_refusal_becomes_an_error_without_values():
    answer = ask(Action.OPEN, RecordKind.MEMBERSHIP, {Item.EMAIL}, Purpose.PAYMENT, MEMBER)
    assert isinstance(answer, Refusal)
    error = answer.as_error()
    assert isinstance(error, Refused)
    assert (error.promise, error.advice) == ("P1.6", answer.advice)


@pytest.mark.parametrize(
    ("actor", "action", "purpose", "promise"),
    [
        (MEMBER, Action.OPEN, Purpose.RIGHTS, "P8.1"),
        (MEMBER, Action.AMEND, Purpose.RIGHTS, "P8.2"),
        (MEMBER, Action.ERASE, Purpose.RIGHTS, "P8.3"),
        (Actor.guest(PERSON), Action.OPEN, Purpose.RIGHTS, "P5.6"),
        (Actor.system("t"), Action.OPEN, Purpose.PAYMENT, "P1.2"),
        (Actor.system("t"), Action.OPEN, Purpose.STATUTORY_RECORD, "P3.10"),
    ],
)
def test_each_permit_names_its_promise(actor, action, purpose, promise):
    answer = ask(action, RecordKind.ORDER_PAYER, {Item.NAME}, purpose, actor)
    assert answer == Permit(promise)


def test_erasing_needs_no_items():
    answer = ask(Action.ERASE, RecordKind.MEMBERSHIP, set(), Purpose.RIGHTS, MEMBER)
    assert answer == Permit("P8.3")


def test_the_document_under_test_is_the_packaged_one():
    assert parse(source()).body.records.keys() == set(RecordKind)


def test_a_decision_takes_microseconds():
    policy = packaged_policy()
    request = Request(
        Action.DISCLOSE,
        RecordKind.ORDER_RECIPIENT,
        frozenset(COURIER),
        Purpose.DELIVERY,
        CLERK,
        PERSON,
        "courier",
    )
    best = min(timeit.repeat(lambda: decide(policy, request, GROWN_UP), number=2000, repeat=5))
    print(f"one decision: {best / 2000 * 1e6:.2f} µs")
    assert best / 2000 < 50e-6  # a loose bound: the figure itself belongs to the benchmark
