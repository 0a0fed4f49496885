"""The world around the mall: people, their letters, the courier's van, and what time it is."""

import email.policy
import hashlib
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage

from dev.sandbox_mail.smtp import Mailbox
from dev.serving.faults import Faults
from tests.cast import people
from tests.cast.browsers import Browser
from tests.cast.people import Colleague, Person
from tests.cast.sandboxes import Ear, Sandbox, free_port
from tests.cast.shelves import Shop
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import SEOUL, FixedClock
from yaksok.kernel.ids import SubjectId


@dataclass
class Bought:
    """One order as whoever bought it remembers it."""

    number: str
    secret: str
    at: datetime
    parcel: str = ""
    delivered: bool = False
    over: bool = False


@dataclass
class Life:
    """One person: what they know, and what they did. Of a child, ``person`` is the guardian.

    ``allowed`` and ``refused`` are what they remember to have said last, each with its moment;
    ``answers`` keep the moments, so that an advertisement can be held against what stood when it left.
    """

    person: Person
    subject: SubjectId | None = None
    password: str = ""
    email: str = ""
    phone: str = ""
    of_age: date | None = None
    orders: list[Bought] = field(default_factory=list)
    allowed: dict[str, bool] = field(default_factory=dict)
    answers: list[tuple[datetime, str, bool]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    left: datetime | None = None
    login_id: str = ""
    waiting: str = ""
    born: str = ""
    number: str = ""
    browser: Browser | None = None

    @property
    def actor(self) -> Actor:
        """The person as a member."""
        assert self.subject is not None
        return Actor.member(self.subject)

    @property
    def member(self) -> bool:
        """Whether they have an account of their own now."""
        return self.subject is not None and self.left is None and not self.born

    @property
    def child(self) -> bool:
        """Whether they have an account by their guardian's word."""
        return self.subject is not None and self.left is None and bool(self.born)

    def said(self, at: datetime, name: str, *, yes: bool) -> None:
        """Remember an answer."""
        self.allowed[name] = yes
        self.answers.append((at, name, yes))

    def allows(self, name: str, at: datetime) -> bool:
        """What they had said about ``name`` by ``at``."""
        said = [yes for moment, told, yes in self.answers if told == name and moment <= at]
        return bool(said and said[-1])


@dataclass(frozen=True)
class Arrived:
    """One letter in somebody's mailbox."""

    to: str
    subject: str
    text: str
    headers: dict[str, str]
    at: datetime


class Postbox:
    """Every mailbox of the world, behind one real SMTP server."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock
        self.faults = Faults()
        self.letters: list[Arrived] = []
        self.port = free_port()
        self.server = Mailbox(self.port, self, self.faults)  # type: ignore[arg-type]  # keeps letters, as its own does
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def keep(self, _sender: str, recipients: list[str], raw: bytes) -> None:
        """Take a letter in."""
        letter = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
        body = letter.get_body(("plain", "html"))
        text = body.get_content() if body else ""
        headers = {name.lower(): str(value) for name, value in letter.items()}
        for to in recipients:
            self.letters.append(
                Arrived(to, str(letter["Subject"]), str(text), headers, self.clock())
            )

    def close(self) -> None:
        """Shut it."""
        self.server.shutdown()
        self.server.server_close()


class World:
    """Everything a day needs: the dice, the clock, the goods, the staff, the people."""

    def __init__(
        self,
        dice: random.Random,
        clock: FixedClock,
        shop: Shop,
        sandboxes: dict[str, Sandbox],
        ear: Ear,
    ) -> None:
        self.dice, self.clock, self.shop = dice, clock, shop
        self.sandboxes, self.ear = sandboxes, ear
        self.post = Postbox(clock)
        self.lives: list[Life] = []
        self.by_subject: dict[SubjectId, Life] = {}
        self.by_email: dict[str, Life] = {}
        self.by_phone: dict[str, Life] = {}
        self.by_browser: dict[str, Life] = {}
        self.calls: list[tuple[Life, datetime]] = []
        self.happened: Counter[str] = Counter()
        self.checked: Counter[str] = Counter()
        self.parcels: dict[str, Bought] = {}
        self.families: dict[str, Life] = {}
        self.tokens: set[str] = set()
        self.read = 0
        self.days = 0
        self.calm = 0
        self.staff: dict[str, Colleague] = {}
        self.course = hashlib.sha256()

    def note(self, *said: object) -> None:
        """Something happened now; two years that begin with one seed have one course."""
        self.course.update(repr((self.clock(), *said)).encode())

    def hire(self) -> None:
        """The people who work here, trained today."""
        self.staff = {
            "clerk": people.clerk(),
            "officer": people.officer(),
        }

    @property
    def now(self) -> datetime:
        """This moment, in Seoul."""
        return self.clock().astimezone(SEOUL)

    @property
    def today(self) -> date:
        """The day in Seoul."""
        return self.now.date()

    def move_to(self, at: datetime) -> None:
        """Let time pass, for the mall and for everybody it talks to."""
        self.clock.move_to(at)
        for sandbox in self.sandboxes.values():
            status, _, _ = sandbox.call("POST", "/sandbox/clock", {"at": self.clock().timestamp()})
            assert status == 200

    def born(self, life: Life) -> Life:
        """Somebody new in this world."""
        self.lives.append(life)
        self.known(life)
        return life

    def known(self, life: Life) -> None:
        """Note under what the world can find ``life``."""
        if life.subject is not None:
            self.by_subject[life.subject] = life
        for address in (life.email, life.person.email):
            if address:
                self.by_email[address] = life
        if life.phone:
            self.by_phone[life.phone] = life

    def called(self, number: str) -> None:
        """Somebody of the mall calls ``number`` now, with an advertisement."""
        self.calls.append((self.by_phone[number], self.clock()))

    def number_of(self, letter: Arrived) -> int:
        """Which of the lives a letter came to, in the order of their beginning."""
        return self.lives.index(self.by_email[letter.to]) if letter.to in self.by_email else -1

    def members(self) -> list[Life]:
        """Who has an account now and may do things alone."""
        return [life for life in self.lives if life.member]

    def children(self) -> list[Life]:
        """Who has an account by a guardian's word."""
        return [life for life in self.lives if life.child]

    def any_member(self) -> Life | None:
        """One of them."""
        found = self.members()
        return self.dice.choice(found) if found else None

    def day_breaks(self, day: date) -> None:
        """Early morning of ``day``."""
        self.move_to(datetime(day.year, day.month, day.day, 7, 0, tzinfo=SEOUL))

    def moments(self, many: int) -> list[timedelta]:
        """When on a day things happen: seconds after seven in the morning, in order."""
        return sorted(timedelta(seconds=self.dice.randrange(60, 16 * 3600)) for _ in range(many))

    def close(self) -> None:
        """Put it all away; the sandboxes go by the machine's time again, for whoever is next."""
        for sandbox in self.sandboxes.values():
            sandbox.call("POST", "/sandbox/clock", {"at": time.time()})
        self.post.close()
