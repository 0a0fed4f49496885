"""A clerk who works the console over plain HTTP: log in once, hand over whatever is paid."""

import contextlib
import re
import threading
import time
from dataclasses import dataclass, field

import httpx

from tests.cast.running import RunningMall
from tests.cast.shopper import TIMEOUT_SECONDS, hidden

PAUSE_SECONDS = 0.5


@dataclass
class Clerk:
    """The demo's clerk at one mall."""

    mall: RunningMall
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.browser = httpx.Client(timeout=TIMEOUT_SECONDS)

    def log_in(self) -> "Clerk":
        """Come in by the code of this moment."""
        said = self.mall.run("staff", "demo", "--data", str(self.mall.root))
        known = dict(re.findall(r"^(ID|password|code) +(\S+)", said, re.MULTILINE))
        answer = self.browser.post(
            f"{self.mall.origin}/console/log-in",
            data={
                "login_id": known["ID"],
                "password": known["password"],
                "totp": known["code"],
                "next": "",
            },
        )
        cookie = re.match(r"(__Host-yaksok=[^;]+);", answer.headers.get("set-cookie", ""))
        assert cookie, f"the console did not let the clerk in: {answer.status_code}"
        # The client would not send a Secure cookie over loopback HTTP; a browser does.
        self.headers = {"Cookie": cookie[1], "Origin": self.mall.origin}
        return self

    def hand_over(self) -> int:
        """Hand over every paid order of the first page; how many there were."""
        page = self.browser.get(f"{self.mall.origin}/console?state=paid", headers=self.headers)
        orders = re.findall(r'name="order" value="([0-9a-f-]{36})"', page.text)
        if page.is_success and orders:
            self.browser.post(
                f"{self.mall.origin}/console?state=paid",
                data={"csrf": hidden(page.text, "csrf"), "order": orders},
                headers=self.headers,
            )
        return len(orders)

    def work(self, stop: threading.Event) -> threading.Thread:
        """Hand over again and again, in a thread, whatever breaks, until ``stop``."""

        def keep_on() -> None:
            while not stop.is_set():
                with contextlib.suppress(httpx.TransportError):
                    self.hand_over()
                time.sleep(PAUSE_SECONDS)

        thread = threading.Thread(target=keep_on, name="clerk")
        thread.start()
        return thread
