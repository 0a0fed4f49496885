"""A privacy officer who works the policy studio over plain HTTP."""

import re
import time
from dataclasses import dataclass, field

import httpx
import pyotp

from tests.cast.running import RunningMall
from tests.cast.shopper import TIMEOUT_SECONDS, hidden

STUDIO = "/console/policy"


@dataclass
class Officer:
    """One officer at one mall, with a browser of their own."""

    mall: RunningMall
    name: str
    headers: dict[str, str] = field(default_factory=dict)
    draft: str = ""

    def __post_init__(self) -> None:
        self.browser = httpx.Client(timeout=TIMEOUT_SECONDS)

    def log_in(self) -> "Officer":
        """Be enrolled with the officer's role and training, and come in."""
        said = self.mall.run(
            "staff", "add", self.name, "--role", "officer", "--reason", "test", "--trained"
        )
        password, secret = (
            found[1] if (found := re.search(pattern, said)) else ""
            for pattern in (r"password +(\S+)", r"secret=([A-Z2-7]+)")
        )
        self.codes = pyotp.TOTP(secret)
        answer = self.browser.post(
            f"{self.mall.origin}/console/log-in",
            data={
                "login_id": self.name,
                "password": password,
                "totp": self.codes.now(),
                "next": "",
            },
        )
        cookie = re.match(r"(__Host-yaksok=[^;]+);", answer.headers.get("set-cookie", ""))
        assert cookie, f"the console did not let the officer in: {answer.status_code}"
        self.headers = {"Cookie": cookie[1], "Origin": self.mall.origin}
        return self

    def page(self, path: str) -> str:
        """What a page of the console says."""
        return self.browser.get(self.mall.origin + path, headers=self.headers).text

    def send(self, path: str, token_from: str, **fields: str) -> httpx.Response:
        """A form of the page ``token_from``, sent to ``path``."""
        page = self.page(token_from)
        token = {"csrf": hidden(page, "csrf")}
        if 'name="revision"' in page:
            token["revision"] = hidden(page, "revision")
        return self.browser.post(
            self.mall.origin + path, data={**token, **fields}, headers=self.headers
        )

    def begin(self, table: str, text: str) -> str:
        """A draft in which the ``table`` reads ``text``."""
        answer = self.send(f"{STUDIO}/drafts", STUDIO, number="")
        self.draft = answer.headers["Location"]
        place = f"{self.draft}/tables/{table}"
        saved = self.send(place, place, act="text", text=text)
        assert saved.status_code == httpx.codes.FOUND, saved.text
        return self.draft

    def publish(self, day: str) -> httpx.Response:
        """Publish the draft, confirmed by the code of the step to come."""
        return self.send(
            f"{self.draft}/check",
            f"{self.draft}/check",
            act="publish",
            version=f"{day}-{self.name}",
            effective=day,
            changes_ko="한 가지를 바꿨습니다.",
            changes_en="One thing was changed.",
            totp=self.codes.at(time.time() + self.codes.interval),
        )
