"""The document that the privacy officer is working on: begun, saved, looked at, published, thrown away.

Nobody writes over what they have not seen: whoever saves says which revision they began from, and
whoever publishes says which version. Both get the other's work to look at instead.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import publish as publishing
from yaksok.journeys import staff_door
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound, Refused, YaksokError
from yaksok.kernel.ids import SubjectId
from yaksok.policy import in_force
from yaksok.policy.entries import Text
from yaksok.policy.places import Path
from yaksok.policy.toml_edits import Value, changed
from yaksok.policy.toml_merge import merged
from yaksok.policy.vocabulary import Language
from yaksok.privacy.published import drafts, register
from yaksok.privacy.published.drafts import Draft

LONGEST = 200_000
"""Characters of a document; the packaged ones have 20,000."""

ATTEMPTS, WINDOW_SECONDS = 5, 15 * 60
"""Wrong codes in a quarter of an hour."""

SCOPE = "policy_drafts:publish"

WRONG_CODE = Text(
    ko="인증 앱의 숫자가 맞지 않아요. 새로 나온 숫자를 적어 주세요.",
    en="The code is not right. Type the one that your authenticator shows now.",
)
SAY_WHAT = Text(
    ko="무엇이 바뀌는지 두 언어로 적어 주세요.", en="Say what changes, in both languages."
)
TOO_LONG = Text(ko="문서가 너무 길어요.", en="The document is too long.")
NAME_IT = Text(ko="판의 이름을 적어 주세요.", en="Give the version a name.")


class Overwritten(YaksokError):
    """Somebody saved the draft meanwhile. ``now`` is theirs: look at it, then save again."""

    def __init__(self, now: Draft) -> None:
        super().__init__(
            f"revision {now.revision} was saved meanwhile; look at it, then save yours"
        )
        self.now = now


@dataclass(frozen=True, slots=True)
class Words:
    """What a version says of itself: its name, its day, and what it changes."""

    version: str
    effective: datetime.date
    changes: Text


@dataclass(frozen=True, slots=True)
class Behind:
    """A draft whose base was followed by another version. Texts of the documents."""

    base: str
    latest: str
    latest_number: int
    mine: str


def may_read(actor: Actor) -> bool:
    """Whether the actor sees the studio."""
    return actor.role is Role.AUDITOR or may_edit(actor)


def may_edit(actor: Actor) -> bool:
    """Whether the actor edits and publishes: the trained privacy officer."""
    return actor.role is Role.OFFICER and actor.trained and actor.subject is not None


def refuse_unless_reader(actor: Actor) -> None:
    """Nothing, for who may see the studio.

    Refuses:
        Refused: the role has no part in the policy (P7.13), or its training is not current (P7.14).
    """
    if may_read(actor):
        return
    if actor.role is Role.OFFICER:
        msg = "refused to open the policy studio: the officer has no current training"
        raise Refused(msg, promise="P7.14", advice="take the training")
    msg = "refused to open the policy studio: the role has no part in it"
    raise Refused(msg, promise="P7.13", advice="ask the privacy officer")


def every(actor: Actor) -> tuple[Draft, ...]:
    """All drafts, the one saved last first. Refuses like :func:`refuse_unless_reader`."""
    refuse_unless_reader(actor)
    with keeper():
        return drafts.every()


def read(actor: Actor, id_: UUID) -> Draft:
    """The draft. Refuses like :func:`refuse_unless_reader`.

    Raises:
        NotFound: it was published or thrown away, or never was.
    """
    refuse_unless_reader(actor)
    with keeper():
        return _present(drafts.read(id_))


def begin(actor: Actor, number: int | None = None) -> UUID:
    """A new draft that follows the latest version, with the words of it, or of version ``number``.

    Going back to an earlier policy is no undoing: it is a new version with the old words.

    Raises:
        NotFound: there is no version ``number``.

    Refuses:
        Refused: the actor is not the trained privacy officer.
    """
    by = _editor(actor)
    with keeper():
        latest = register.latest()
        if latest is None or number is None:
            source = latest.source if latest else in_force.policy().document.source
        else:
            chosen = register.version(number)
            if chosen is None:
                raise NotFound
            source = chosen.source
        base = latest.number if latest else 0
        return drafts.begin(_fresh(source), base=base, by=by).id


@retrying
def save(actor: Actor, id_: UUID, source: str, *, revision: int) -> Draft:
    """The draft with ``source`` as its next revision. It need not be right yet.

    Raises:
        NotFound: it was published or thrown away meanwhile.
        Overwritten: somebody saved another revision than ``revision``.
        Invalid: it is too long.

    Refuses:
        Refused: the actor is not the trained privacy officer.
    """
    by = _editor(actor)
    text = plain(source)
    if len(text) > LONGEST:
        raise Invalid({"source": TOO_LONG.en})
    with keeper():
        draft = _present(drafts.read(id_, lock=True))
        if draft.revision != revision:
            raise Overwritten(draft)
        if text == draft.source:
            return draft
        return drafts.save(draft, text, base=draft.base, by=by)


def discard(actor: Actor, id_: UUID) -> None:
    """Throw the draft away. Refuses like :func:`save`; a draft that is gone stays gone."""
    _editor(actor)
    with keeper():
        drafts.remove(id_)


def behind(actor: Actor, draft: Draft) -> Behind | None:
    """What was published since ``draft`` was begun; None when nothing was."""
    refuse_unless_reader(actor)
    with keeper():
        latest, base = register.latest(), register.version(draft.base)
    if latest is None or latest.number == draft.base:
        return None
    return Behind(base.source if base else "", latest.source, latest.number, draft.source)


@retrying
def catch_up(actor: Actor, id_: UUID, *, revision: int) -> tuple[str, ...]:
    """Take into the draft what was published meanwhile, and go on from there.

    What only they changed is theirs, what only the draft changed is the draft's.

    Returns:
        The tables that both changed: there the draft's words stay, for the officer to look at.

    Refuses and raises like :func:`save`.
    """
    by = _editor(actor)
    with keeper():
        draft = _present(drafts.read(id_, lock=True))
        if draft.revision != revision:
            raise Overwritten(draft)
        latest, base = register.latest(), register.version(draft.base)
        if latest is None or latest.number == draft.base:
            return ()
        both = merged(base.source if base else "", draft.source, latest.source)
        drafts.save(draft, both.source, base=latest.number, by=by)
    return both.clashes


def say(actor: Actor, id_: UUID, words: Words, *, revision: int) -> Draft:
    """The draft with ``words`` written into it. Refuses and raises like :func:`save`.

    Raises:
        NotEditable: the beginning of the document is not TOML as it stands.
    """
    draft = read(actor, id_)
    return save(actor, id_, changed(draft.source, _said(words)), revision=revision)


@retrying
def publish(
    actor: Actor, id_: UUID, words: Words, *, revision: int, code: str, language: Language
) -> publishing.Published:
    """Publish the draft with ``words``; it is no draft any more. One transaction, once.

    Arguments:
        code: A one-time code of the officer's authenticator, of this moment.

    Raises:
        NotFound: it is published already, or was thrown away.
        Overwritten: somebody saved another revision than ``revision``.
        Overtaken, Unlawful, DocumentError: see :func:`yaksok.journeys.publish.publish`.
        NotEditable: see :func:`say`.
        Invalid: words are missing (``changes``, ``version``), or the code is not right (``totp``).
        Throttled: five codes in 15 minutes.

    Refuses:
        Refused: the actor is not the trained privacy officer.
    """
    by = _editor(actor)
    read(actor, id_)  # who comes a second time is told, and spends no code
    throttle.spend(SCOPE, str(by), limit=ATTEMPTS, seconds=WINDOW_SECONDS)
    with keeper():
        draft = _present(drafts.read(id_, lock=True))
        if draft.revision != revision:
            raise Overwritten(draft)
        _must_say(words, language)
        if not staff_door.confirm(actor, code):
            raise Invalid({"totp": WRONG_CODE.in_(language)})
        source = changed(draft.source, _said(words))
        done = publishing.publish(source, base=draft.base, actor=actor)
        drafts.remove(id_)
    throttle.clear(SCOPE, str(by))
    return done


def plain(source: str) -> str:
    """``source`` with the line ends of the document, whatever a browser sent."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else f"{text}\n"


def unused(day: datetime.date) -> str:
    """A name for a version that takes effect on ``day``, which no version has yet."""
    with keeper():
        taken = {one.version for one in register.versions()}
    name, number = f"{day}", 2
    while name in taken:
        name, number = f"{day}-{number}", number + 1
    return name


def _fresh(source: str) -> str:
    """``source`` under a name and a day of its own, without the words about an earlier change."""
    today = clock.today()
    values: dict[Path, Value] = {
        ("version",): unused(today),
        ("effective",): today,
        ("changes",): None,
    }
    return changed(source, values)


def _said(words: Words) -> dict[Path, Value]:
    said = words.changes
    return {
        ("version",): words.version.strip(),
        ("effective",): words.effective,
        ("changes",): {"ko": plain(said.ko).strip(), "en": plain(said.en).strip()}
        if said.ko.strip() or said.en.strip()
        else None,
    }


def _must_say(words: Words, language: Language) -> None:
    if not words.version.strip():
        raise Invalid({"version": NAME_IT.in_(language)})
    if not (words.changes.ko.strip() and words.changes.en.strip()):
        raise Invalid({"changes": SAY_WHAT.in_(language)})


def _editor(actor: Actor) -> SubjectId:
    refuse_unless_reader(actor)
    if not may_edit(actor) or actor.subject is None:
        msg = "only the privacy officer changes a policy"
        raise Refused(msg, promise="P11.1", advice="ask the privacy officer")
    return actor.subject


def _present(draft: Draft | None) -> Draft:
    if draft is None:
        msg = "there is no such draft: it was published, or thrown away"
        raise NotFound(msg)
    return draft
