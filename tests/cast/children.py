"""Children and their guardians, as tests need them: named, answered, joined."""

import re
from dataclasses import dataclass

from tests.cast.people import ADDRESS_KEY, Person, mark, person
from yaksok.database.roles import keeper
from yaksok.journeys import child_account, guardian_answer, guardian_asked, guardian_portal
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import SubjectId
from yaksok.policy.vocabulary import Language
from yaksok.privacy.guardians import asking, wards
from yaksok.privacy.guardians.asking import Asking
from yaksok.privacy.post import tokens
from yaksok.privacy.post.letters import Template
from yaksok.privacy.post.models import Letter

KO = Language.KOREAN
BORN = "2014-05"
"""A month of birth of somebody who is 11 at the cast's noon, and 14 in May 2028."""


@dataclass(frozen=True, slots=True)
class Family:
    """A child with an account, and the guardian who allowed it."""

    guardian: Person
    login_id: str
    password: str
    child: SubjectId

    @property
    def actor(self) -> Actor:
        """The child, logged in."""
        return Actor.member(self.child)

    @property
    def asked(self) -> Asking:
        """What stands of the guardian."""
        with keeper():
            ward = wards.of(self.child)
            assert ward is not None
            assert ward.guardian is not None
            found = asking.of(ward.guardian)
        assert found is not None
        return found

    def opens(self) -> str:
        """The pass of the guardian, who asked for a link and opened it."""
        guardian_portal.send_link(self.asked.number, address_key=mark())
        return guardian_portal.enter(secret(Template.GUARDIAN_PORTAL))


def names(who: Person, **other: str) -> dict[str, str]:
    """What a child posts about their guardian, who has an e-mail address."""
    return {"guardian_name": who.name, "guardian_email": who.email, **other}


def asks(who: Person, **other: str) -> guardian_asked.Waiting:
    """A child names ``who``."""
    return guardian_asked.ask(
        names(who, **other),
        notice=guardian_asked.begin(KO).notice.hash,
        language=KO,
        address_key=mark(),
    )


def letters(template: Template) -> list[Letter]:
    """The letters of one kind that wait, the newest last."""
    with keeper():
        return list(Letter.objects.filter(template=template).order_by("made_at", "id"))


def secret(template: Template) -> str:
    """What stands in the link of the newest letter of one kind."""
    letter = letters(template)[-1]
    proves = {
        Template.GUARDIAN_ASKED: tokens.GUARDIAN_ASKED,
        Template.GUARDIAN_PORTAL: tokens.GUARDIAN_PORTAL,
        Template.GUARDIAN_WISH: tokens.GUARDIAN_WISH,
    }[template]
    return tokens.token_of(SubjectId(letter.subject_id), letter.id, proves)


def answer(who: Person, token: str, **other: str) -> dict[str, str]:
    """What the guardian posts who agrees by the letter."""
    return {
        "agree": "yes",
        "method": "email_reply",
        "name": who.name,
        "code": tokens.code_of(token),
        "notice": guardian_answer.words(KO).hash,
        **other,
    }


def agrees(who: Person, token: str = "", **other: str) -> str:
    """The guardian agrees by the newest letter, or by that of ``token``."""
    token = token or secret(Template.GUARDIAN_ASKED)
    return guardian_answer.agree(
        token, answer(who, token, **other), language=KO, address_key=mark()
    )


def joins(key: str, *, born: str = BORN) -> tuple[str, str, SubjectId]:
    """The child makes the account: ID, password, and by which id the mall knows them."""
    login_id, password = mark(), f"long walk {mark()} home"
    child = child_account.finish(
        key,
        {"login_id": login_id, "password": password, "birth_month": born},
        notice=child_account.begin(key, KO).notice.hash,
        language=KO,
        address_key=ADDRESS_KEY,
    )
    return login_id, password, child


def family(*, born: str = BORN) -> Family:
    """A child whose guardian agreed by e-mail."""
    who = person()
    waiting = asks(who)
    agrees(who)
    login_id, password, child = joins(waiting.key, born=born)
    return Family(who, login_id, password, child)


def link_and_code(text: str) -> tuple[str, str]:
    """The secret of the link, and the code, as they stand in a letter's words."""
    token = re.search(r"token=([\w-]+)", text)
    code = re.search(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", text)
    assert token
    assert code
    return token[1], code[0]
