"""The desk makes sure who asks, without reading anything out: compare, look at a document, write a link.

Each try is a step of the request's history and an entry of the log, the ones that fail too; what was
said is written nowhere.
"""

from collections.abc import Mapping

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import phone_desk, rights_desk, rights_letters
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid, Refused
from yaksok.policy.vocabulary import Language, Purpose
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.rights import cases, sightings
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import Check, Step
from yaksok.privacy.vault import gate

BY_HAND = frozenset({Check.DOCUMENT, Check.POWER_OF_ATTORNEY})
"""What somebody at the desk saw with their own eyes."""


@retrying
def seen(actor: Actor, number: str, found: Check) -> Request:
    """Note that a document, or a power of attorney, lies before the desk. Nothing of it is kept.

    What one person saw is a step of the history and shows nothing yet; it does when a second person saw
    it too, as with everything at this desk that no machine compares (P10.4).

    Refuses:
        Refused: the same person notes it again.

    Records:
        Event.RIGHTS_IDENTITY_SEEN for the first person, Event.RIGHTS_IDENTITY_SHOWN for the second.
    """
    if found not in BY_HAND:
        msg = f"refused to note {found}: it is not something that is seen at a desk"
        raise Refused(msg, promise="P8.5")
    with keeper():
        line = sightings.see(rights_desk.locked(actor, number), found, actor=actor)
        shown = found in line.checks
        event = Event.RIGHTS_IDENTITY_SHOWN if shown else Event.RIGHTS_IDENTITY_SEEN
        _log_shown(line, actor, event, found)
    return line


def compare(actor: Actor, number: str, posted: Mapping[str, str], *, language: Language) -> Request:
    """Whether what the caller says is what is held. Yes or no comes back, and no value.

    Raises:
        Invalid: it does not fit, or it fits somebody else: the same sentence.
        Throttled: five that did not fit in 15 minutes.

    Records:
        Event.RIGHTS_IDENTITY_SHOWN or Event.RIGHTS_IDENTITY_FAILED.
    """
    rights_desk.must_work(actor)
    try:
        caller = phone_desk.caller_of(actor, posted, language, purpose=Purpose.RIGHTS)
    except Invalid:
        _failed(actor, number)
        raise
    return _compared(actor, number, caller, language)


@retrying
def _compared(
    actor: Actor, number: str, caller: phone_desk.Caller | None, language: Language
) -> Request:
    if caller is None:
        raise Invalid({"order_number": phone_desk.INCOMPLETE.in_(language)})
    with keeper():
        line = rights_desk.locked(actor, number)
        if caller.subject == line.subject:
            line = cases.check(line, Check.VALUES, actor=actor)
            _log_shown(line, actor, Event.RIGHTS_IDENTITY_SHOWN, Check.VALUES)
            return line
    _failed(actor, number)
    raise Invalid({"order_number": phone_desk.NOT_SHOWN.in_(language)})


@retrying
def _failed(actor: Actor, number: str) -> None:
    with keeper():
        line = rights_desk.locked(actor, number)
        cases.check_failed(line, actor=actor, reason=Check.VALUES.value)
        _log_shown(line, actor, Event.RIGHTS_IDENTITY_FAILED, Check.VALUES)


@retrying
def send_link(actor: Actor, number: str) -> Request:
    """Write a link to the address that the mall holds. The page looks the same when there is none."""
    with keeper():
        line = rights_desk.locked(actor, number)
        cases.note(line, Step.LINK_SENT, actor=actor)
        rights_letters.link(line, rights_desk.LINK_PATH)
    return line


def _log_shown(line: Request, actor: Actor, event: Event, how: Check) -> None:
    log.record(
        event,
        actor=actor,
        trail=gate.trail_of(line.subject),
        purpose=Purpose.RIGHTS,
        promise="P8.5",
        reason=f"{line.number}/{how}",
    )
