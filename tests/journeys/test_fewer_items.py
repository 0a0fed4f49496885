"""An item is taken out of the document, and with that out of everything; no code is touched.

What the mall cannot do without is told: the document is refused, and the error says what for.
"""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import people
from tests.cast.policies import policy_of, source, without_item
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import ANSWERS, GUEST, SECRET, choose, given, order, rows
from yaksok.journeys import correct, dispatch, leave, look_up, my_page, pay, sign_up, tell
from yaksok.journeys.dispatch import Outcome
from yaksok.journeys.explain import explain
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Undeclared
from yaksok.policy import in_force
from yaksok.policy.compile import Policy
from yaksok.policy.document import DocumentError, parse
from yaksok.policy.forms import form, read
from yaksok.policy.needed import NEEDED
from yaksok.policy.notice import notice
from yaksok.policy.text import page
from yaksok.policy.vocabulary import FormName, Item, Language, RecordKind

KO = Language.KOREAN
ADDRESS_KEY = "198.51.100.20"
EVERY = [
    (kind, item) for kind, record in parse(source()).body.records.items() for item in record.items
]
MISSED = [(kind, item) for kind, item in EVERY if item in NEEDED.get(kind, {})]
SPARED = [pair for pair in EVERY if pair not in MISSED]
ASKED = [
    (kind, item) for kind, item in SPARED if parse(source()).body.records[kind].items[item].asked_on
]


def without(kind: RecordKind, item: Item) -> str:
    """The packaged document, and nothing is said of one item any more."""
    return without_item(kind, item)


def named(pair: object) -> str:
    return str(pair)


@pytest.fixture
def obeyed() -> Iterator[None]:
    """The process obeys the packaged document again afterwards."""
    yield
    in_force.configure_from(None)


def obey_without(kind: RecordKind, item: Item) -> Policy:
    in_force.take(policy_of(without(kind, item)), 0)
    return in_force.policy()


def test_an_item_is_either_needed_or_can_go() -> None:
    assert len(SPARED) >= 15
    assert {(kind, item) for kind, items in NEEDED.items() for item in items} == set(MISSED)
    assert (RecordKind.ORDER_PAYER, Item.PHONE) in ASKED


@pytest.mark.parametrize(("kind", "item"), MISSED, ids=named)
def test_without_what_it_needs_a_document_is_refused(kind: RecordKind, item: Item) -> None:
    with pytest.raises(DocumentError) as refused:
        policy_of(without(kind, item))
    assert refused.value.key == f"records.{kind}.items"
    assert refused.value.fault == f"has no {item}"
    assert refused.value.cure == f"add [records.{kind}.items.{item}]: {NEEDED[kind][item]}"


@pytest.mark.parametrize(("kind", "item"), SPARED, ids=named)
def test_what_leaves_the_document_leaves_everything(kind: RecordKind, item: Item) -> None:
    policy = policy_of(without(kind, item))
    assert item not in policy.items[kind]
    assert all(item not in rule.items for key, rule in policy.rules.items() if key[2] is kind)
    label = parse(source()).body.records[kind].items[item].label
    for name in FormName:
        shown = form(policy, name)
        assert not [
            one
            for one in (*shown.fields, *shown.per_product)
            if (one.kind, one.item) == (kind, item)
        ]
        for language in Language:
            for row in notice(policy, name, language, asking=True).rows:
                assert row.kind is not kind or label.in_(language) not in row.items
    for language in Language:
        tables = [one for one in page(policy, language).records if one.kind is kind]
        assert label.in_(language) not in {row.name for one in tables for row in one.items}
    (record,) = (one for one in explain(policy).records if one.kind is kind)
    assert item not in {one.item for one in record.items}
    assert all(item not in copy.items for copy in policy.retention[kind].statutory)


@pytest.mark.parametrize(("kind", "item"), ASKED, ids=named)
def test_nobody_can_send_what_is_not_declared(kind: RecordKind, item: Item) -> None:
    before, policy = policy_of(source()), policy_of(without(kind, item))
    for name in FormName:
        known = {one.name for one in form(policy, name).fields}
        for one in form(before, name).fields:
            if (one.kind, one.item) == (kind, item) and one.name not in known:
                with pytest.raises(Undeclared):
                    read(form(policy, name), {one.name: "x"}, KO)


def known_to(policy: Policy, name: FormName) -> set[str]:
    shown = form(policy, name)
    return {one.name for one in shown.fields} | {one.name for one in shown.boxes}


def left_out(policy: Policy, name: FormName) -> dict[str, str | None]:
    """What the shopper of the cast would type and this form does not ask."""
    return dict.fromkeys(ANSWERS.keys() - known_to(policy, name))


def buys(
    shop: Shop, sandbox: Sandbox, policy: Policy, actor: Actor, **more: str
) -> tuple[str, UUID]:
    """A paid order: its number and its id."""
    name = FormName.CHECKOUT_GUEST if actor is GUEST else FormName.CHECKOUT_MEMBER
    placed = order([(shop["TEA-G"], 1)], actor=actor, also={**left_out(policy, name), **more})
    assert pay.returned(*given(choose(sandbox, placed.payment_url, "approve"))).paid
    ((key,),) = rows("SELECT id FROM orders_order WHERE number = %s", [placed.order_number])
    return placed.order_number, key


def joins(policy: Policy) -> people.Member:
    who = people.person()
    posted = {
        name: value
        for name, value in people.joining(who).items()
        if name in known_to(policy, FormName.SIGN_UP)
    }
    told = sign_up.begin(KO).notice.hash
    subject = sign_up.sign_up(posted, notice=told, language=KO, address_key=ADDRESS_KEY)
    return people.Member(who, subject)


def told_by_the_api(number: str) -> dict[str, str]:
    """The recipient's masks as the API has them; its schema has no field of an order form."""
    schema = Client().get("/api/v1/openapi.json").content.decode()
    assert not [name for name in ANSWERS if f'"{name}"' in schema]
    answer = Client().post(
        "/api/v1/orders/look-up",
        json.dumps({"number": number, "secret": SECRET}),
        content_type="application/json",
    )
    return dict(answer.json()["recipient"])


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.parametrize(("kind", "item"), ASKED, ids=named)
def test_the_mall_goes_on_without_it(
    kind: RecordKind,
    item: Item,
    shelves: Shop,
    payment_sandbox: Sandbox,
    courier_sandbox: Sandbox,
    obeyed: None,
) -> None:
    """A guest orders, pays, looks up; the clerk hands over; a member joins, buys, corrects, leaves."""
    policy = obey_without(kind, item)
    number, key = buys(shelves, payment_sandbox, policy, GUEST)
    (handed,) = dispatch.dispatch([key], people.clerk().actor)
    assert handed.outcome is Outcome.HANDED
    api = told_by_the_api(number)
    assert api.keys() <= {one.value for one in policy.items[RecordKind.ORDER_RECIPIENT]}
    assert api
    seen = look_up.look_up(number, SECRET, address_key=ADDRESS_KEY)
    masked = seen.payer_masked if kind is RecordKind.ORDER_PAYER else seen.recipient_masked
    assert seen.recipient_masked
    if kind in {RecordKind.ORDER_PAYER, RecordKind.ORDER_RECIPIENT}:
        assert item.value not in masked

    member = joins(policy).agrees("prefill")
    buys(shelves, payment_sandbox, policy, member.actor, save_address="on")
    my_page.view(member.actor, stepped_up=True, language=KO)
    corrected = {"email": "new@mail.example", "name": "새이름", "book_name": "다른이"}
    posted = {k: v for k, v in corrected.items() if k in known_to(policy, FormName.CORRECT)}
    assert correct.correct(member.actor, posted, stepped_up=True, language=KO).changed
    assert member.logs_in()
    tell.send_due()
    assert leave.plan(member.actor, language=KO).rows
    certificate = leave.confirm(member.actor, member.person.password, language=KO)
    assert leave.verify(certificate.text).ok
