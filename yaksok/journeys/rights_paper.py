"""A copy on paper: made for one envelope, after a second person has looked, and kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import held
from yaksok.journeys.held import Holding
from yaksok.journeys.rights_desk import locked, must_work
from yaksok.journeys.rights_work import person
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.policy.in_force import policy
from yaksok.policy.remedies import elsewhere
from yaksok.policy.vocabulary import Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.rights import cases, sightings
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import COPIES, State, Step
from yaksok.privacy.vault import gate

WORKABLE = frozenset({State.RECEIVED, State.IDENTIFIED, State.WORKED})
"""States in which there is work to take over."""

ENVELOPE = (Item.NAME, Item.POSTCODE, Item.ADDRESS)


@dataclass(frozen=True, slots=True)
class PaperCopy:
    """What is printed: the envelope, everything that is held, and the office outside the mall."""

    line: Request
    envelope: Mapping[Item, str]
    holding: Holding
    elsewhere: str


@retrying
def let_go(second: Actor, number: str) -> Request:
    """A second person looked at the request, who asks and where it goes, and lets the copy go.

    Refuses:
        Refused: it is who works on it, it was not shown who asks, or nothing goes by post (P10.4).
    """
    must_work(second)
    with keeper():
        line = cases.seal_copy(locked(second, number), second=second)
        if line.handler is not None and line.second is not None:
            sightings.both(line, sightings.COPY, first=line.handler, second=line.second)
        return line


@retrying
def take_over(actor: Actor, number: str) -> Request:
    """``actor`` works on a request from now on; who let a copy go before must do so again.

    Refuses:
        Refused: it was answered. Who answered stays who answered, so that somebody else decides on an
            objection (P10.4).
    """
    with keeper():
        line = locked(actor, number)
        if line.state not in WORKABLE:
            msg = f"refused to take over a request that is {line.state}"
            raise Refused(msg, promise="P10.4")
        return cases.taken(line, actor=actor)


def copy(actor: Actor, number: str) -> PaperCopy:
    """Everything that is held about the person, to be printed once and put into an envelope.

    Refuses:
        Refused: no second person has let it go, or it was not shown who asks (P8.5, P10.4).

    Records:
        Event.VAULT_ITEMS_OPENED for each record, as the person's own right; Event.RIGHTS_COPY_MADE
        under the id of whoever prints it.
    """
    must_work(actor)
    with keeper():
        line = locked(actor, number)
        if line.second is None or not line.paper or line.kind not in COPIES:
            msg = "refused to print a copy: a second person must have looked at it"
            raise Refused(msg, promise="P10.4")
        who = person(line)
        envelope = _envelope(line, actor)
        cases.note(line, Step.COPY_PRINTED, actor=actor)
        log.record(
            Event.RIGHTS_COPY_MADE,
            actor=actor,
            trail=gate.trail_of(line.subject),
            purpose=Purpose.RIGHTS,
            promise="P8.1",
            reason=f"{line.number}/post",
        )
        found = held.held(who, stepped_up=True)
    body = policy().document.body
    return PaperCopy(line, envelope, found, elsewhere(body, line.language))


def _envelope(line: Request, actor: Actor) -> Mapping[Item, str]:
    if line.record is None:
        return {}
    opened = gate.open_items(
        line.subject,
        ENVELOPE,
        kind=RecordKind.RIGHTS_CASE,
        purpose=Purpose.RIGHTS,
        actor=actor,
        record=line.record,
    )
    return {item: value.reveal() for item, value in opened.items()}
