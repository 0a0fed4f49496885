"""Members who agreed to notifications in a browser of the sandbox, and what its screen shows."""

from dataclasses import dataclass
from typing import Any

from tests.cast import people
from tests.cast.people import Member
from tests.cast.sandboxes import Sandbox
from tests.cast.subscribers import proves
from yaksok.journeys import ad_browsers, consents
from yaksok.policy.vocabulary import Item, Language

PUSH = "ads_push"


@dataclass(frozen=True)
class Browser:
    """A browser that subscribed at the sandbox, and what it says of itself."""

    sandbox: Sandbox
    id: str
    endpoint: str
    p256dh: str
    auth: str
    key: str

    def says(self, **other: str) -> str:
        """What its script hands to the mall."""
        said = {
            "endpoint": self.endpoint,
            "p256dh": self.p256dh,
            "auth": self.auth,
            "key": self.key,
        }
        return " ".join((said | other).values())

    def unsubscribes(self) -> None:
        """Its owner removed the notifications in the browser's own settings."""
        assert self.sandbox.call("DELETE", f"/sandbox/browsers/{self.id}")[0] == 200

    def goes(self, *, away: bool) -> None:
        """It leaves the net, or comes back."""
        assert self.sandbox.call("POST", f"/sandbox/browsers/{self.id}", {"away": away})[0] == 200

    def shows(self) -> list[dict[str, Any]]:
        """The notifications on its screen, the newest first."""
        found = self.sandbox.call("GET", "/sandbox/notifications")[1]
        return [one for one in found if one["browser"] == self.id]


def browser(sandbox: Sandbox, key: str = "") -> Browser:
    """A new browser that agreed to be written to by the mall, or by who has ``key``."""
    bound = key or ad_browsers.key()
    said = sandbox.call("POST", "/sandbox/browsers", {"key": bound})[1]
    return Browser(sandbox, key=bound, **said)


def notified(sandbox: Sandbox, member: Member | None = None) -> tuple[Member, Browser]:
    """A member who agreed to notifications in a browser of theirs."""
    who, here = member or proves(people.member()), browser(sandbox)
    given = {Item.PUSH_ENDPOINT: here.says()}
    consents.give(who.actor, PUSH, language=Language.KOREAN, given=given)
    return who, here
