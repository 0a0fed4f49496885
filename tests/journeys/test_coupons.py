"""Coupons: taken once, used once, given back by an order that comes to nothing, gone with the person."""

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.cast import people
from tests.cast.at_once import at_once
from tests.cast.policies import obeying, policy_of, without_table
from tests.cast.sandboxes import Sandbox
from tests.cast.shelves import Shop
from tests.cast.shoppers import (
    EN,
    KO,
    a_member,
    choose,
    given,
    order,
    reference_of,
    rows,
    state_of,
)
from yaksok.database.roles import keeper
from yaksok.journeys import (
    check_out,
    coupon_desk,
    coupons,
    leave,
    my_orders,
    my_page,
    pay,
    settling,
    tell,
)
from yaksok.journeys.coupons import SAID
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Busy, Invalid, NotFound, Refused, Throttled
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.payments import wire
from yaksok.mall.promotions.book import Taking
from yaksok.mall.promotions.worth import Worth

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

OFFICER = Actor(Role.OFFICER, new_subject_id(), trained=True)
TEA, CUP = "TEA-G", "CUP-W-S"


def makes(code: str = "SPRING", **other: str) -> UUID:
    """A coupon of 3,000 won for goods from 20,000 won, from today for a month."""
    today = clock.now().astimezone(clock.SEOUL).date()
    form = {
        "code": code,
        "name_ko": "봄맞이 쿠폰",
        "name_en": "Spring coupon",
        "worth": "amount",
        "amount": "3000",
        "percent": "",
        "cap": "",
        "least": "20000",
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=30)).isoformat(),
        "number": "100",
    }
    return coupon_desk.make(OFFICER, form | other, language=KO)


def takes(code: str = "SPRING", actor: Actor | None = None) -> Actor:
    actor = actor or a_member()
    coupons.take(actor, code, language=KO)
    return actor


def buys(
    shop: Shop, actor: Actor, coupon: UUID | str, sku: str = TEA, **more: str
) -> check_out.Placed:
    return order([(shop[sku], 1)], actor=actor, also={"coupon": str(coupon), **more})


def box(actor: Actor) -> tuple[int, int, int]:
    found = coupons.mine(actor, KO)
    return len(found.usable), len(found.used), len(found.expired)


def pays(sandbox: Sandbox, placed: check_out.Placed) -> None:
    assert pay.returned(*given(choose(sandbox, placed.payment_url, "approve"))).paid


def problem(error: pytest.ExceptionInfo[Invalid], name: str = "coupon") -> str:
    assert set(error.value.problems) == {name}
    return error.value.problems[name]


def test_it_takes_off_what_it_says_and_the_provider_is_asked_for_the_rest(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    coupon, actor = makes(), takes()
    placed = buys(shelves, actor, coupon)
    assert placed.total == 32_000 + 3_000 - 3_000
    found = rows("SELECT goods_total, shipping_fee, discount, total FROM orders_order")
    assert found == [(32_000, 3_000, 3_000, 32_000)]
    assert rows("SELECT amount FROM payments_payment") == [(32_000,)]
    pays(payment_sandbox, placed)
    (mine,) = my_orders.orders(actor)
    shown = my_orders.order(actor, mine.order_id)
    assert (shown.discount, shown.total) == (3_000, 32_000)
    assert box(actor) == (0, 1, 0)


def test_the_letter_names_what_was_taken_off(
    shelves: Shop, payment_sandbox: Sandbox, mail_sandbox: Sandbox
) -> None:
    coupon, actor = makes(), takes()
    pays(payment_sandbox, buys(shelves, actor, coupon))
    tell.send_due()
    newest = mail_sandbox.call("GET", "/sandbox/letters")[1][0]
    assert "32,000원 (쿠폰 할인 3,000원)" in newest["text"]


def test_a_percentage_has_a_cap_and_shipping_is_judged_before_it(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    coupon = makes("TENTH", worth="percent", amount="", percent="10", cap="5000", least="")
    actor = takes("TENTH")
    placed = buys(shelves, actor, coupon, "BOX-O", **{"extra_oak-box": "새벽"})
    assert placed.total == 60_000 - 5_000  # 55,000 won of goods, and still no fee
    other = takes("TENTH")
    assert buys(shelves, other, coupon).total == 32_000 + 3_000 - 3_200


@drawn(
    st.integers(0, 10**9),
    st.integers(1, 10**7),
    st.integers(1, 100),
    st.integers(1, 10**6),
)
def test_money_is_exact_and_never_below_nothing(
    goods: int, amount: int, percent: int, cap: int
) -> None:
    for worth in (Worth(amount), Worth(percent=percent, cap=cap)):
        off = worth.off(goods)
        assert isinstance(off, int)
        assert 0 <= off <= goods
    assert Worth(amount).off(goods) == min(amount, goods)
    part = Worth(percent=percent, cap=cap).off(goods)
    assert part == cap or part * 100 <= goods * percent < (part + 1) * 100


def test_two_forms_at_once_use_it_once(shelves: Shop, payment_sandbox: Sandbox) -> None:
    coupon, actor = makes(), takes()

    def buy() -> object:
        try:
            return buys(shelves, actor, coupon)
        except Invalid as refused:
            return refused.problems

    found = at_once([buy] * 3)
    won = [one for one in found if isinstance(one, check_out.Placed)]
    assert len(won) == 1
    assert [one for one in found if one not in won] == [{"coupon": coupons.USED.ko}] * 2
    assert rows("SELECT count(*), sum(discount) FROM orders_order") == [(1, 3_000)]


def test_two_members_at_once_and_one_coupon_left(shelves: Shop) -> None:
    makes(number="1")
    wanting = [a_member() for _ in range(4)]

    def wish(actor: Actor) -> str:
        try:
            coupons.take(actor, "SPRING", language=KO)
        except Invalid as refused:
            return refused.problems["code"]
        return "taken"

    said = at_once([partial(wish, one) for one in wanting])
    assert sorted(said) == sorted(["taken", *[SAID[Taking.NONE_LEFT].ko] * 3])
    assert rows("SELECT taken FROM promotions_coupon") == [(1,)]


def test_the_same_attempt_uses_it_once_and_may_change_its_mind(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    coupon, actor, attempt = makes(), takes(), uuid4()
    lines = [(shelves[TEA], 1)]
    first = order(lines, actor=actor, attempt=attempt, also={"coupon": str(coupon)})
    again = order(lines, actor=actor, attempt=attempt, also={"coupon": str(coupon)})
    assert first.order_number == again.order_number
    without = order(lines, actor=actor, attempt=attempt)
    assert (without.total, box(actor)) == (35_000, (1, 0, 0))
    assert state_of(first.order_number) == "cancelled"
    assert order(lines, actor=actor, attempt=attempt, also={"coupon": str(coupon)}).total == 32_000


def test_an_order_that_is_not_paid_in_time_gives_it_back(
    shelves: Shop, payment_sandbox: Sandbox, standing_clock: clock.FixedClock
) -> None:
    coupon, actor = makes(), takes()
    first = buys(shelves, actor, coupon)
    (choice,) = coupons.for_order(actor, 32_000, 3_000, KO).choices
    assert choice.why_not == coupons.WAITS.ko
    standing_clock.move(timedelta(minutes=16))
    assert pay.expire() == 1
    assert (state_of(first.order_number), box(actor)) == ("expired", (1, 0, 0))
    assert buys(shelves, actor, coupon).total == 32_000


def test_an_approval_that_comes_late_never_uses_it_a_second_time(
    shelves: Shop, payment_sandbox: Sandbox, standing_clock: clock.FixedClock
) -> None:
    coupon, actor = makes(), takes()
    late = buys(shelves, actor, coupon)
    back = choose(payment_sandbox, late.payment_url, "approve")
    standing_clock.move(timedelta(minutes=16))
    pay.expire()
    second = buys(shelves, actor, coupon)
    assert pay.returned(*given(back)).result is pay.Result.SOLD_OUT
    assert state_of(late.order_number) == "refused"
    assert rows("SELECT count(*) FROM promotions_held WHERE order_id IS NOT NULL") == [(1,)]
    pays(payment_sandbox, second)
    assert shelves.stock(TEA) == (99, 0)


def test_an_approval_that_comes_late_takes_it_again_when_it_is_free(
    shelves: Shop, payment_sandbox: Sandbox, standing_clock: clock.FixedClock
) -> None:
    coupon, actor = makes(), takes()
    late = buys(shelves, actor, coupon)
    back = choose(payment_sandbox, late.payment_url, "approve")
    standing_clock.move(timedelta(minutes=16))
    pay.expire()
    assert pay.returned(*given(back)).paid
    assert box(actor) == (0, 1, 0)
    with pytest.raises(Invalid) as used:
        buys(shelves, actor, coupon)
    assert problem(used) == coupons.USED.ko


def test_goods_that_are_gone_give_it_back(
    shelves: Shop, payment_sandbox: Sandbox, standing_clock: clock.FixedClock
) -> None:
    coupon, actor = makes(least=""), takes()
    late = buys(shelves, actor, coupon, "CUP-W-L")
    back = choose(payment_sandbox, late.payment_url, "approve")
    standing_clock.move(timedelta(minutes=16))
    pay.expire()
    order([(shelves["CUP-W-L"], 1)])
    assert pay.returned(*given(back)).result is pay.Result.SOLD_OUT
    assert box(actor) == (1, 0, 0)


def test_money_that_goes_back_gives_it_back(shelves: Shop, payment_sandbox: Sandbox) -> None:
    coupon, actor = makes(), takes()
    placed = buys(shelves, actor, coupon)
    pays(payment_sandbox, placed)
    assert box(actor) == (0, 1, 0)
    reference = UUID(reference_of(placed.order_number))
    ((key,),) = rows("SELECT payment_key FROM payments_payment")
    wire.cancel(reference, key, "test")
    settling.settle(reference, wire.of_reference(reference))
    assert box(actor) == (1, 0, 0)


def test_a_provider_that_is_away_leaves_the_order_with_its_coupon(shelves: Shop) -> None:
    coupon, actor = makes(), takes()
    with pytest.raises(Busy):
        buys(shelves, actor, coupon)
    assert rows("SELECT discount FROM orders_order") == [(3_000,)]
    assert box(actor) == (0, 1, 0)


@pytest.mark.parametrize(
    "strange",
    ["", "x", "0" * 36, "7e73d74f-24bc-450c-9e23-db0192b18cb6", "'; DROP TABLE x", "가" * 99],
)
def test_what_is_no_coupon_of_theirs_orders_nothing(
    shelves: Shop, payment_sandbox: Sandbox, strange: str
) -> None:
    coupon, actor, other = makes(), a_member(), takes()
    if not strange:
        with pytest.raises(Invalid) as refused:
            buys(shelves, actor, coupon)  # somebody else's
        assert problem(refused) == coupons.NOT_YOURS.ko
        assert box(other) == (1, 0, 0)
        with pytest.raises(Invalid):
            order([(shelves[TEA], 1)], also={"coupon": str(coupon)})  # a guest
    else:
        with pytest.raises(Invalid) as refused:
            buys(shelves, actor, strange)
        assert problem(refused) == coupons.NOT_YOURS.ko
    assert rows("SELECT count(*) FROM orders_order") == [(0,)]
    assert shelves.stock(TEA) == (100, 0)


def test_too_few_goods_and_nothing_to_pay_are_said(shelves: Shop, payment_sandbox: Sandbox) -> None:
    small, whole = makes(), makes("WHOLE", amount="100000", least="")
    actor = takes("WHOLE", takes())
    with pytest.raises(Invalid) as refused:
        buys(shelves, actor, small, CUP)
    assert "20,000원" in problem(refused)
    with pytest.raises(Invalid) as refused:
        order(
            [(shelves["BOX-O"], 1)], actor=actor, also={"coupon": str(whole), "extra_oak-box": "a"}
        )
    assert problem(refused) == coupons.NOTHING_LEFT.ko
    offer = coupons.for_order(actor, 18_000, 3_000, KO)
    assert [(one.id, bool(one.why_not)) for one in offer.choices] == [(whole, False), (small, True)]
    assert buys(shelves, actor, whole, CUP).total == 3_000
    assert coupons.for_order(Actor.visitor(), 18_000, 3_000, KO) == coupons.NO_OFFER


def test_the_database_knows_the_sum(shelves: Shop, payment_sandbox: Sandbox) -> None:
    coupon = makes()
    placed = buys(shelves, takes(), coupon)
    for change in (
        "total = total + 1",
        "discount = -1, total = total + 3001",
        "discount = 35000, total = 0",
    ):
        with pytest.raises(IntegrityError), keeper(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE orders_order SET {change} WHERE number = %s", [placed.order_number]
            )


def test_each_is_taken_once_and_only_in_its_time(
    shelves: Shop, standing_clock: clock.FixedClock
) -> None:
    today = clock.now().astimezone(clock.SEOUL).date()
    first = makes(ends_on=today.isoformat())
    makes("LATER", starts_on=(today + timedelta(days=1)).isoformat())
    actor = takes(" spr ing ")
    for code, why in (
        ("SPRING", Taking.ALREADY),
        ("LATER", Taking.NOT_YET),
        ("NOBODY", Taking.UNKNOWN),
    ):
        with pytest.raises(Invalid) as refused:
            takes(code, actor)
        assert problem(refused, "code") == SAID[why].ko
    coupon_desk.end(OFFICER, first)
    with pytest.raises(Invalid) as refused:
        takes()
    assert problem(refused, "code") == SAID[Taking.ENDED].ko
    assert box(actor) == (1, 0, 0)  # ending takes it from nobody
    standing_clock.move(timedelta(hours=12))  # midnight in Seoul
    assert box(actor) == (0, 0, 1)
    with pytest.raises(Invalid) as refused:
        buys(shelves, actor, first)
    assert problem(refused) == coupons.OVER.ko
    takes("LATER", actor)


def test_codes_are_not_to_be_guessed(shelves: Shop) -> None:
    actor = a_member()
    for n in range(coupons.TRIES):
        with pytest.raises(Invalid):
            takes(f"TRY{n}", actor)
    with pytest.raises(Throttled):
        takes("TRY", actor)
    for typed in ("", " ", "🎁", "가나다", "A" * 21, "A_B", "\x00"):
        with pytest.raises(Invalid) as refused:
            takes(typed, a_member())
        assert problem(refused, "code") == coupons.NO_CODE.ko


def test_only_who_orders_for_themself_takes_one(shelves: Shop) -> None:
    makes()
    child = a_member()
    with keeper(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_standing SET age = 'under14'")
    with pytest.raises(Invalid) as refused:
        takes("SPRING", child)
    assert problem(refused, "code") == coupons.OF_AGE.ko
    for actor in (Actor.visitor(), Actor.guest(new_subject_id()), Actor.member(new_subject_id())):
        with pytest.raises(NotFound):
            takes("SPRING", actor)


def test_a_policy_that_does_not_name_the_service_has_no_coupons(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    coupon, actor = makes(), takes()
    with obeying(policy_of(without_table("services.coupons"))):
        with pytest.raises(NotFound):
            coupons.mine(actor, KO)
        with pytest.raises(NotFound):
            takes("SPRING", a_member())
        with pytest.raises(Invalid):
            buys(shelves, actor, coupon)
        assert coupons.for_order(actor, 32_000, 3_000, KO) == coupons.NO_OFFER


def test_leaving_erases_the_box_and_the_plan_says_so(
    shelves: Shop, payment_sandbox: Sandbox
) -> None:
    coupon, member = makes(), people.member()
    takes("SPRING", member.actor)
    pays(payment_sandbox, buys(shelves, member.actor, coupon))
    plan = leave.plan(member.actor, language=KO)
    assert [one.goes_now for one in plan.rows if one.label == "받은 쿠폰"] == [True]
    held = my_page.view(member.actor, stepped_up=False, language=EN).rows
    assert ("promotions_held", "coupons that you took", 1) in [
        (one.table, one.label, one.rows) for one in held
    ]
    leave.confirm(member.actor, member.person.password, language=KO)
    assert rows("SELECT count(*) FROM promotions_held") == [(0,)]
    assert rows("SELECT taken FROM promotions_coupon") == [(1,)]
    assert rows("SELECT discount, total FROM orders_order") == [(3_000, 32_000)]


def test_an_order_goes_on_though_its_member_left_before_it_was_paid(
    shelves: Shop, payment_sandbox: Sandbox, standing_clock: clock.FixedClock
) -> None:
    coupon, member = makes(), people.member()
    takes("SPRING", member.actor)
    placed = buys(shelves, member.actor, coupon)
    back = choose(payment_sandbox, placed.payment_url, "approve")
    leave.confirm(member.actor, member.person.password, language=KO)
    assert pay.returned(*given(back)).paid


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""},
        {"code": "가나다"},
        {"code": "AB"},
        {"code": "A" * 21},
        {"name_ko": " "},
        {"name_en": "x" * 61},
        {"name_ko": "900101-1234567"},
        {"amount": "0"},
        {"amount": "-1"},
        {"amount": "1.5"},
        {"amount": "1e3"},
        {"amount": "9" * 12},
        {"amount": "٣٠٠٠"},
        {"worth": "percent", "percent": "0", "cap": "1"},
        {"worth": "percent", "percent": "101", "cap": "1"},
        {"worth": "percent", "percent": "10", "cap": ""},
        {"worth": "gold"},
        {"least": "-1"},
        {"number": "0"},
        {"number": "x"},
        {"starts_on": "2026-02-30"},
        {"starts_on": ""},
        {"ends_on": "2020-01-01"},
        {"ends_on": "9999-12-31"},
    ],
)
def test_a_coupon_that_makes_no_sense_is_not_made(wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        makes(**wrong)
    assert set(refused.value.problems) & (set(wrong) | {"cap"})
    assert rows("SELECT count(*) FROM promotions_coupon") == [(0,)]


def test_a_code_is_given_once_and_each_act_is_written_down() -> None:
    made = makes()
    with pytest.raises(Invalid) as refused:
        makes("spring")
    assert set(refused.value.problems) == {"code"}
    assert coupon_desk.end(OFFICER, made)
    assert not coupon_desk.end(OFFICER, made)
    assert not coupon_desk.end(OFFICER, uuid4())
    entries = rows(
        "SELECT event, actor_id, reason FROM audit_entry WHERE event LIKE 'promotions:%' ORDER BY id"
    )
    assert entries == [
        ("promotions:coupon:made", OFFICER.subject, str(made)),
        ("promotions:coupon:ended", OFFICER.subject, str(made)),
    ]


def test_staff_see_counts_and_small_ones_hidden(shelves: Shop, payment_sandbox: Sandbox) -> None:
    coupon = makes()
    pays(payment_sandbox, buys(shelves, takes(), coupon))
    for _ in range(10):
        takes()
    (listed,) = coupon_desk.every(OFFICER, KO)
    assert (listed.taken, listed.used) == (11, None)
    assert coupon_desk.every(Actor(Role.AUDITOR, new_subject_id()), KO)
    for role in (Role.CLERK, Role.MEMBER, Role.VISITOR, Role.STAFF):
        actor = Actor(role, new_subject_id(), trained=True)
        with pytest.raises(Refused):
            coupon_desk.every(actor, KO)
        with pytest.raises(Refused):
            coupon_desk.make(actor, {}, language=KO)
        with pytest.raises(Refused):
            coupon_desk.end(actor, coupon)
    with pytest.raises(Refused):
        coupon_desk.end(Actor(Role.AUDITOR, new_subject_id()), coupon)


def test_the_table_holds_nothing_that_says_who_somebody_is(shelves: Shop) -> None:
    makes()
    member = people.member()
    takes("SPRING", member.actor)
    for table in ("promotions_held", "promotions_coupon", "guard_tally"):
        text = str(rows(f"SELECT t::text FROM {table} t"))
        assert text != "[]"
        assert not [value for value in member.person.canaries() if value in text]
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        pytest.raises(Exception, match="permission"),
    ):
        cursor.execute("SELECT * FROM promotions_held")


def test_an_english_member_reads_english(shelves: Shop) -> None:
    makes("TENTH", worth="percent", amount="", percent="10", cap="5000")
    actor = takes("TENTH")
    (shown,) = coupons.mine(actor, EN).usable
    assert (shown.name, shown.worth, shown.terms) == (
        "Spring coupon",
        "10% (at most ₩5,000)",
        "for goods from ₩20,000",
    )
