"""Call members who asked to be called with advertising: one number at a time, as the policy says at that moment.

A marketer writes what is said; a clerk calls. Nobody chooses whom, there is no list to look through, and
a number is seen only when the one before it was noted. Between the listing and the call the gate is asked
again: whoever withdrew, refused, left, stopped the use of their data, or sleeps, is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.journeys import ad_addresses, ad_words, advertise, at_work, opt_out
from yaksok.journeys.advertise import KIND, NO_CONSENT, PURPOSE, Count
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.campaigns import book, calls
from yaksok.mall.campaigns.book import Campaign
from yaksok.mall.campaigns.calls import Call, Outcome
from yaksok.policy.advertising import ADDRESS
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Channel, Language, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import channels, telling
from yaksok.privacy.vault import gate

MALL = Actor.system("call_desk")
CALLERS = frozenset({Role.CLERK})
ITEM = ADDRESS[Channel.PHONE]
PHONE = "phone"
"""How the person answered, for the receipt."""

AT_ONCE = 50
"""Persons who are listed in one transaction."""

SHOWN_LIMIT = 30
SHOWN_SECONDS = 3_600
"""How many numbers a caller may ask for in an hour. Nobody calls faster; a copy of the list would."""

TO_DIAL = timedelta(minutes=5)
"""A number that is seen now rings within this. Nobody is shown so shortly before their night."""

LISTED = 50


class Nobody(StrEnum):
    """Why there is no number to call now."""

    ASLEEP = "asleep"
    """It is night where the persons are; the desk opens in the morning."""
    BUSY = "busy"
    """Other callers have the last ones."""
    THROUGH = "through"
    """Everybody was called, or passed over."""


@dataclass(frozen=True, slots=True)
class Line:
    """One advertisement to call about, in numbers that say nothing about anybody.

    ``reachable`` would be permitted now; ``asleep``: nobody is called at this hour.
    """

    campaign: Campaign
    due: bool
    asleep: bool
    reachable: Count
    shown: Count
    outcomes: Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Desk:
    """What there is to call about; ``holds`` says that a number is not noted yet."""

    lines: tuple[Line, ...]
    holds: bool


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """One number in plain, for one call, and what is said. ``showing`` is what the note names.

    ``secret`` stops this consent of this person, like the link of a letter, and says nothing about them.
    """

    showing: UUID
    secret: str
    number: str
    language: Language
    script: str
    title: str


def view(actor: Actor) -> Desk:
    """The advertisements to call about.

    Refuses:
        Refused: the role does not call (P7.13), or the training is over (P7.14).
    """
    who = at_work.trained(actor, CALLERS, "call members")
    with keeper():
        found, held = book.to_call(LISTED), calls.held(who)
    return Desk(tuple(_line(one) for one in found), held is not None)


def next_number(id_: UUID, *, actor: Actor) -> Shown | Nobody:
    """The next number to call for the advertisement ``id_``; the same one until it is noted how it went.

    Raises:
        NotFound: nobody is called about it, or not yet.
        Throttled: too many numbers in an hour.

    Refuses:
        Refused: the role does not call (P7.13), or the training is over (P7.14).

    Records:
        Event.VAULT_ITEMS_OPENED in the trail of the person, with who called; Event.VAULT_ACCESS_REFUSED
        for who was passed over.

    Cost:
        Some 20 statements; a page of 50 persons is listed when the last one is used up.

    Source:
        Network Act 50(1), (3), (4): consent before, none at night without another one, and what is
        said first. P1.9, P4.8, P9.7.
    """
    who = at_work.trained(actor, CALLERS, "call members")
    throttle.spend("calls:caller", who.bytes, limit=SHOWN_LIMIT, seconds=SHOWN_SECONDS)
    while (found := _step(id_, actor, who)) is None:
        continue
    return found


@retrying
def conclude(showing: UUID, outcome: Outcome, *, actor: Actor, secret: str) -> None:
    """Note how a call went. The person is not called for this advertisement again.

    Who wants no more calls: their consent is taken back and the number destroyed, at once. Where
    somebody else answered, the number is not the person's until they show it anew. Both are believed
    late as well, when the number went back into the list or another caller noted something else.

    Arguments:
        secret: What was shown with the number. It leads to this consent of this person, and to nothing
            else; one that is none leads nowhere.

    Raises:
        NotFound: there is nothing to change any more: it was noted already, went back into the list, or
            the person left.

    Refuses:
        Refused: the role does not call (P7.13), or the training is over (P7.14).

    Records:
        Event.CAMPAIGN_CALL_CONCLUDED; for who wants no more, Event.VAULT_RECORD_ERASED,
        Event.CONSENT_ANSWER_GIVEN, Event.RIGHTS_REQUEST_ANSWERED.
    """
    who = at_work.trained(actor, CALLERS, "call members")
    with keeper():
        call = calls.of(showing, who)
        subject = call.subject if call is not None else _whose(secret)
        if subject is None:
            raise NotFound(_OVER)
        heeded = _heed(subject, outcome, actor)
        if call is not None and calls.end(call, showing):
            book.count_called(call.campaign, outcome.value)
        elif not heeded:
            raise NotFound(_OVER)
        log.record(
            Event.CAMPAIGN_CALL_CONCLUDED,
            actor=actor,
            trail=gate.trail_of(subject),
            purpose=PURPOSE,
            reason=outcome.value,
        )


def _whose(secret: str) -> SubjectId | None:
    """Whose consent to be called ``secret`` leads to."""
    found = channels.whose(secret)
    return found[0] if found is not None and found[1] == _consent() else None


def _heed(subject: SubjectId, outcome: Outcome, actor: Actor) -> bool:
    """Do what the person, or whoever answered instead, wants; whether that changed anything."""
    if outcome is Outcome.NO_MORE:
        return _stop(subject, actor)
    if outcome is Outcome.WRONG_NUMBER and (record := _number_of(subject)) is not None:
        ad_addresses.not_theirs(subject, record)
        return True
    return False


_OVER = "there is no such call of this caller any more"


@retrying
def _step(id_: UUID, actor: Actor, who: SubjectId) -> Shown | Nobody | None:
    """A number, or why there is none; None when the list goes on: somebody was passed over, or more were listed."""
    with keeper():
        held = calls.held(who)
        campaign = book.hold(held.campaign if held else id_)
        if campaign is None:
            if held is None or not calls.end(held):
                msg = "nobody is called about this now"
                raise NotFound(msg)
            return None
        needed = _needed(campaign)
        if needed is None:
            return Nobody.ASLEEP
        call = held or calls.free(campaign.id)
        if call is None:
            return _list_more(campaign, needed)
        return _show(campaign, call, needed, actor, who)


def _needed(campaign: Campaign) -> frozenset[str] | None:
    """The consents that are wanted now, and those at the moment at which the telephone rings; None: asleep."""
    now = advertise.needed_now(campaign)
    then = advertise.needed_now(campaign, ahead=TO_DIAL)
    return None if now is None or then is None else now | then


def _list_more(campaign: Campaign, needed: frozenset[str]) -> Nobody | None:
    """List the next persons who may be called now; None when there may be some."""
    consent = _consent()
    people = channels.subscribers(consent, after=campaign.place, limit=AT_ONCE)
    if not people:
        if not calls.is_through(campaign.id):
            return Nobody.BUSY
        members = gate.count(RecordKind.MEMBERSHIP)
        met = campaign.queued + sum(campaign.left_out.values())
        book.finish(campaign, {NO_CONSENT: max(members - met, 0)})
        return Nobody.THROUGH
    subjects = [subject for subject, _ in people]
    found = gate.sift(
        subjects, [ITEM], kind=KIND, purpose=PURPOSE, actor=MALL, also=needed - {consent}
    )
    calls.add(campaign.id, found.permitted)
    book.advance(campaign, max(subjects), 0, advertise.by_reason(found.reasons))
    return None


def _show(
    campaign: Campaign, call: Call, needed: frozenset[str], actor: Actor, who: SubjectId
) -> Shown | None:
    """The number, if the policy permits it to this caller now; else the person is passed over."""
    consent, record = _consent(), _number_of(call.subject)
    secret = channels.token_for(call.subject, consent)
    found = gate.sift(
        [call.subject], [ITEM], kind=KIND, purpose=PURPOSE, actor=actor, also=needed - {consent}
    )
    if record is None or secret is None or call.subject not in found.permitted:
        calls.end(call)
        reasons = advertise.by_reason(found.reasons) or {NO_CONSENT: 1}
        book.count_left_out(campaign, reasons)
        return None
    if calls.is_first(call):
        book.count_shown(campaign.id)
    showing = calls.show(call, who)
    if showing is None:
        return None
    opened = gate.open_items(
        call.subject, [ITEM], kind=KIND, purpose=PURPOSE, actor=actor, record=record
    )
    language = telling.languages([call.subject]).get(call.subject, Language.KOREAN)
    return Shown(
        showing,
        secret,
        opened[ITEM].reveal(),
        language,
        ad_words.script(campaign.words, language),
        campaign.words.title.in_(language),
    )


def _number_of(subject: SubjectId) -> RecordId | None:
    """Where the number lies at which ``subject`` wants to be called, if they showed that it is theirs."""
    consent = _consent()
    known = next((one for one in channels.of(subject) if one.name == consent), None)
    return known.record if known is not None and known.stands and known.reachable else None


def _stop(subject: SubjectId, actor: Actor) -> bool:
    language = telling.languages([subject]).get(subject, Language.KOREAN)
    return opt_out.take_back(subject, _consent(), language=language, channel=PHONE, actor=actor)


def _consent() -> str:
    """The consent to be called.

    Raises:
        NotFound: the policy in force lets nobody be called.
    """
    table = policy().document.body.advertising
    if table is None or Channel.PHONE not in table.channels:
        msg = "the policy in force lets nobody be called"
        raise NotFound(msg)
    return table.channels[Channel.PHONE].consent


def _line(campaign: Campaign) -> Line:
    words = campaign.words
    is_due = advertise.is_due(words)
    asleep = is_due and _needed(campaign) is None
    return Line(
        campaign,
        is_due,
        asleep,
        advertise.foreseen(words).reached,
        advertise.count(campaign.queued),
        {outcome: advertise.count(number) for outcome, number in campaign.called.items()},
    )
