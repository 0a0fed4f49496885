"""The notice board: everybody reads it, a clerk or the officer writes news, the officer corrects.

Notices of the policy, the terms and of sharing are posted by the journey that brings them about; here
they are read, and corrected by another notice.
"""

from dataclasses import dataclass
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, Refused
from yaksok.mall.board import cleaning, paragraphs, posting, reading
from yaksok.mall.board.kinds import NoticeKind
from yaksok.mall.board.paragraphs import Part
from yaksok.mall.board.reading import Line, Notice, Page, Shown
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event

WRITERS = frozenset({Role.CLERK, Role.OFFICER})
CORRECTORS = frozenset({Role.OFFICER})
STAFF = WRITERS | {Role.AUDITOR}


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote for a notice, in both languages; both are asked for."""

    title: Text
    body: Text


def notices(language: Language, page: str | int) -> Page:
    """One page of what hangs now; a malformed page number means the first."""
    return reading.notices(language, _number(page))


def latest(language: Language) -> Line | None:
    """The newest notice that hangs now."""
    return next(iter(reading.latest(language, 1)), None)


def notice(id_: UUID, language: Language) -> Shown:
    """One notice that hangs now. Raises NotFound, also for one that is not to be seen yet."""
    return reading.notice(id_, language)


def parts(body: str) -> tuple[Part, ...]:
    """A body in paragraphs and lists, as text."""
    return paragraphs.parts(body)


def may_write(actor: Actor) -> bool:
    """Whether the role posts news."""
    return actor.role in WRITERS


def may_correct(actor: Actor) -> bool:
    """Whether the role corrects what hangs."""
    return actor.role in CORRECTORS


def every(actor: Actor, language: Language, page: str | int) -> Page:
    """One page of all there is, also of what is not to be seen yet.

    Refuses:
        Refused: the role has no business with the board (P7.13).
    """
    _refuse_unless(allowed=actor.role in STAFF, what="read what is not to be seen yet")
    return reading.every(language, _number(page))


def to_correct(actor: Actor, id_: UUID) -> Notice:
    """The notice as it was posted, for who is about to correct it.

    Raises:
        NotFound: there is none.

    Refuses:
        Refused: the role does not correct (P7.13).
    """
    _refuse_unless(allowed=may_correct(actor), what="correct a notice")
    return reading.as_posted(id_)


def refuse_unless_writer(actor: Actor) -> None:
    """Nothing, for who may post.

    Refuses:
        Refused: the role does not post (P7.13).
    """
    _refuse_unless(allowed=may_write(actor), what="post a notice")


def checked(words: Words, language: Language) -> Words:
    """``words`` as they would hang.

    Raises:
        Invalid: by field (``title_ko``, ``title_en``, ``body_ko``, ``body_en``): empty, too long,
            or it holds what can be a resident registration number (P2.5).
    """
    if wrong := cleaning.faults(words.title, words.body):
        raise Invalid({name: unfit.text.in_(language) for name, unfit in wrong.items()})
    title, body = words.title, words.body
    return Words(
        Text(ko=cleaning.title(title.ko), en=cleaning.title(title.en)),
        Text(ko=cleaning.body(body.ko), en=cleaning.body(body.en)),
    )


def write(draft: UUID, words: Words, *, actor: Actor, language: Language) -> UUID:
    """Post news; the id of the notice. The same ``draft`` sent again is the same notice, not another.

    Refuses:
        Refused: the role does not post (P7.13).

    Raises:
        Invalid: like :func:`checked`.

    Records:
        Event.BOARD_NOTICE_POSTED with the id of the notice, never its words.
    """
    refuse_unless_writer(actor)
    return _post(NoticeKind.NEWS, draft, checked(words, language), actor, None)


def correct(id_: UUID, draft: UUID, words: Words, *, actor: Actor, language: Language) -> UUID:
    """Post a notice that corrects ``id_``; the id of the new one. The former hangs on and names it.

    Refuses:
        Refused: the role does not correct (P7.13).

    Raises:
        NotFound: there is no notice ``id_``.
        Invalid: like :func:`checked`.

    Records:
        Event.BOARD_NOTICE_CORRECTED with the id of the new notice.
    """
    former = to_correct(actor, id_)
    return _post(former.kind, draft, checked(words, language), actor, former.id)


@retrying
def _post(kind: NoticeKind, draft: UUID, words: Words, actor: Actor, corrects: UUID | None) -> UUID:
    key = f"draft:{draft}"
    with keeper():
        try:
            posted = posting.post(kind, key, words.title, words.body, corrects=corrects)
        except posting.KeyTaken:
            found = reading.posted_as(key)
            if found is None:
                raise
            return found
        event = Event.BOARD_NOTICE_POSTED if corrects is None else Event.BOARD_NOTICE_CORRECTED
        log.record(event, actor=actor, reason=str(posted.id))
    return posted.id


def _refuse_unless(*, allowed: bool, what: str) -> None:
    if not allowed:
        msg = f"refused to {what}: the role has no part in it"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")


def _number(page: str | int) -> int:
    text = str(page)[:6]
    return int(text) if text.isascii() and text.isdigit() else 1
