"""Letters that wait. The address is opened when a letter is sent, and the letter is gone after that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from yaksok.database.roles import keeper
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused, Shredded
from yaksok.kernel.ids import RecordId, SubjectId, new_id
from yaksok.kernel.personal import Personal
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.post import tokens, wire
from yaksok.privacy.post.letters import DRAFTS, PROVE, Template, Written, write
from yaksok.privacy.post.models import Letter
from yaksok.privacy.vault import gate

POSTMAN = Actor.system("post")
PURPOSES: Mapping[RecordKind, Purpose] = {
    RecordKind.MEMBERSHIP: Purpose.MEMBER_SERVICE,
    RecordKind.ORDER_PAYER: Purpose.ORDER,
}
"""Records in which an address for letters lies, and for which purpose it is opened."""

OF_THEIR_OWN: Mapping[Template, Purpose] = {Template.RESTOCKED: Purpose.RESTOCK_NOTICE}
"""Letters that serve a purpose of their own, for which the address is opened."""

LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 14
"""Then it is given up: about two days after the first attempt."""

ENGLISH_PREFIX = "/en"

Name = tuple[SubjectId, UUID]


class State(StrEnum):
    """Where a letter stands. One that was delivered does not exist any more."""

    UNDELIVERABLE = "undeliverable"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Note:
    """A letter to be written: to whom, which, and where the address lies sealed.

    ``context`` is what the template names, and nothing else; nothing about the person.
    """

    subject: SubjectId
    template: Template
    kind: RecordKind
    record: RecordId
    language: Language
    context: Mapping[str, str]


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A letter that is ready to leave, in memory alone: the address and the words."""

    key: UUID
    to: Personal
    words: Written


def note(
    subject: SubjectId,
    template: Template,
    *,
    kind: RecordKind,
    record: RecordId,
    language: Language,
    context: Mapping[str, str],
) -> UUID:
    """Put a letter into the outbox; see :func:`note_all`."""
    return note_all([Note(subject, template, kind, record, language, context)])[0]


def note_all(notes: Sequence[Note]) -> list[UUID]:
    """Put letters into the outbox, in the caller's transaction. Nothing is opened or written yet.

    Cost: one statement, whatever the number; one more for each letter that carries a secret.
    """
    at = clock.now()
    letters = [_letter(one, at) for one in notes]
    Letter.objects.bulk_create(letters)
    for letter in letters:
        if letter.template in PROVE:
            tokens.expect(SubjectId(letter.subject_id), letter.id, tokens.EMAIL)
    return [letter.id for letter in letters]


def _letter(one: Note, at: datetime) -> Letter:
    if set(one.context) != DRAFTS[one.template].context:
        msg = f"the letter {one.template} is written from {sorted(DRAFTS[one.template].context)}"
        raise ValueError(msg)
    return Letter(
        subject_id=one.subject,
        id=new_id(),
        template=one.template,
        language=one.language,
        kind=one.kind,
        record_id=one.record,
        context=dict(one.context),
        state=State.WAITING,
        made_at=at,
        next_try=at,
    )


def due(limit: int) -> list[Name]:
    """Letters that may be sent now, the longest waiting first."""
    rows = _ready().order_by("next_try").values_list("subject_id", "id")[:limit]
    return [(SubjectId(subject), key) for subject, key in rows]


def send(name: Name) -> bool | None:
    """Send one letter, if it is due and nobody else is sending it. Not inside a transaction.

    Returns:
        Whether the mail server took it; then no trace of the letter is left here. None when it was
        not ours to send, or has no address any more.

    Records:
        Event.VAULT_ITEMS_OPENED before it leaves, Event.POST_LETTER_SENT after.
    """
    claimed = _claim(name)
    if claimed is None:
        return None
    row, sealed = claimed
    try:
        wire.post(sealed.words, sealed.to, key=f"{sealed.key}")
    except wire.NotTaken:
        return _later(row)
    except wire.NoSuchAddress:
        with keeper():
            return _give_up(row)
    with keeper():
        if _rows(row).delete()[0]:
            _log_sent(row)
    return True


def seal_now(
    subject: SubjectId,
    template: Template,
    *,
    kind: RecordKind,
    record: RecordId,
    language: Language,
    context: Mapping[str, str],
) -> Sealed:
    """A letter ready to leave, for an address that is about to be destroyed. Never stored.

    To be called in the transaction that erases, and handed to :func:`send_sealed` after it.

    Refuses and raises like :func:`yaksok.privacy.vault.gate.open_items`.
    """
    key = new_id()
    to = _address(subject, kind, record, purpose_of(template, kind))
    return Sealed(key, to, _written(subject, key, template, language, context))


def send_sealed(sealed: Sealed) -> bool:
    """Whether the mail server took the letter. One try: there is nothing left to try again from."""
    try:
        wire.post(sealed.words, sealed.to, key=f"{sealed.key}")
    except (wire.NotTaken, wire.NoSuchAddress):
        return False
    return True


def _claim(name: Name) -> tuple[Letter, Sealed] | None:
    with keeper():
        row = (
            _ready()
            .select_for_update(skip_locked=True)
            .filter(subject_id=name[0], id=name[1])
            .first()
        )
        if row is None:
            return None
        subject, kind = SubjectId(row.subject_id), RecordKind(row.kind)
        purpose = purpose_of(Template(row.template), kind)
        try:
            to = _address(subject, kind, RecordId(row.record_id), purpose)
        except (Refused, Shredded, NotFound):
            _give_up(row)
            return None
        _rows(row).update(attempts=F("attempts") + 1, leased_until=clock.now() + LEASE)
        words = _written(
            subject, row.id, Template(row.template), Language(row.language), row.context
        )
        return row, Sealed(row.id, to, words)


def purpose_of(template: Template, kind: RecordKind) -> Purpose:
    """For which purpose the address in a record of ``kind`` is opened to send ``template``."""
    return OF_THEIR_OWN.get(template, PURPOSES[kind])


def _address(subject: SubjectId, kind: RecordKind, record: RecordId, purpose: Purpose) -> Personal:
    opened = gate.open_items(
        subject,
        [Item.EMAIL],
        kind=kind,
        purpose=purpose,
        actor=POSTMAN,
        record=record,
    )
    if Item.EMAIL not in opened:
        msg = "the record holds no address for letters"
        raise NotFound(msg)
    return opened[Item.EMAIL]


def _written(
    subject: SubjectId,
    key: UUID,
    template: Template,
    language: Language,
    context: Mapping[str, str],
) -> Written:
    prefix = ENGLISH_PREFIX if language is Language.ENGLISH else ""
    link = f"{settings.YAKSOK_ORIGIN}{prefix}{context['path']}"
    if template in PROVE:
        link = f"{link}?token={tokens.token_of(subject, key, tokens.EMAIL)}"
    return write(template, language, context, link)


def _later(row: Letter) -> bool:
    tried = row.attempts + 1
    with keeper():
        if tried >= MOST_ATTEMPTS:
            return _give_up(row)
        wait: timedelta = FIRST_WAIT * 2 ** (tried - 1)
        _rows(row).update(next_try=clock.now() + min(wait, LONGEST_WAIT), leased_until=None)
    return False


def _give_up(row: Letter) -> bool:
    _rows(row).update(state=State.UNDELIVERABLE, leased_until=None)
    return False


def _log_sent(row: Letter) -> None:
    subject, kind = SubjectId(row.subject_id), RecordKind(row.kind)
    log.record(
        Event.POST_LETTER_SENT,
        actor=POSTMAN,
        trail=gate.trail_of(subject),
        kinds=[kind],
        items=[Item.EMAIL],
        purpose=purpose_of(Template(row.template), kind),
        reason=row.template,
    )


def _ready() -> QuerySet[Letter]:
    at = clock.now()
    waiting = Letter.objects.filter(state=State.WAITING, next_try__lte=at)
    return waiting.filter(Q(leased_until=None) | Q(leased_until__lte=at))


def _rows(row: Letter) -> QuerySet[Letter]:
    return Letter.objects.filter(subject_id=row.subject_id, id=row.id)
