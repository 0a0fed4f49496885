"""Letters that wait. The address is opened when a letter is sent, and the letter is gone after that."""

from collections.abc import Callable, Mapping, Sequence
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
from yaksok.policy.vocabulary import Channel, Item, Language, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.post import advertisements, tallies, tokens, wire, wire_push, wire_sms
from yaksok.privacy.post.answers import Gone, NoSuchAddress, NotTaken
from yaksok.privacy.post.letters import DRAFTS, PROVE, Template, Written, write
from yaksok.privacy.post.models import Letter
from yaksok.privacy.post.purposes import ADDRESSES, purpose_of
from yaksok.privacy.vault import gate

POSTMAN = Actor.system("post")
LEASE = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 14
"""Then it is given up: about two days after the first attempt."""

ENGLISH_PREFIX = "/en"

Name = tuple[SubjectId, UUID]
Place = tuple[RecordKind, RecordId]
"""A record of the person to whom the letter goes."""

OnGone = Callable[[SubjectId, RecordId], None]
"""What is done when the address in a record leads to nobody any more."""


class State(StrEnum):
    """Where a letter stands. One that was delivered does not exist any more."""

    UNDELIVERABLE = "undeliverable"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Note:
    """A letter to be written: to whom, which, and where the address lies sealed.

    ``context`` is what the template names, and nothing else; nothing about the person. ``about`` is
    where the items lie that the template opens; None when they lie beside the address.
    """

    subject: SubjectId
    template: Template
    kind: RecordKind
    record: RecordId
    language: Language
    context: Mapping[str, str]
    channel: Channel = Channel.EMAIL
    about: Place | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A letter that is ready to leave, in memory alone: the address and the words.

    ``seconds`` is how long a notification may wait on its way.
    """

    key: UUID
    to: Personal
    words: Written
    channel: Channel = Channel.EMAIL
    seconds: int = 0


def note(
    subject: SubjectId,
    template: Template,
    *,
    kind: RecordKind,
    record: RecordId,
    language: Language,
    context: Mapping[str, str],
    channel: Channel = Channel.EMAIL,
    about: Place | None = None,
) -> UUID:
    """Put a letter into the outbox; see :func:`note_all`."""
    return note_all([Note(subject, template, kind, record, language, context, channel, about)])[0]


def note_all(notes: Sequence[Note]) -> list[UUID]:
    """Put letters into the outbox, in the caller's transaction. Nothing is opened or written yet.

    Cost: one statement, whatever the number; one more for each letter that carries a secret.
    """
    at = clock.now()
    letters = [_letter(one, at) for one in notes]
    Letter.objects.bulk_create(letters)
    for letter in letters:
        if letter.template in PROVE:
            proves = DRAFTS[Template(letter.template)].proves
            tokens.expect(SubjectId(letter.subject_id), letter.id, proves)
    return [letter.id for letter in letters]


def _letter(one: Note, at: datetime) -> Letter:
    if set(one.context) != DRAFTS[one.template].context:
        msg = f"the letter {one.template} is written from {sorted(DRAFTS[one.template].context)}"
        raise ValueError(msg)
    draft = DRAFTS[one.template]
    words = {Channel.SMS: draft.sms, Channel.PUSH: draft.push}
    if one.channel not in ADDRESSES or words.get(one.channel, draft.body) is None:
        msg = f"the letter {one.template} cannot go by {one.channel}"
        raise ValueError(msg)
    about_kind, about_record = one.about or ("", None)
    return Letter(
        subject_id=one.subject,
        id=new_id(),
        template=one.template,
        language=one.language,
        kind=one.kind,
        record_id=one.record,
        channel=one.channel,
        about_kind=about_kind,
        about_record=about_record,
        context=dict(one.context),
        state=State.WAITING,
        made_at=at,
        next_try=at,
    )


def due(limit: int, channel: Channel = Channel.EMAIL) -> list[Name]:
    """Letters that may be sent now by ``channel``, the longest waiting first."""
    rows = (
        _ready()
        .filter(channel=channel)
        .order_by("next_try")
        .values_list("subject_id", "id")[:limit]
    )
    return [(SubjectId(subject), key) for subject, key in rows]


def send(name: Name, gone: OnGone | None = None) -> bool | None:
    """Send one letter, if it is due and nobody else is sending it. Not inside a transaction.

    Arguments:
        gone: Called in the transaction that gives the letter up, when its address is of no more use.

    Returns:
        Whether the wire took it; then no trace of the letter is left here. None when it was not
        ours to send, or has no address any more.

    Records:
        Event.VAULT_ITEMS_OPENED before it leaves, Event.POST_LETTER_SENT after.
    """
    claimed = _claim(name)
    if claimed is None:
        return None
    row, sealed = claimed
    try:
        _hand_over(row, sealed)
    except NotTaken as answer:
        return _later(row, forgotten=answer.forgotten)
    except Gone:
        with keeper():
            if gone is not None:
                gone(SubjectId(row.subject_id), RecordId(row.record_id))
            _give_up(row)
        return None
    except NoSuchAddress:  # no fault of the wire: the round goes on
        with keeper():
            _give_up(row)
        return None
    with keeper():
        if _rows(row).delete()[0]:
            _log_sent(row)
            _count(row, tallies.Outcome.SENT)
    return True


def _hand_over(row: Letter, sealed: Sealed) -> None:
    """To the wire of its channel, under a name by which a repetition is known to be one."""
    if sealed.channel is Channel.PUSH:
        wire_push.post(sealed.words, sealed.to, key=sealed.key, seconds=sealed.seconds)
        return
    if sealed.channel is not Channel.SMS:
        wire.post(sealed.words, sealed.to, key=f"{sealed.key}")
        return
    again = bool(row.reference)
    if not again:
        row.reference = wire_sms.begin()
        with keeper():
            _rows(row).update(reference=row.reference)
    wire_sms.post(sealed.words, sealed.to, group=row.reference, again=again)


def seal_now(
    subject: SubjectId,
    template: Template,
    *,
    kind: RecordKind,
    record: RecordId,
    language: Language,
    context: Mapping[str, str],
    channel: Channel = Channel.EMAIL,
) -> Sealed:
    """A letter ready to leave, for an address that is about to be destroyed. Never stored.

    To be called in the transaction that erases, and handed to :func:`send_sealed` after it.

    Refuses and raises like :func:`yaksok.privacy.vault.gate.open_items`.
    """
    one = Note(subject, template, kind, record, language, context, channel)
    row = _letter(one, clock.now())
    return _open(row)


def send_sealed(sealed: Sealed) -> bool:
    """Whether the wire took the letter. One try: there is nothing left to try again from."""
    try:
        if sealed.channel is Channel.SMS:
            wire_sms.post(sealed.words, sealed.to, group=wire_sms.begin(), again=False)
        else:
            wire.post(sealed.words, sealed.to, key=f"{sealed.key}")
    except (NotTaken, NoSuchAddress):
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
        try:
            if (until := _not_before(row)) is not None:
                _rows(row).update(next_try=until)
                return None
            sealed = _open(row)
        except (Refused, Shredded, NotFound):
            _give_up(row, tallies.Outcome.WITHHELD)
            return None
        _rows(row).update(attempts=F("attempts") + 1, leased_until=clock.now() + LEASE)
        return row, sealed


def _not_before(row: Letter) -> datetime | None:
    """When an advertisement may leave that comes at a wrong hour; None for now."""
    if not DRAFTS[Template(row.template)].marked:
        return None
    return advertisements.not_before(SubjectId(row.subject_id), Channel(row.channel))


def _open(row: Letter) -> Sealed:
    """Address and words of one letter, opened by the gate for the purpose that it serves."""
    subject, template = SubjectId(row.subject_id), Template(row.template)
    channel, draft = Channel(row.channel), DRAFTS[template]
    beside: Place = (RecordKind(row.kind), RecordId(row.record_id))
    lies: Place = (
        beside
        if row.about_record is None
        else (RecordKind(row.about_kind), RecordId(row.about_record))
    )
    item = _to(template, channel)
    wanted = draft.opened if channel is Channel.EMAIL else ()
    near = [item, *wanted] if lies == beside else [item]
    values = dict(_values(subject, template, beside, near))
    if wanted and lies != beside:
        values |= _values(subject, template, lies, wanted)
    if not {item, *wanted} <= values.keys():
        msg = "the record does not hold what the letter says"
        raise NotFound(msg)
    opened = {one.value: values[one].reveal() for one in wanted}
    language = Language(row.language)
    link = _link(subject, row.id, template, language, row.context)
    context = {**row.context, **_code(subject, row.id, template)}
    stop = advertisements.stop_link(subject, language, row.context) if draft.stops else ""
    words = write(template, language, context, link, channel=channel, opened=opened, stop=stop)
    seconds = advertisements.lasts(subject, channel) if draft.marked else 0
    return Sealed(row.id, values[item], words, channel, seconds)


def _to(template: Template, channel: Channel) -> Item:
    """The item that holds where the letter goes."""
    return DRAFTS[template].to or ADDRESSES[channel]


def _values(
    subject: SubjectId, template: Template, place: Place, items: Sequence[Item]
) -> Mapping[Item, Personal]:
    kind, record = place
    purpose = purpose_of(template, kind)
    return gate.open_items(subject, items, kind=kind, purpose=purpose, actor=POSTMAN, record=record)


def _link(
    subject: SubjectId,
    key: UUID,
    template: Template,
    language: Language,
    context: Mapping[str, str],
) -> str:
    prefix = ENGLISH_PREFIX if language is Language.ENGLISH else ""
    link = f"{settings.YAKSOK_ORIGIN}{prefix}{context['path']}"
    if template in PROVE:
        link = f"{link}?token={tokens.token_of(subject, key, DRAFTS[template].proves)}"
    return link


def _code(subject: SubjectId, key: UUID, template: Template) -> dict[str, str]:
    draft = DRAFTS[template]
    token = tokens.token_of(subject, key, draft.proves) if draft.coded else ""
    return {"code": tokens.code_of(token)} if token else {}


def _later(row: Letter, *, forgotten: bool = False) -> bool:
    tried = row.attempts + 1
    with keeper():
        if tried >= MOST_ATTEMPTS:
            return _give_up(row)
        wait: timedelta = FIRST_WAIT * 2 ** (tried - 1)
        _rows(row).update(
            next_try=clock.now() + min(wait, LONGEST_WAIT),
            leased_until=None,
            reference="" if forgotten else row.reference,
        )
    return False


def _give_up(row: Letter, outcome: tallies.Outcome = tallies.Outcome.UNDELIVERABLE) -> bool:
    """It is not tried again. An advertisement leaves nothing behind but a number."""
    if DRAFTS[Template(row.template)].marked:
        if _rows(row).delete()[0]:
            _count(row, outcome)
    else:
        _rows(row).update(state=State.UNDELIVERABLE, leased_until=None)
    return False


def _count(row: Letter, outcome: tallies.Outcome) -> None:
    if (batch := row.context.get("batch")) is not None:
        tallies.count(batch, outcome)


def recall(template: Template, batch: str) -> int:
    """Take the letters of one batch out that nobody is sending yet; how many."""
    found = Letter.objects.filter(template=template, context__batch=batch, leased_until=None)
    return found.delete()[0]


def waiting(template: Template, *, most: int) -> int:
    """How many letters of one kind wait, counted up to ``most``."""
    found = Letter.objects.filter(template=template, state=State.WAITING)[:most]
    return len(found.values_list("id"))


def _log_sent(row: Letter) -> None:
    subject, kind = SubjectId(row.subject_id), RecordKind(row.kind)
    log.record(
        Event.POST_LETTER_SENT,
        actor=POSTMAN,
        trail=gate.trail_of(subject),
        kinds=[kind],
        items=[_to(Template(row.template), Channel(row.channel))],
        purpose=purpose_of(Template(row.template), kind),
        reason=row.template,
    )


def _ready() -> QuerySet[Letter]:
    at = clock.now()
    waiting = Letter.objects.filter(state=State.WAITING, next_try__lte=at)
    return waiting.filter(Q(leased_until=None) | Q(leased_until__lte=at))


def _rows(row: Letter) -> QuerySet[Letter]:
    return Letter.objects.filter(subject_id=row.subject_id, id=row.id)
