"""Correct what is held: at once, with the result to the person and to whoever received it before."""

from collections.abc import Mapping
from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import ad_addresses, tell
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.accounts import credentials
from yaksok.policy import forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import notice
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.disclosure import handover
from yaksok.privacy.rights import register
from yaksok.privacy.vault import gate

EMAIL_LIMIT = 10
EMAIL_SECONDS = 3600
"""How often a member may try another e-mail address in an hour. More would be asking whose they are,
or writing to strangers in the mall's name."""

CANNOT_TAKE = Text(
    ko="이 이메일은 쓸 수 없어요. 다른 이메일을 적어 주세요.",
    en="This e-mail address cannot be used. Use another one.",
)

Changes = dict[RecordKind, tuple[dict[Item, str], list[Item]]]
"""By kind of record: what is put in, and what is taken away."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of it. ``told`` is how many recipients will hear of the change (P4.5)."""

    changed: tuple[tuple[RecordKind, Item], ...]
    told: int
    request: register.Request


def asked(actor: Actor) -> forms.Form:
    """The correction form for this member: only what they agreed to give (P1.11)."""
    if actor.subject is None:
        msg = "there is no form for somebody who is not known"
        raise NotFound(msg)
    with keeper():
        facts = ledger.standing(actor.subject)
        return forms.for_person(policy(), FormName.CORRECT, facts)


def begin(actor: Actor, *, stepped_up: bool) -> dict[str, str]:
    """What is held now, by the field names of the correction form, in plain text.

    Refuses:
        Refused: the password was not repeated a moment ago (P8.5).
    """
    subject = _must_be_the_person(actor, stepped_up=stepped_up)
    form = asked(actor)
    with keeper():
        held = _held(subject, actor, form)
    return {
        field.name: held[field.kind][1][field.item]
        for field in form.fields
        if field.kind in held and field.item in held[field.kind][1]
    }


def correct(
    actor: Actor, posted: Mapping[str, str], *, stepped_up: bool, language: Language
) -> Correction:
    """Put what was posted in the place of what is held (P8.2).

    A field that is not posted stays as it is; an optional one posted empty is taken away. Whoever
    received a changed record before is told, in the same transaction (P4.5). A new e-mail address is
    written to, to show that it is theirs. The register of requests has a line even when nothing had
    to be changed.

    Raises:
        Undeclared: a field that the form does not have, or whose consent was never given or was
            withdrawn (P1.11).
        Invalid: a value that cannot be taken, by field; an e-mail address of somebody else.
        Throttled: too many e-mail addresses.
        NotFound: the member left while this was under way.

    Refuses:
        Refused: the password was not repeated a moment ago (P8.5).

    Records:
        Event.VAULT_RECORD_AMENDED for each record, Event.RIGHTS_REQUEST_ANSWERED.
    """
    subject = _must_be_the_person(actor, stepped_up=stepped_up)
    form = asked(actor)
    values = forms.read(form, posted, language)
    try:
        return _change(subject, actor, form, values, language)
    except gate.AlreadyHeld:
        field = next(field.name for field in form.fields if field.item is Item.EMAIL)
        raise Invalid({field: CANNOT_TAKE.in_(language)}) from None


@retrying
def _change(
    subject: SubjectId,
    actor: Actor,
    form: forms.Form,
    values: Mapping[str, str],
    language: Language,
) -> Correction:
    with keeper():
        credentials.must_lock(subject)
        held = _held(subject, actor, form)
        changes = _changes(form, values, held)
        new_email = Item.EMAIL in changes.get(RecordKind.MEMBERSHIP, ({}, []))[0]
        if new_email:
            throttle.spend("correct:email", subject.bytes, limit=EMAIL_LIMIT, seconds=EMAIL_SECONDS)
        told = 0
        for kind, (put, taken) in changes.items():
            if kind not in held:
                _start(subject, actor, kind, put, language)
                continue
            record = held[kind][0]
            gate.amend(
                subject,
                kind,
                put,
                purpose=Purpose.RIGHTS,
                actor=actor,
                record=record,
                without=taken,
            )
            told += handover.correct(subject, record, actor=actor)
        if new_email:
            ad_addresses.moved(subject, changes[RecordKind.MEMBERSHIP][0][Item.EMAIL], actor=actor)
            tell.email_changed(subject, language=language)
        changed = tuple(
            (kind, item) for kind, (put, taken) in changes.items() for item in (*put, *taken)
        )
        request = register.answered_at_once(
            subject,
            register.Kind.CORRECT,
            items={item for _, item in changed},
            outcome=register.Outcome.DONE if changed else register.Outcome.NOTHING_TO_CHANGE,
            actor=actor,
            trail=gate.trail_of(subject),
        )
    return Correction(changed, told, request)


def _must_be_the_person(actor: Actor, *, stepped_up: bool) -> SubjectId:
    if actor.subject is None or not stepped_up:
        msg = "refused to show or change personal data: the password was not repeated"
        raise Refused(msg, promise="P8.5", advice="log in as the person")
    return actor.subject


def _held(
    subject: SubjectId, actor: Actor, form: forms.Form
) -> dict[RecordKind, tuple[RecordId, dict[Item, str]]]:
    """The newest record of each kind on the form, with its plain values."""
    newest = {one.kind: one.record for one in gate.holdings(subject)}
    found = {}
    for kind in dict.fromkeys(field.kind for field in form.fields):
        if kind not in newest:
            continue
        opened = gate.open_items(
            subject,
            set(form.of(kind).values()),
            kind=kind,
            purpose=Purpose.RIGHTS,
            actor=actor,
            record=newest[kind],
        )
        found[kind] = (newest[kind], {item: value.reveal() for item, value in opened.items()})
    return found


def _changes(
    form: forms.Form,
    values: Mapping[str, str],
    held: Mapping[RecordKind, tuple[RecordId, Mapping[Item, str]]],
) -> Changes:
    changes: Changes = {}
    for kind in dict.fromkeys(field.kind for field in form.fields):
        now = held[kind][1] if kind in held else {}
        posted = {item: values[name] for name, item in form.of(kind).items() if name in values}
        put = {item: value for item, value in posted.items() if value and value != now.get(item)}
        taken = [item for item, value in posted.items() if not value and item in now]
        if put or taken:
            changes[kind] = (put, taken)
    return changes


def _start(
    subject: SubjectId,
    actor: Actor,
    kind: RecordKind,
    values: Mapping[Item, str],
    language: Language,
) -> None:
    """A record that did not exist yet: its own receipt of what was told, then its seal."""
    receipt = ledger.receive(
        subject,
        given={},
        notice=notice(policy(), FormName.CORRECT, language).hash,
        policy_version=policy().version,
        language=language,
    )
    gate.seal(subject, kind, values, purpose=Purpose.RIGHTS, actor=actor, receipt=receipt)
