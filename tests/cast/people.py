"""The fixed cast. Every test that needs a person takes one of these; their values are canaries.

A factory returns what the person knows about themself, and the subject id by which the mall knows
them. Values are unique to each call, so that a search for them on the disk cannot find another's.
"""

import itertools
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

import pyotp

from yaksok.journeys import consents, log_in, sign_up, staff_door
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import SubjectId, new_subject_id
from yaksok.policy.vocabulary import Language

ADDRESS_KEY = "198.51.100.7"
_numbers = itertools.count(1)


def mark() -> str:
    """A marker that stands nowhere else: eight random letters."""
    return "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(8))


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody types into forms. Nothing of it is known to the mall yet."""

    name: str
    phone: str
    email: str
    postcode: str
    address: str
    login_id: str
    password: str

    def canaries(self) -> tuple[str, ...]:
        """The values that must be found nowhere in plain text."""
        return (self.name, self.email, self.address, self.login_id, self.password)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account."""

    person: Person
    subject: SubjectId

    @property
    def actor(self) -> Actor:
        """The member, acting."""
        return Actor.member(self.subject)

    def agrees(self, *names: str) -> "Member":
        """The member, who has given the consents ``names``."""
        for name in names:
            consents.give(self.actor, name, language=Language.KOREAN)
        return self

    def logs_in(self, *, stepped_up: bool = False) -> str:
        """A session's key."""
        who = self.person
        key = log_in.log_in(
            who.login_id, who.password, language=Language.KOREAN, address_key=ADDRESS_KEY
        ).key
        if stepped_up:
            log_in.step_up(key, who.password, language=Language.KOREAN)
        return key


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here."""

    account: staff_door.Enrolled
    actor: Actor = field(repr=False)

    @property
    def subject(self) -> SubjectId:
        """By which id the mall knows them."""
        return self.account.subject

    def code(self, *, steps: int = 0) -> str:
        """The one-time code of this moment, or of some steps of 30 seconds away."""
        at = clock.now() + timedelta(seconds=30 * steps)
        return pyotp.TOTP(self.account.secret).at(at)

    def logs_in(self) -> str:
        """A session's key."""
        account = self.account
        return staff_door.log_in(
            account.login_id,
            account.password,
            self.code(),
            language=Language.KOREAN,
            address_key=ADDRESS_KEY,
        ).key


def person() -> Person:
    """Somebody, 14 or older, whom the mall does not know."""
    one, number = mark(), next(_numbers)
    return Person(
        name=f"한{one}",
        phone=f"010-{2000 + number % 8000:04d}-{secrets.randbelow(9000) + 1000}",
        email=f"{one}@mail.example",
        postcode="03154",
        address=f"서울특별시 종로구 {one}로 12, 3층",
        login_id=one,
        password=f"long walk {one} home",
    )


def joining(who: Person, **other: str) -> dict[str, str]:
    """What ``who`` posts to the sign-up form, with both boxes ticked."""
    return {
        "login_id": who.login_id,
        "password": who.password,
        "email": who.email,
        "age_attested": "on",
        "terms": "on",
        **other,
    }


def signs_up(who: Person, **other: str) -> SubjectId:
    """``who`` becomes a member."""
    return sign_up.sign_up(
        joining(who, **other),
        notice=sign_up.begin(Language.KOREAN).notice.hash,
        language=Language.KOREAN,
        address_key=ADDRESS_KEY,
    )


def member() -> Member:
    """A member with nothing but a membership."""
    who = person()
    return Member(who, signs_up(who))


def stranger() -> Member:
    """Another member, who has no business with the first one's data."""
    return member()


def guest() -> tuple[Person, Actor]:
    """Somebody who buys without an account: the person, and the actor that a guest order makes."""
    return person(), Actor.guest(new_subject_id())


def recipient() -> Person:
    """Somebody to whom a parcel goes; knows of it only when it comes."""
    return person()


def child() -> Person:
    """A person of 13. Nothing of theirs may be taken without a guardian."""
    return person()


def guardian() -> Person:
    """Who decides for the child."""
    return person()


def clerk(*, trained: bool = True) -> Colleague:
    """Somebody who hands parcels to the courier."""
    return _colleague(Role.CLERK, trained=trained)


def newcomer() -> Colleague:
    """A clerk of the first day, not trained yet."""
    return clerk(trained=False)


def officer() -> Colleague:
    """The privacy officer."""
    return _colleague(Role.OFFICER, trained=True)


def auditor() -> Colleague:
    """A member of the audit committee."""
    return _colleague(Role.AUDITOR, trained=True)


def _colleague(role: Role, *, trained: bool) -> Colleague:
    account = staff_door.enrol(mark(), (role,), reason="cast", trained=trained)
    return Colleague(account, Actor(role, account.subject, trained=trained))


def everybody_but_the_person() -> tuple[Actor, ...]:
    """Whoever else may try a door: visitors, strangers, all of staff."""
    return (
        Actor.visitor(),
        stranger().actor,
        Actor.guest(new_subject_id()),
        clerk().actor,
        newcomer().actor,
        officer().actor,
        auditor().actor,
    )
