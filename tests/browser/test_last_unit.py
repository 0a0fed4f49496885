"""The last piece on the shelf of the running mall: six shoppers at once, and one who comes too late."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from tests.cast.books import stocked
from tests.cast.clerk import Clerk
from tests.cast.running import RunningMall
from tests.cast.sandboxes import wait_until
from tests.cast.shopper import Shopper, hidden
from yaksok.database.address import address_of
from yaksok.database.layout import DataDirectory

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(600)]

ELSE = {"": "다른 상품을 골라 주세요", "/en": "choose something else"}
AWAY = {"": "상품 보러 가기", "/en": "See the goods"}


def set_stock(mall: RunningMall, variant: str, pieces: int) -> None:
    """Put ``pieces`` on the shelf, besides what is set aside."""
    change(
        mall,
        "UPDATE mall.catalogue_stock SET on_hand = reserved + %s WHERE variant_id = %s::uuid",
        [pieces, variant],
    )


def left(mall: RunningMall, variant: str) -> int:
    """Pieces that can still be bought: what other tests' unpaid orders set aside does not count."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        row = admin.execute(
            "SELECT on_hand - reserved FROM mall.catalogue_stock WHERE variant_id = %s::uuid",
            [variant],
        ).fetchone()
    assert row
    return int(row[0])


def change(mall: RunningMall, statement: str, values: list[object]) -> None:
    """Change a row behind the mall's back."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        admin.execute(statement.encode(), values)


def form_of(mall: RunningMall, shopper: Shopper, variant: str, prefix: str = "") -> dict[str, str]:
    """An order form for one piece, filled in, before anybody else came."""
    asked = {"variant": variant, "quantity": "1"}
    page = shopper.browser.get(f"{mall.origin}{prefix}/checkout", params=asked).text
    values = shopper.filled(page, hidden(page, "attempt"))
    assert values
    return values


def says_what_to_do(page: str, prefix: str) -> None:
    """The goods by name, what to do about them, and links that do it."""
    alert = page[page.index('role="alert"') :].partition("</div>")[0]
    assert ELSE[prefix] in alert
    assert AWAY[prefix] in page
    assert "data-submit" not in page, "what cannot be ordered has no button"


def test_six_checkouts_for_the_last_piece(open_mall: RunningMall) -> None:
    (variant,) = stocked(open_mall, 1)
    set_stock(open_mall, variant, 1)
    shoppers = [Shopper(open_mall.origin, f"last{number}") for number in range(6)]
    prefixes = ["", "/en"] * 3
    forms = [
        form_of(open_mall, shopper, variant, prefix)
        for shopper, prefix in zip(shoppers, prefixes, strict=True)
    ]

    def press(number: int) -> httpx.Response:
        address = f"{open_mall.origin}{prefixes[number]}/checkout/place"
        return shoppers[number].browser.post(address, data=forms[number], timeout=30)

    with ThreadPoolExecutor(6) as hands:
        answers = list(hands.map(press, range(6)))
    assert sorted(answer.status_code for answer in answers) == [302, *[422] * 5]
    for answer, prefix in zip(answers, prefixes, strict=True):
        if answer.status_code != 302:
            says_what_to_do(answer.text, prefix)
    first = next(number for number, one in enumerate(answers) if one.status_code == 302)
    assert shoppers[first].pay(answers[first].headers["location"], variant)
    assert left(open_mall, variant) == 0
    for shopper in shoppers:
        shopper.browser.close()


def test_goods_gone_between_the_form_and_the_button(open_mall: RunningMall) -> None:
    (variant,) = stocked(open_mall, 1)
    shopper = Shopper(open_mall.origin, "too.late")
    for prefix in ("", "/en"):
        set_stock(open_mall, variant, 1)
        values = form_of(open_mall, shopper, variant, prefix)
        set_stock(open_mall, variant, 0)
        answer = shopper.browser.post(f"{open_mall.origin}{prefix}/checkout/place", data=values)
        assert answer.status_code == 422
        says_what_to_do(answer.text, prefix)
        assert "서울 종로구 세종대로 175, 101호" in answer.text, "what was typed stays"
    set_stock(open_mall, variant, 50)
    shopper.browser.close()


def test_an_approval_after_the_order_timed_out(open_mall: RunningMall) -> None:
    there, gone = stocked(open_mall, 2)
    shopper = Shopper(open_mall.origin, "slow.payer")
    windows, numbers = {}, {}
    for variant in (there, gone):
        placed = shopper.browser.post(
            f"{open_mall.origin}/checkout/place", data=form_of(open_mall, shopper, variant)
        )
        windows[variant] = placed.headers["location"]
        numbers[variant] = newest(open_mall)
    change(
        open_mall,
        "UPDATE mall.orders_order SET expires_at = now() - %s WHERE number = ANY(%s)",
        [timedelta(minutes=1), list(numbers.values())],
    )
    expired = {"expired"}
    wait_until(lambda: {state_of(open_mall, one) for one in numbers.values()} == expired, 90)
    for variant, pieces, said, state in (
        (there, 5, "order-number", "paid"),
        (gone, 0, "돈은 받지 않았거나 바로 돌려 드려요", "refused"),
    ):
        set_stock(open_mall, variant, pieces)
        chosen = shopper.browser.post(windows[variant], data={"choice": "approve"})
        page = shopper.browser.get(chosen.headers["location"], follow_redirects=True).text
        assert said in page
        assert state_of(open_mall, numbers[variant]) == state
        assert left(open_mall, variant) == max(0, pieces - 1)
        set_stock(open_mall, variant, 50)
    shopper.browser.close()


def test_a_courier_that_is_down_gets_each_parcel_later_and_once(open_mall: RunningMall) -> None:
    (variant,) = stocked(open_mall, 1)
    clerk = Clerk(open_mall).log_in()
    while clerk.hand_over():
        pass
    shopper = Shopper(open_mall.origin, "patient")
    open_mall.tell("courier", "/sandbox/faults", {"down": True})
    try:
        bought = shopper.buy(variant)
        assert bought
        clerk.hand_over()
        page = clerk.browser.get(
            f"{open_mall.origin}/console?state=dispatching", headers=clerk.headers
        ).text
        assert bought.number in page
        assert parcels_of(open_mall, bought.number) == 0
    finally:
        open_mall.tell("courier", "/sandbox/faults", {"down": False})
    wait_until(lambda: state_of(open_mall, bought.number) == "shipped", 90)
    assert parcels_of(open_mall, bought.number) == 1
    shopper.browser.close()
    clerk.browser.close()


def newest(mall: RunningMall) -> str:
    """The number of the newest order."""
    return str(first(mall, "SELECT number FROM mall.orders_order ORDER BY placed_at DESC LIMIT 1"))


def state_of(mall: RunningMall, number: str) -> str:
    """Where an order stands."""
    return str(first(mall, "SELECT state FROM mall.orders_order WHERE number = %s", number))


def parcels_of(mall: RunningMall, number: str) -> int:
    """How many parcels the courier has of an order."""
    parcel = first(
        mall,
        "SELECT s.number FROM mall.shipping_parcel s JOIN mall.orders_order o"
        " ON o.subject_id = s.subject_id AND o.id = s.order_id WHERE o.number = %s",
        number,
    )
    return mall.ask("courier", "/sandbox/parcels").decode().count(f'{parcel}\\"')


def first(mall: RunningMall, query: str, *values: object) -> object:
    """The first value of the first row."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        row = admin.execute(query.encode(), values).fetchone()
    assert row
    return row[0]
