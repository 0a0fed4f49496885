"""Prove a person by their password, and change it."""

from yaksok.database.roles import keeper
from yaksok.guard import throttle
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials, sessions
from yaksok.mall.accounts.verifiers import is_outdated, matches, verifier_of
from yaksok.policy import fields
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.vault import gate

FAILURES = 5
WINDOW_SECONDS = 15 * 60
"""Five wrong passwords in a quarter of an hour, then the next must wait."""

SCOPE = "password:subject"

WRONG = Text(
    ko="비밀번호가 맞지 않아요. 다시 적어 주세요.", en="The password is not right. Type it again."
)
SAME = Text(
    ko="지금과 다른 비밀번호를 정해 주세요.", en="Choose a password that differs from the old one."
)
EMPTY = Text(ko="비밀번호를 적어 주세요.", en="Type the password.")


def is_right(subject: SubjectId | None, password: str) -> bool:
    """Whether ``password`` is that of ``subject``; see :func:`proven`."""
    return proven(subject, password) is not None


def proven(subject: SubjectId | None, password: str) -> str | None:
    """The verifier that ``password`` fits, if it is that of ``subject``.

    For nobody (None) it takes the same work. Counts nothing: the caller does. A verifier of older
    parameters is renewed on the way.
    """
    with keeper():
        verifier = credentials.of(subject)
    long = len(password) > fields.MAX_LENGTH[Item.PASSWORD]
    right = matches(verifier, "" if long else password)
    if not right or subject is None or verifier is None:
        return None
    if is_outdated(verifier):
        newer = verifier_of(password)
        with keeper():
            return newer if credentials.renew(subject, verifier, newer) else verifier
    return verifier


def must_prove(
    subject: SubjectId, password: str, *, language: Language, field: str = "password"
) -> None:
    """Nothing, when ``password`` is that of ``subject``.

    Raises:
        Invalid: it is not, or nothing was typed; the sentence stands under ``field``.
        Throttled: five wrong ones in 15 minutes.
    """
    if not password:
        raise Invalid({field: EMPTY.in_(language)})
    throttle.spend(SCOPE, subject.bytes, limit=FAILURES, seconds=WINDOW_SECONDS)
    if not is_right(subject, password):
        raise Invalid({field: WRONG.in_(language)})
    throttle.clear(SCOPE, subject.bytes)


def change(key: str, password: str, new_password: str, *, language: Language) -> None:
    """Change the password of whoever's session ``key`` is; all their other sessions end.

    Raises:
        Invalid: the old one is wrong (``password``), or the new one cannot be taken
            (``new_password``): 10 to 200 characters, and not the old one.
        Throttled: too many wrong ones.

    Records:
        Event.MEMBER_PASSWORD_CHANGED.
    """
    with keeper():
        facts = sessions.of(key)
    if facts is None:
        raise Invalid({"": WRONG.in_(language)})
    subject = facts.subject
    must_prove(subject, password, language=language)
    try:
        value = fields.clean(Item.PASSWORD, new_password)
        fields.check_new_secret(value, fields.PASSWORD_MIN)
    except fields.Unfit as unfit:
        raise Invalid({"new_password": unfit.text.in_(language)}) from None
    if is_right(subject, value):
        raise Invalid({"new_password": SAME.in_(language)})
    verifier = verifier_of(value)
    with keeper():
        if not credentials.lock(subject):  # they left a moment ago
            raise Invalid({"": WRONG.in_(language)})
        credentials.keep(subject, verifier)
        sessions.end_all(subject, but=key)
        log.record(
            Event.MEMBER_PASSWORD_CHANGED,
            actor=Actor.member(subject),
            trail=gate.trail_of(subject),
            purpose="member_service",
            promise="P2.9",
        )
