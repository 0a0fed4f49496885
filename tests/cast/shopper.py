"""A person who buys over plain HTTP and does not give up: the form, the window, the way back."""

import html
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import uuid4

import httpx

PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.1
TIMEOUT_SECONDS = 15.0


class Unreachable(AssertionError):
    """The mall did not answer for longer than anybody would wait."""


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return html.unescape(found[1])


def variants_of(page: str) -> list[str]:
    """The ids of what a product page sells."""
    return re.findall(r'name="variant" value="([0-9a-f-]{36})"', page)


@dataclass
class Bought:
    """What a shopper was told."""

    number: str
    variant: str
    quantity: int


@dataclass
class Shopper:
    """One guest at one mall."""

    origin: str
    name: str
    quantity: int = 1
    bought: list[Bought] = field(default_factory=list)
    refused: int = 0
    waited: int = 0
    longest_wait: float = 0.0

    def __post_init__(self) -> None:
        self.browser = httpx.Client(timeout=TIMEOUT_SECONDS)

    def persist(self, act: Callable[[], httpx.Response]) -> httpx.Response:
        """Do ``act`` again while nobody answers or the mall asks to wait."""
        began = time.monotonic()
        while True:
            try:
                answer = act()
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
                self.longest_wait = max(self.longest_wait, time.monotonic() - began)
                return answer
            self.waited += 1
            if time.monotonic() - began > PATIENCE_SECONDS:
                status = answer.status_code if answer is not None else "no connection"
                msg = f"{self.name} waited {PATIENCE_SECONDS} s: {status}"
                raise Unreachable(msg)
            time.sleep(PAUSE_SECONDS)

    def buy(self, variant: str) -> Bought | None:
        """One order from the product page to the order number; None when it was sold out."""
        line = {"variant": variant, "quantity": str(self.quantity)}
        form = self.persist(lambda: self.browser.post(f"{self.origin}/checkout", data=line))
        attempt = hidden(form.text, "attempt") if 'name="attempt"' in form.text else str(uuid4())
        values = self.filled(form.text, attempt)
        if values is None:
            self.refused += 1
            return None
        placed = self.persist(
            lambda: self.browser.post(f"{self.origin}/checkout/place", data=values)
        )
        if placed.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            self.refused += 1
            return None
        assert placed.status_code == HTTPStatus.FOUND, (placed.status_code, placed.text[:2000])
        return self.pay(placed.headers["location"], variant)

    def filled(self, page: str, attempt: str) -> dict[str, str] | None:
        """The order form, filled in; None when the page offers none."""
        if 'name="payer_name"' not in page:
            return None
        boxes = re.findall(r'<input type="checkbox" id="f-[\w]+" name="(\w+)"', page)
        wanted = {name: "yes" for name in boxes if name != "same_as_payer"}
        return {
            "attempt": attempt,
            "lines": hidden(page, "lines"),
            "notice": hidden(page, "notice"),
            "payer_name": "김손님",
            "payer_phone": "010-2345-6789",
            "payer_email": f"{self.name}@mail.example",
            "recipient_name": "이받음",
            "recipient_phone": "010-3456-7890",
            "recipient_postcode": "03186",
            "recipient_address": "서울 종로구 세종대로 175, 101호",
            "lookup_secret": "a secret of the guest",
            **wanted,
        }

    def pay(self, window: str, variant: str) -> Bought | None:
        """Approve in the provider's window and come back; the same way again when it breaks."""
        for _ in range(20):
            self.persist(lambda: self.browser.get(window))
            chosen = self.persist(lambda: self.browser.post(window, data={"choice": "approve"}))
            back = chosen.headers.get("location")
            if back is None:
                found = re.search(r'href="(http://127[^"]*orderId=[^"]*)"', chosen.text)
                assert found, chosen.text[:1000]
                back = html.unescape(found[1])
            done = self.persist(lambda to=back: self.browser.get(to, follow_redirects=True))  # type: ignore[misc]  # bound now
            number = re.search(r'class="order-number">([0-9A-Z-]{17})<', done.text)
            if number:
                bought = Bought(number[1], variant, self.quantity)
                self.bought.append(bought)
                return bought
            if "data-wait" not in done.text:
                break
            time.sleep(PAUSE_SECONDS)
        self.refused += 1
        return None


def crowd(
    shoppers: list[Shopper], variants: list[str], stop: threading.Event
) -> list[threading.Thread]:
    """Each shopper buys again and again, in a thread of their own, until ``stop``."""

    def shop(shopper: Shopper, offset: int) -> None:
        turn = offset
        with shopper.browser:
            while not stop.is_set():
                shopper.buy(variants[turn % len(variants)])
                turn += 1

    threads = [
        threading.Thread(target=shop, args=(shopper, number), name=shopper.name)
        for number, shopper in enumerate(shoppers)
    ]
    for thread in threads:
        thread.start()
    return threads
