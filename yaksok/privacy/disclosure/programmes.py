"""Which programmes run: each started by an officer, under a notice that hangs, for the terms it told.

A recipient that needs a consent is given nothing unless its programme runs: it stands in the document,
its days have come and not passed, somebody started it under its published notice, and what was
announced then is still what the document says (P4.2).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import new_id
from yaksok.policy.entries import Body, Programme, Recipient
from yaksok.policy.in_force import policy
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.disclosure.models import ProgrammeEvent

PROMISE = "P4.2"
ASK = "ask the privacy officer"


@dataclass(frozen=True, slots=True)
class Last:
    """The last thing that was done to a programme: started under which notice, or stopped."""

    runs: bool
    notice: UUID | None
    terms: str
    at: datetime


def named(name: str) -> tuple[Programme, Recipient]:
    """A programme of the document in force, and its recipient.

    Raises:
        NotFound: the document has no such programme.
    """
    body = policy().document.body
    if name not in body.programmes:
        msg = "the policy in force has no such programme"
        raise NotFound(msg)
    programme = body.programmes[name]
    return programme, body.recipients[programme.recipient]


def of_recipient(body: Body, recipient: str) -> str | None:
    """The name of the programme by which ``recipient`` is given something; it has at most one."""
    found = (name for name, one in body.programmes.items() if one.recipient == recipient)
    return next(found, None)


def terms(programme: Programme, third: Recipient) -> str:
    """SHA-256 of all that is announced of a programme, 64 hex digits."""
    said = [
        *(text for one in (third.company, third.purpose, third.keeps) for text in (one.ko, one.en)),
        *sorted(third.items),
        third.country,
        programme.recipient,
        programme.notice,
        programme.benefit.ko,
        programme.benefit.en,
        programme.starts.isoformat(),
        programme.ends.isoformat(),
    ]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def activate(name: str, *, notice: UUID | None, actor: Actor) -> None:
    """Start the programme ``name`` under the notice that announces it.

    Arguments:
        notice: The id of the notice that hangs on the board; None when none does.

    Refuses:
        Refused: there is no notice, or today lies outside the announced days (P4.2).

    Records:
        Event.DISCLOSURE_PROGRAMME_STARTED.
    """
    programme, third = named(name)
    if notice is None:
        msg = "refused to start a programme: no notice on the board announces it"
        raise Refused(msg, promise=PROMISE, advice=ASK)
    if not programme.starts <= clock.today() <= programme.ends:
        msg = "refused to start a programme: today lies outside the days that were announced"
        raise Refused(msg, promise=PROMISE, advice=ASK)
    _enter(name, programme, third, actor, runs=True, notice=notice)


def stop(name: str, *, actor: Actor) -> None:
    """Stop the programme ``name`` at once: what waits is not sent any more.

    Records:
        Event.DISCLOSURE_PROGRAMME_STOPPED.
    """
    programme, third = named(name)
    _enter(name, programme, third, actor, runs=False, notice=None)


def last_of(name: str) -> Last | None:
    """What was last done to the programme ``name``; None when it was never started."""
    row = ProgrammeEvent.objects.filter(programme=name).order_by("-id").first()
    return Last(row.runs, row.notice, row.terms, row.at) if row else None


def runs(name: str) -> bool:
    """Whether the programme ``name`` may act now."""
    programme, third = named(name)
    last = last_of(name)
    announced = last is not None and last.runs and last.terms == terms(programme, third)
    return announced and programme.starts <= clock.today() <= programme.ends


def must_run(recipient: str) -> None:
    """Nothing, when ``recipient`` may be given something now as far as notices go.

    Who receives without consent (P4.10) needs no programme; a person's consent is asked elsewhere.

    Refuses:
        Refused: its programme was not announced and started, has ended, or says something else by
            now than what was announced (P4.2).
    """
    body = policy().document.body
    third = body.recipients.get(recipient)
    if third is not None and third.without_consent is not None:
        return
    name = of_recipient(body, recipient)
    if name is None or not runs(name):
        msg = "refused to hand anything over: no announced programme of this recipient runs"
        raise Refused(msg, promise=PROMISE, advice=ASK)


def _enter(
    name: str,
    programme: Programme,
    third: Recipient,
    actor: Actor,
    *,
    runs: bool,
    notice: UUID | None,
) -> None:
    ProgrammeEvent.objects.create(
        id=new_id(),
        programme=name,
        recipient=programme.recipient,
        runs=runs,
        notice=notice,
        terms=terms(programme, third),
        acted_by=actor.subject,
        at=clock.now(),
    )
    event = Event.DISCLOSURE_PROGRAMME_STARTED if runs else Event.DISCLOSURE_PROGRAMME_STOPPED
    log.record(event, actor=actor, promise=PROMISE, recipient=programme.recipient, reason=name)
