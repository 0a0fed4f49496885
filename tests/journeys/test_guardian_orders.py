"""A child wishes, the guardian orders, pays and receives; of the child nothing is in any of it."""

from uuid import uuid4

import pytest

from tests.cast import children, people
from tests.cast.children import KO, Family, family, secret
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import choose, given, rows, state_of
from yaksok.database.roles import keeper
from yaksok.journeys import child_wish, dispatch, guardian_order, guardian_portal, pay
from yaksok.journeys.check_out import Draft, Placed
from yaksok.kernel.errors import Invalid, NotFound, Throttled, Undeclared
from yaksok.kernel.ids import OrderId
from yaksok.mall.orders import finding
from yaksok.mall.wishes import book
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def wished(shelves: Shop, home: Family, sku: str = "TEA-G") -> str:
    """The pass of the guardian who opened the letter about the wish."""
    child_wish.wish(home.actor, [(shelves[sku], 1)], language=KO)
    return guardian_order.enter(secret(Template.GUARDIAN_WISH))


def filled(home: Family, draft: Draft, **other: str) -> dict[str, str]:
    who = home.guardian
    return {
        **draft.prefill,
        "payer_phone": who.phone,
        "recipient_postcode": who.postcode,
        "recipient_address": who.address,
        "guardian_attested": "on",
        "notice": draft.notice.hash,
        **other,
    }


def orders(home: Family, key: str, **other: str) -> Placed:
    draft = guardian_order.begin(key, language=KO)
    return guardian_order.place(key, draft.attempt, filled(home, draft, **other), language=KO)


def test_the_guardian_is_payer_and_recipient(shelves: Shop, payment_sandbox: Sandbox) -> None:
    home = family()
    key = wished(shelves, home)
    draft = guardian_order.begin(key, language=KO)
    assert draft.prefill["payer_name"] == home.guardian.name
    placed = guardian_order.place(key, draft.attempt, filled(home, draft), language=KO)
    ((payer, recipient),) = rows("SELECT subject_id, recipient_subject_id FROM orders_order")
    assert payer == recipient == home.asked.guardian
    assert placed.payment_url is not None
    with keeper():
        kinds = {one.kind for one in gate.holdings(home.child)}
        wish = book.of(home.child)
    assert kinds == {RecordKind.MEMBERSHIP, RecordKind.CHILDHOOD}
    assert wish is not None
    assert wish.order is not None


def test_of_the_child_nothing_goes_to_courier_or_payment(
    shelves: Shop, payment_sandbox: Sandbox, courier_sandbox: Sandbox
) -> None:
    home = family()
    key = wished(shelves, home)
    placed = orders(home, key)
    pay.returned(*given(choose(payment_sandbox, placed.payment_url, "approve")))
    assert state_of(placed.order_number) == "paid"
    with keeper():
        place = finding.by_number(placed.order_number)
    assert place is not None
    dispatch.dispatch([place[1]], people.clerk().actor)
    page = courier_sandbox.call("GET", "/")[1]
    assert home.guardian.name in page  # the search finds what is there
    stored = b"".join(
        path.read_bytes()
        for sandbox in (payment_sandbox, courier_sandbox)
        for path in sandbox.data.iterdir()
    )
    assert home.guardian.name.encode() in stored
    for mine in (home.login_id, str(home.child), home.child.hex, children.BORN):
        assert mine.encode() not in stored
    assert rows("SELECT count(*) FROM disclosure_handover WHERE subject_id = %s", [home.child]) == [
        (0,)
    ]
    seen = guardian_portal.view(home.opens(), KO)
    assert [one.order_number for one in seen.orders] == [placed.order_number]
    shown = guardian_portal.order(home.opens(), seen.orders[0].order_id)
    assert shown.recipient_masked[Item.NAME] == shown.payer_masked[Item.NAME]


def test_a_double_click_orders_once(shelves: Shop, payment_sandbox: Sandbox) -> None:
    home = family()
    key = wished(shelves, home)
    draft = guardian_order.begin(key, language=KO)
    posted = filled(home, draft)
    first, second = (
        guardian_order.place(key, draft.attempt, posted, language=KO) for _ in range(2)
    )
    assert first == second
    assert rows("SELECT count(*) FROM orders_order") == [(1,)]


def test_an_attempt_of_another_guardian_is_not_gone_on_with(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    mine, other = family(), family()
    key = wished(shelves, mine)
    draft = guardian_order.begin(key, language=KO)
    guardian_order.place(key, draft.attempt, filled(mine, draft), language=KO)
    theirs = wished(shelves, other)
    with pytest.raises(Invalid):
        guardian_order.place(
            theirs,
            draft.attempt,
            filled(other, guardian_order.begin(theirs, language=KO)),
            language=KO,
        )


def test_no_field_for_anybody_else_is_there(shelves: Shop) -> None:
    home = family()
    key = wished(shelves, home)
    names = {field.name for field in guardian_order.begin(key, language=KO).form.fields}
    assert "recipient_name" not in names
    assert "lookup_secret" not in names
    with pytest.raises(Undeclared):
        orders(home, key, recipient_name="어린이")
    with pytest.raises(Invalid):
        orders(home, key, guardian_attested="")


def test_a_wish_opens_once_and_is_nobody_elses_business(shelves: Shop) -> None:
    home, other = family(), family()
    wished(shelves, home)
    with pytest.raises(NotFound):
        guardian_order.enter(secret(Template.GUARDIAN_WISH))
    with pytest.raises(NotFound):  # another child wished nothing
        guardian_order.begin(other.opens(), language=KO)
    with pytest.raises(NotFound):
        guardian_portal.order(other.opens(), OrderId(uuid4()))


def test_only_a_child_wishes_and_not_without_end(shelves: Shop) -> None:
    home = family()
    with pytest.raises(GuardianNeeded):
        child_wish.wish(people.member().actor, [(shelves["TEA-G"], 1)], language=KO)
    with pytest.raises(Invalid):
        child_wish.wish(home.actor, [], language=KO)
    with pytest.raises(Invalid):
        child_wish.wish(home.actor, [(shelves["STOOL-O"], 1)], language=KO)
    for _ in range(3):
        child_wish.wish(home.actor, [(shelves["TEA-G"], 1)], language=KO)
    with pytest.raises(Throttled):
        child_wish.wish(home.actor, [(shelves["TEA-G"], 1)], language=KO)


def test_withdrawing_waits_for_no_parcel(shelves: Shop, payment_sandbox: Sandbox) -> None:
    home = family()
    placed = orders(home, wished(shelves, home))
    pay.returned(*given(choose(payment_sandbox, placed.payment_url, "approve")))
    guardian = home.asked.guardian
    guardian_portal.withdraw(home.opens(), language=KO)
    with keeper():
        assert gate.holdings(home.child) == ()
        left = {one.kind for one in gate.holdings(guardian)}
    assert left == {RecordKind.ORDER_PAYER, RecordKind.ORDER_RECIPIENT}
    assert state_of(placed.order_number) == "paid"
