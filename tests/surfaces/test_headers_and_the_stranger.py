"""A stranger tries every address there is, and learns nothing of anybody."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import people
from tests.cast.trades import order_of
from tests.surfaces.visits import Visitor, addresses, browser_of
from yaksok.mall.orders.states import OrderState

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("shelves"),
]

ANYBODYS = frozenset(
    {
        "home", "category", "product", "search", "basket", "basket_lines", "checkout", "place",
        "pay_return", "pay_fail", "complete", "lookup", "policy", "terms", "sign_up", "under_14",
        "log_in", "log_out", "certificate", "verify_certificate", "health", "media",
        "callback_payment", "callback_courier", "goods", "goods_detail", "look_up", "promises",
        "openapi-json", "api-root", "front", "notices", "notice", "policy_children",
        "versions", "version", "version_page", "comparison", "comparison_page",
        "product_reviews",
        "rights", "rights_order", "rights_link", "rights_paper", "parcel",
        "coming_of_age",
        "guardian_wish",
        "guardian_open",
        "guardian_paper",
        "guardian_back",
        "guardian",
        "child_waiting",
        "child_guardian",
        "ask_lookup",
        "ask",
        "guest_refusals",
    }
)  # fmt: skip
"""Names of addresses that are there for everybody. A new one is private until it is named here."""


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the mall with its name: ``(path, name)``."""
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, here)
        elif isinstance(one, URLPattern):
            yield here, one.name or ""


def filled(path: str, order: str) -> str:
    """The path with something in every place; ``order`` where an order is named."""
    for part, value in {
        "<uuid:order_id>": order,
        "<uuid:coupon_id>": order,
        "<uuid:notice_id>": order,
        "<uuid:review_id>": order,
        "<uuid:variant_id>": order,
        "<uuid:draft_id>": order,
        "<int:number>": "1",
        "<slug:number>": "00000-00000",
        "<slug:slug>": "green-tea",
        "<slug:which>": "request",
        "<str:name>": "0" * 16 + ".webp",
        "<slug>": "green-tea",
    }.items():
        path = path.replace(part, value)
    return "/" + re.sub(r"<uuid:\w+>", order, path)


def all_addresses(order: str) -> list[tuple[str, str]]:
    """Every address, in Korean."""
    return [(filled(path, order), name) for path, name in patterns(get_resolver())]


def test_every_address_is_known():
    assert len(all_addresses(str(uuid4()))) > 30


def test_a_stranger_meets_a_door_or_nothing_at_every_private_address():
    one = people.member()
    order = order_of(one, OrderState.PAID)
    visitor, stranger = Visitor(), browser_of(people.stranger(), stepped_up=True)
    for path, name in all_addresses(str(order.id)):
        for who in (visitor, stranger):
            for answer in (who.get(path), who.send(path)):
                text = b"" if answer.streaming else answer.content
                for value in (*one.person.canaries(), one.person.phone, order.number):
                    assert value.encode() not in text, (path, name)
        if name not in ANYBODYS:
            door = visitor.get(path)
            assert door.status_code in {302, 404, 405}, (path, name, door.status_code)
            if door.status_code == 302:
                assert "/log-in" in door["Location"], (path, name)


def test_another_members_order_looks_like_none():
    order = order_of(people.member(), OrderState.PAID)
    stranger = browser_of(people.stranger())
    theirs = stranger.get(f"/my/orders/{order.id}")
    nobodys = stranger.get(f"/my/orders/{uuid4()}")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


def test_a_member_is_nobody_at_the_console_and_staff_are_nobody_in_the_centre():
    order = order_of(people.member(), OrderState.PAID)
    member, clerk = browser_of(people.member()), browser_of(people.clerk())
    for path, name in all_addresses(str(order.id)):
        if path.startswith("/console") and name not in {"log_in", "log_out"}:
            assert member.get(path).status_code in {302, 405}, path
        if path.startswith("/my"):
            assert clerk.get(path).status_code in {302, 405}, path


def test_no_page_names_another_origin():
    order = order_of(people.member(), OrderState.PAID)
    browsers = (Visitor(), browser_of(people.member(), stepped_up=True), browser_of(people.clerk()))
    for path, _name in all_addresses(str(order.id)):
        for browser in browsers:
            answer = browser.get(path)
            if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            for address in addresses(answer.content.decode()):
                assert re.match(r"[?]|/(?!/)", address), (
                    path,
                    address,
                )


def test_a_visitor_gets_no_cookie_anywhere():
    for path, name in all_addresses(str(uuid4())):
        visitor = Visitor()
        for answer in (visitor.get(path), visitor.send(path)):
            assert not answer.cookies, (path, name)


def test_every_page_carries_the_headers():
    for path, name in all_addresses(str(uuid4())):
        answer = Visitor().get(path)
        assert "default-src 'none'" in answer["Content-Security-Policy"], (path, name)
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_page_has_inline_script_or_style():
    browsers = (Visitor(), browser_of(people.member(), stepped_up=True), browser_of(people.clerk()))
    for path, _name in all_addresses(str(uuid4())):
        for browser in browsers:
            answer = browser.get(path)
            if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            page = answer.content.decode()
            assert "<style" not in page, path
            assert " style=" not in page, path
            assert " onclick=" not in page, path
            for tag in page.split("<script")[1:]:
                assert "src=" in tag.split(">")[0] or 'type="application' in tag.split(">")[0], path
