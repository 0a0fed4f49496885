"""What the mall, the provider and the courier wrote down, and whether it fits together."""

import re
import sqlite3
from dataclasses import dataclass

import httpx

from tests.cast.clerk import Clerk
from tests.cast.running import RunningMall
from tests.cast.sandboxes import wait_until
from tests.cast.shopper import Shopper, variants_of
from yaksok.database.address import address_of
from yaksok.database.layout import DataDirectory

SETTLE_SECONDS = 180.0
BOUGHT = ("paid", "dispatching", "shipped", "delivered")
PIECES = 5_000
"""On the shelf of each product that is bought, so that the crowd does not empty it."""


@dataclass(frozen=True)
class Books:
    """What each side has written down."""

    orders: dict[str, str]
    """State by the reference that the provider knows."""
    provider: dict[str, str]
    parcels: set[str]
    sent: dict[str, str]
    """State of the order by its parcel."""
    numbers: dict[str, str]
    stock_wrong: list[tuple[object, ...]]


def stocked(mall: RunningMall, count: int) -> list[str]:
    """Variants that can be bought without an answer of their own, with plenty on the shelf."""
    home = httpx.get(f"{mall.origin}/").text
    found: list[str] = []
    for address in dict.fromkeys(re.findall(r'href="(/product/[^"]+)"', home)):
        page = httpx.get(mall.origin + address).text
        if "data-buy" in page and "하나를 더 여쭤봐요" not in page:
            found += variants_of(page)[:1]
        if len(found) == count:
            break
    assert len(found) == count
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        admin.execute(
            "UPDATE mall.catalogue_stock SET on_hand = %s WHERE variant_id = ANY(%s::uuid[])",
            [PIECES, found],
        )
    return found


def settle(mall: RunningMall, clerk: Clerk) -> None:
    """Wait until nothing is in between, then let the clerk hand over what is left."""

    def nothing_in_between() -> bool:
        try:
            while clerk.hand_over():
                pass
        except (httpx.TransportError, AssertionError):
            return False
        with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
            row = admin.execute(
                "SELECT count(*) FROM mall.orders_order"
                " WHERE state IN ('confirming', 'paid', 'dispatching')"
            ).fetchone()
        return row == (0,)

    wait_until(nothing_in_between, SETTLE_SECONDS)


def on_shelf(mall: RunningMall) -> dict[str, int]:
    """Pieces of each variant."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        rows = admin.execute("SELECT variant_id, on_hand FROM mall.catalogue_stock").fetchall()
    return {str(variant): int(pieces) for variant, pieces in rows}


def read_books(mall: RunningMall, before: dict[str, int]) -> Books:
    """The mall's tables, the provider's store and the courier's."""
    with address_of(DataDirectory(mall.root)).connect_as_admin("yaksok") as admin:
        orders = admin.execute(
            "SELECT replace(p.reference::text, '-', ''), o.state FROM mall.payments_payment p"
            " JOIN mall.orders_order o ON o.subject_id = p.subject_id AND o.id = p.order_id"
        ).fetchall()
        sent = admin.execute(
            "SELECT s.number, o.state FROM mall.shipping_parcel s"
            " JOIN mall.orders_order o ON o.subject_id = s.subject_id AND o.id = s.order_id"
        ).fetchall()
        numbers = admin.execute("SELECT number, state FROM mall.orders_order").fetchall()
        stock = admin.execute(
            "SELECT s.variant_id, s.on_hand, s.reserved,"
            " coalesce(sum(l.quantity) FILTER (WHERE o.state = ANY(%s)), 0),"
            " coalesce(sum(l.quantity) FILTER (WHERE o.state IN"
            " ('awaiting_payment', 'confirming')), 0)"
            " FROM mall.catalogue_stock s LEFT JOIN mall.orders_line l USING (variant_id)"
            " LEFT JOIN mall.orders_order o ON o.subject_id = l.subject_id AND o.id = l.order_id"
            " GROUP BY 1, 2, 3",
            [list(BOUGHT)],
        ).fetchall()
    wrong = [row for row in stock if row[1] != before[str(row[0])] - row[3] or row[2] != row[4]]
    provider = rows_of(mall, "payment", "SELECT order_id, status FROM payment")
    parcels = rows_of(mall, "courier", "SELECT parcel, state FROM parcel")
    return Books(
        dict(orders),
        dict(provider),
        {parcel for parcel, _ in parcels},
        dict(sent),
        dict(numbers),
        wrong,
    )


def rows_of(mall: RunningMall, sandbox: str, query: str) -> list[tuple[str, str]]:
    """Rows of a sandbox's own store."""
    (file,) = (mall.root / "sandbox" / sandbox).glob("*.db")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as store:
        return list(store.execute(query))


def check(books: Books, shoppers: list[Shopper]) -> None:
    """The three sentences of the proof."""
    charged = {reference for reference, status in books.provider.items() if status == "DONE"}
    bought = {reference for reference, state in books.orders.items() if state in BOUGHT}
    assert charged - bought == set(), "paid but lost"
    assert bought - charged == set(), "bought but not paid"
    assert books.parcels <= {p for p, state in books.sent.items() if state in BOUGHT}, (
        "unpaid, sent"
    )
    assert {
        p for p, state in books.sent.items() if state in ("shipped", "delivered")
    } <= books.parcels
    assert books.stock_wrong == []
    told = {one.number for shopper in shoppers for one in shopper.bought}
    assert all(books.numbers[number] in BOUGHT for number in told), "told, but not so"
    assert told, "somebody bought something"
