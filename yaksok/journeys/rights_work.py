"""The desk does what a person asked, and tells them; refuses only for what the law names; decides again.

What is done is done as the person: they asked, and it was shown that they are it. So each act goes
through the journey that they would have used themself, with all that follows from it, and is in their
trail; the history of the request says who at the desk carried it out.
"""

from collections.abc import Mapping

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import (
    consents,
    correct,
    leave,
    recipient_acts,
    rights_guest,
    rights_letters,
    rights_proof,
    rights_stop,
)
from yaksok.journeys.rights_desk import locked, must_work
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound, Refused
from yaksok.policy import fields
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import ledger
from yaksok.privacy.retention import ends
from yaksok.privacy.rights import cases, due, register
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import COPIES, PROMISE, Kind, Outcome, State
from yaksok.privacy.vault import gate

LONGEST_ANSWER = fields.MAX_LENGTH[Item.ANSWER]

NOT_FOR = Text(
    ko="이 요구를 여기에서 처리할 수 없습니다. 내용을 읽고 답을 적으십시오.",
    en="This cannot be done from here. Read what is asked, and write the answer.",
)


def person(line: Request) -> Actor:
    """The person of a request, to act as themself; only once it was shown who asks.

    Refuses:
        Refused: it was not shown (P8.5).

    Raises:
        NotFound: nothing is held about whoever asks.
    """
    cases.must_be_shown(line)
    if not line.who:
        msg = "nothing is held about whoever asks"
        raise NotFound(msg)
    return Actor(Role(line.who), line.subject)


def do(actor: Actor, number: str, posted: Mapping[str, str], *, language: Language) -> Request:
    """Do what a request asks, through the person's own journey.

    To correct, ``posted`` are fields of the correction form, blank ones left alone; to take back a consent, ``consent`` is
    its name; the others need nothing. Copies are made in :mod:`.rights_paper` or read by the person
    where they show who they are.

    Raises:
        Invalid: a value cannot be taken, by field; or this kind of request is done by answering it.

    Refuses:
        Refused: the actor does not work at this desk, or it was not shown who asks.

    Records:
        What the journey records, and the step in the request's history.
    """
    must_work(actor)
    with keeper():
        line = locked(actor, number)
        if line.state is not State.IDENTIFIED:
            cases.must_be_shown(line)
            msg = f"refused to work on a request that is {line.state}"
            raise Refused(msg, promise="P10.4")
        who = person(line)
    with register.part_of(line):
        items = _done(line, who, posted, language)
    with keeper():
        line = locked(actor, number)
        if line.state is not State.IDENTIFIED:
            return line  # all of it is erased, and the request ended with it
        return cases.worked(
            cases.taken(line, actor=actor),
            actor=actor,
            items=items,
            outcome=Outcome.DONE if items or line.kind is not Kind.CORRECT else NOTHING,
        )


NOTHING = Outcome.NOTHING_TO_CHANGE


def _done(
    line: Request, who: Actor, posted: Mapping[str, str], language: Language
) -> tuple[Item, ...]:
    """Do it, and say which items were touched."""
    match line.kind:
        case Kind.CORRECT:
            return _corrected(line, who, posted, language)
        case Kind.DELETE:
            _deleted(line, who)
            return ()
        case Kind.STOP:
            rights_stop.stop(who, stepped_up=True, language=line.language, channel=line.channel)
            return ()
        case Kind.WITHDRAW:
            name = posted.get("consent", "")
            return consents.withdraw(who, name, language=line.language, channel=line.channel).items
        case Kind.OBJECT if line.who == Role.RECIPIENT:
            proof = rights_proof.read(_note(line, who), language)
            recipient_acts.object_to_use(proof, language=line.language)
            return ()
        case _:
            raise Invalid({"": NOT_FOR.in_(language)})


def _corrected(
    line: Request, who: Actor, posted: Mapping[str, str], language: Language
) -> tuple[Item, ...]:
    named = {name: value for name, value in posted.items() if value.strip() and name != "consent"}
    if who.role is Role.MEMBER:
        done = correct.correct(who, named, stepped_up=True, language=language)
        return tuple(sorted({item for _, item in done.changed}))
    if who.role is Role.GUEST:
        return rights_guest.correct(_note(line, who), named, language=language).changed
    raise Invalid({"": NOT_FOR.in_(language)})


def _deleted(line: Request, who: Actor) -> None:
    if who.role is Role.MEMBER:
        leave.on_request(who, language=line.language)
    elif who.role is Role.GUEST:
        rights_guest.erase(_note(line, who), language=line.language)
    else:
        recipient_acts.erase(rights_proof.read(_note(line, who), line.language))


def _note(line: Request, who: Actor) -> str:
    """What the person would carry from page to page, had they come by the web."""
    if line.order is None:
        msg = "the request names no order"
        raise NotFound(msg)
    return rights_proof.make(who, line.subject, line.order)


@retrying
def answer(
    actor: Actor, number: str, words: str, *, language: Language, outcome: Outcome | None = None
) -> Request:
    """Tell the person what became of it, and where to turn if they are not satisfied (P11.5).

    Arguments:
        words: The answer, sealed and read by the person alone; "" when the outcome says it all.

    Raises:
        Invalid: the words are too long or hold what cannot be taken.

    Refuses:
        Refused: the actor does not work at this desk, or it was not shown who asks.

    Records:
        Event.RIGHTS_REQUEST_ANSWERED.
    """
    text = cleaned(words, language)
    with keeper():
        line = locked(actor, number)
        if line.state is State.IDENTIFIED and line.who and line.kind not in COPIES:
            outcome = outcome or Outcome.DONE
        if not line.who:
            outcome = Outcome.NOTHING_HELD
        if line.paper and line.kind in COPIES and line.second is None:
            msg = "refused to answer: the paper copy has not been made"
            raise Refused(msg, promise="P10.4")
        line = _with_answer(line, actor, text)
        line = cases.answer(line, actor=actor, outcome=outcome, record=line.record)
        _over(line)
        _logged(line, actor, Event.RIGHTS_REQUEST_ANSWERED, line.outcome)
        rights_letters.answered(line)
    return line


@retrying
def refuse(actor: Actor, number: str, ground: str, words: str, *, language: Language) -> Request:
    """Refuse, for a reason that the law names for this kind of request. The officer alone can.

    The letter tells the reason, the provision, how to object, and the office outside the mall.

    Refuses:
        Refused: the actor is not the officer, the law names no such reason, or it is decided already.

    Records:
        Event.RIGHTS_REQUEST_REFUSED.

    Source:
        PIPA 35(4), 36(1), 37(2), 38(5); GDPR 12(4).
    """
    must_decide(actor)
    text = cleaned(words, language)
    with keeper():
        line = _with_answer(locked(actor, number), actor, text)
        line = cases.refuse(line, ground, actor=actor, record=line.record)
        _over(line)
        _logged(line, actor, Event.RIGHTS_REQUEST_REFUSED, ground)
        rights_letters.refused(line, due.grounds(line.kind)[ground])
    return line


@retrying
def extend(actor: Actor, number: str) -> Request:
    """Put the answer off as far as the law lets it, and tell the person until when. The officer alone.

    Refuses:
        Refused: the actor is not the officer, the deadline has passed, or the law gives no more time.

    Records:
        Event.RIGHTS_REQUEST_EXTENDED.
    """
    must_decide(actor)
    with keeper():
        line = cases.extend(locked(actor, number), actor=actor)
        _logged(line, actor, Event.RIGHTS_REQUEST_EXTENDED, str(line.extensions))
        longer = due.extension(line.kind, line.received_at)
        rights_letters.extended(line, longer.article if longer else "")
    return line


@retrying
def decide_appeal(
    actor: Actor, number: str, words: str, *, granted: bool, language: Language
) -> Request:
    """Decide an objection: the request goes back to work, or its refusal stands.

    The officer alone can, and never on an answer of their own.

    Refuses:
        Refused: the actor is not the officer, or gave the answer themself (P10.4).

    Records:
        Event.RIGHTS_REQUEST_ANSWERED, when it stands.
    """
    must_decide(actor)
    text = cleaned(words, language)
    with keeper():
        line = locked(actor, number)
        ground = line.ground
        line = _with_answer(line, actor, text)
        line = cases.decide(line, granted=granted, actor=actor)
        if granted:
            rights_letters.received(line)
            return line
        _over(line)
        _logged(line, actor, Event.RIGHTS_REQUEST_ANSWERED, "upheld")
        known = due.grounds(line.kind).get(ground)
        if known is not None:
            rights_letters.refused(line, known)
        else:
            rights_letters.answered(line)
    return line


def must_decide(actor: Actor) -> None:
    """Nothing, when the actor may refuse, put off and decide again.

    Refuses:
        Refused: the actor is not the privacy officer (P7.13).
    """
    must_work(actor)
    if actor.role is not Role.OFFICER:
        msg = f"refused to decide on a person's request as {actor.role}: the officer does"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")


def cleaned(words: str, language: Language) -> str:
    """An answer as it is kept.

    Raises:
        Invalid: it cannot be taken.
    """
    try:
        return fields.clean(Item.ANSWER, words)
    except fields.Unfit as unfit:
        raise Invalid({Item.ANSWER.value: unfit.text.in_(language)}) from None


def _with_answer(line: Request, actor: Actor, words: str) -> Request:
    """The request with the words of the answer sealed beside those of the person."""
    if not words:
        return line
    there = {one.record for one in gate.holdings(line.subject)}
    if line.record in there:
        gate.amend(
            line.subject,
            RecordKind.RIGHTS_CASE,
            {Item.ANSWER: words},
            purpose=Purpose.RIGHTS,
            actor=actor,
            record=line.record,
        )
        return line
    receipts = ledger.receipts(line.subject)
    if not receipts:
        raise Invalid({Item.ANSWER.value: NOT_FOR.in_(line.language)})
    record = gate.seal(
        line.subject,
        RecordKind.RIGHTS_CASE,
        {Item.ANSWER: words},
        purpose=Purpose.RIGHTS,
        actor=actor,
        receipt=receipts[0],
    )
    return cases.keep_words(line, record)


def _over(line: Request) -> None:
    """The words of a request that is answered live three more years, and no longer."""
    there = {one.record for one in gate.holdings(line.subject)}
    for record in {line.record, line.appeal} & there:
        if record is not None:
            ends.happened(line.subject, record, RecordKind.RIGHTS_CASE, at=clock.now())


def _logged(line: Request, actor: Actor, event: Event, reason: str) -> None:
    log.record(
        event,
        actor=actor,
        trail=gate.trail_of(line.subject),
        items=line.items,
        purpose=Purpose.RIGHTS,
        promise=PROMISE.get(line.kind, "P8.1"),
        reason=f"{line.number}/{reason}",
    )
