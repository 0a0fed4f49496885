"""Advertise: write it, see how many it would reach, send it to whom the policy permits it about.

A marketer sees numbers and opens nothing. Who is reached is not chosen by anybody: it is everybody who
wants this channel, as the gate decides batch by batch, and once more when each letter leaves. Never a
child, never somebody whose age is not known, never a guest, nobody who refused, nobody whose consent
has lapsed, and at night nobody who did not agree to that apart (P9.7, P5.5, P4.8, P1.9).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import ad_words, at_work
from yaksok.journeys.rounds import Told, together, until_nobody
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound, Refused
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.campaigns import book, calls
from yaksok.mall.campaigns.book import Campaign, State, Words
from yaksok.policy import decide
from yaksok.policy.advertising import ADDRESS, is_quiet, wanted
from yaksok.policy.cells import smallest_of
from yaksok.policy.entries import Advertising
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import law
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.consent import channels, counting, telling
from yaksok.privacy.post import outbox, tallies
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

MALL = Actor.system("advertise")
KIND, PURPOSE = RecordKind.MARKETING_CONTACT, Purpose.ADVERTISING
WRITERS = frozenset({Role.MARKETER})
READERS = WRITERS | {Role.AUDITOR, Role.OFFICER}

AT_ONCE = 200
"""Persons of one transaction."""

MOST_WAITING = 400
"""While so many advertisements wait in the outbox no more are added: other letters come first."""

TENS = 10
"""Numbers that are not too small to be shown (P4.15) are shown in tens."""

LISTED = 100

REASONS: Mapping[str, str] = {
    decide.NOT_AT_THIS_HOUR: "night",
    decide.NOT_GIVEN: "withdrawn",
    decide.NOT_GIVEN_AGAIN: "not_confirmed",
    decide.NOT_OF_AGE: "age",
    decide.REFUSED_BEYOND: "refused",
    decide.STOPPED: "stopped",
}
NO_CONSENT, OTHER = "no_consent", "other"
"""Why somebody is left out, in words of this mall: of the gate's reasons, and for who is in no list."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons that says nothing about any of them: in tens, or fewer than ``least`` (None)."""

    tens: int | None
    least: int


@dataclass(frozen=True, slots=True)
class Audience:
    """How many an advertisement would reach at its hour, and how many not, by the reason."""

    reached: Count
    left_out: Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Sent:
    """How an advertisement went. ``left_out`` is the proof of suppression."""

    queued: Count
    left_out: Mapping[str, Count]
    outcomes: Mapping[str, Count]


def count(number: int) -> Count:
    """``number`` as it may be shown."""
    least = max(smallest_of(policy().document.body), TENS)
    return Count(number - number % TENS if number >= least else None, least)


def may_write(actor: Actor) -> bool:
    """Whether the role writes advertisements; without current training it does not (P7.14)."""
    return actor.role in WRITERS and actor.trained


def refuse_unless_writer(actor: Actor) -> None:
    """Nothing, for who may write advertisements.

    Refuses:
        Refused: the role does not (P7.13), or was not trained (P7.14).
    """
    _must_write(actor)


def offered() -> tuple[str, ...]:
    """The channels by which the policy in force lets anybody be advertised to."""
    table = policy().document.body.advertising
    return tuple(sorted(table.channels)) if table else ()


def zone() -> str:
    """The clock on the wall of those who receive."""
    table = policy().document.body.advertising
    return table.zone if table else "Asia/Seoul"


def every(actor: Actor) -> tuple[Campaign, ...]:
    """The newest advertisements first.

    Refuses:
        Refused: the role has no business with them (P7.13).
    """
    _refuse_unless(allowed=actor.role in READERS, what="read advertisements")
    with keeper():
        return book.every(LISTED)


def one(id_: UUID, *, actor: Actor) -> Campaign:
    """One advertisement.

    Raises:
        NotFound: there is none.

    Refuses:
        Refused: like :func:`every`.
    """
    _refuse_unless(allowed=actor.role in READERS, what="read advertisements")
    with keeper():
        return book.one(id_)


@retrying
def save(id_: UUID, words: Words, *, actor: Actor) -> None:
    """Write a draft, or write it anew. ``words`` come from :func:`yaksok.journeys.ad_words.read`.

    Refuses:
        Refused: the role does not write advertisements (P7.13), or was not trained (P7.14).

    Raises:
        NotFound: it is no draft any more.
    """
    _must_write(actor)
    with keeper():
        book.save(id_, words)


@retrying
def schedule(id_: UUID, *, actor: Actor) -> None:
    """Send it at its time; at once if that is past. From now on its words do not change.

    Raises:
        NotFound: it is no draft any more.

    Records:
        Event.CAMPAIGN_ADVERTISEMENT_SCHEDULED with its id, never its words.
    """
    _must_write(actor)
    with keeper():
        if not book.move(id_, (State.DRAFT,), State.SCHEDULED):
            msg = "there is no such draft"
            raise NotFound(msg)
        log.record(Event.CAMPAIGN_ADVERTISEMENT_SCHEDULED, actor=actor, reason=str(id_))


@retrying
def stop(id_: UUID, *, actor: Actor) -> None:
    """Send no more of it: neither the rest of the list, nor what waits in the outbox.

    Raises:
        NotFound: it is not under way.

    Records:
        Event.CAMPAIGN_ADVERTISEMENT_STOPPED.
    """
    _must_write(actor)
    with keeper():
        if not book.move(id_, (State.SCHEDULED, State.SENDING), State.STOPPED):
            msg = "there is no such advertisement under way"
            raise NotFound(msg)
        outbox.recall(Template.ADVERTISEMENT, str(id_))
        calls.drop(id_)
        log.record(Event.CAMPAIGN_ADVERTISEMENT_STOPPED, actor=actor, reason=str(id_))


def audience(words: Words, *, actor: Actor) -> Audience:
    """How many would be reached at the hour of ``words``. Nobody is named, and nothing is written."""
    _refuse_unless(allowed=actor.role in READERS, what="count an audience")
    return foreseen(words)


def foreseen(words: Words) -> Audience:
    """Like :func:`audience`, for a page that asked already whose work it is."""
    table = _table()
    consent = table.channels[words.channel].consent
    hour = max(words.at, clock.now())
    needed = wanted(table, words.channel, hour)
    with keeper():
        alike = list(counting.alike(consent))
        members = gate.count(RecordKind.MEMBERSHIP)
    listed = sum(number for _, number in alike)
    if needed is None:
        return _audience(0, {"night": listed, NO_CONSENT: members - listed})
    weighed = gate.weigh(
        alike,
        [ADDRESS[words.channel]],
        kind=KIND,
        purpose=PURPOSE,
        actor=MALL,
        also=needed - {consent},
    )
    left_out = by_reason(weighed.reasons)
    return _audience(weighed.permitted, {**left_out, NO_CONSENT: max(members - listed, 0)})


def how_it_went(campaign: Campaign, *, actor: Actor) -> Sent:
    """How many letters were noted, how they ended, and how many were left out for which reason."""
    _refuse_unless(allowed=actor.role in READERS, what="read advertisements")
    with keeper():
        tallied = tallies.of([campaign.id]).get(campaign.id, {})
    ended = {**{outcome.value: n for outcome, n in tallied.items()}, **campaign.called}
    return Sent(
        count(campaign.queued),
        {reason: count(number) for reason, number in campaign.left_out.items() if number},
        {outcome: count(number) for outcome, number in ended.items()},
    )


def send_due() -> Told:
    """Put the advertisements whose time has come into the outbox. A job; safe at any time.

    A batch and how far the list was gone through change in one transaction, so each person is
    written to once whatever is cut off. An advertisement of the day that is not through by the
    evening goes on in the morning.

    Records:
        Event.VAULT_ACCESS_REFUSED with the number of those passed over, for each promise.

    Cost:
        Some 13 statements for 200 persons; memory holds one batch.
    """
    with keeper():
        due = book.due()
    return together(until_nobody(partial(_some, id_)) for id_ in due)


@retrying
def _some(id_: UUID) -> Told | None:
    """One batch; None when this advertisement is through, or waits."""
    with keeper():
        campaign = book.claim(id_)
        if campaign is None or outbox.waiting(Template.ADVERTISEMENT, most=MOST_WAITING) >= (
            MOST_WAITING
        ):
            return None
        table = policy().document.body.advertising
        needed = needed_now(campaign)
        if table is None or needed is None:
            return None
        consent = table.channels[campaign.words.channel].consent
        people = channels.subscribers(consent, after=campaign.place, limit=AT_ONCE)
        if not people:
            members = gate.count(RecordKind.MEMBERSHIP)
            met = campaign.queued + sum(campaign.left_out.values())
            book.finish(campaign, {NO_CONSENT: max(members - met, 0)})
            return None
        return _batch(campaign, dict(people), consent, needed - {consent})


def needed_now(campaign: Campaign, *, ahead: timedelta = timedelta()) -> frozenset[str] | None:
    """The consents that this hour wants; None when the advertisement waits for the morning.

    None too when the policy in force does not let anybody be advertised to by its channel.

    Arguments:
        ahead: So much later than now.
    """
    table = policy().document.body.advertising
    channel, now = campaign.words.channel, clock.now() + ahead
    if table is None or channel not in table.channels:
        return None
    by_day = not is_quiet(table, channel, campaign.words.at)
    return None if by_day and is_quiet(table, channel, now) else wanted(table, channel, now)


def is_due(words: Words) -> bool:
    """Whether the time of the advertisement has come."""
    return words.at <= clock.now()


def _batch(
    campaign: Campaign,
    people: Mapping[SubjectId, RecordId],
    consent: str,
    also: frozenset[str],
) -> Told:
    channel = campaign.words.channel
    found = gate.sift(
        list(people), [ADDRESS[channel]], kind=KIND, purpose=PURPOSE, actor=MALL, also=also
    )
    outbox.note_all(_letters(campaign, consent, {one: people[one] for one in found.permitted}))
    left_out = by_reason(found.reasons)
    book.advance(campaign, max(people), len(found.permitted), left_out)
    return Told(len(found.permitted), sum(left_out.values()))


def _letters(
    campaign: Campaign, consent: str, people: Mapping[SubjectId, RecordId]
) -> list[outbox.Note]:
    said = {language: ad_words.context(campaign.words, language) for language in Language}
    spoken = telling.languages(list(people))
    return [
        outbox.Note(
            subject,
            Template.ADVERTISEMENT,
            KIND,
            record,
            language := spoken.get(subject, Language.KOREAN),
            {**said[language], "consent": consent, "batch": str(campaign.id)},
            campaign.words.channel,
        )
        for subject, record in people.items()
    ]


def forget_old() -> int:
    """Remove advertisements whose six months as a record are over; how many. A job.

    Source:
        E-Commerce Act 6, Decree 6: records of display and advertising.
    """
    period = Period.parse(law("advertising").period)
    with keeper():
        calls.forget_ended()
        old = [id_ for id_, over in book.over() if period.after(over) <= clock.now()]
        for id_ in old:
            book.forget(id_)
            tallies.forget(id_)
        return len(old)


def _audience(reached: int, left_out: Mapping[str, int]) -> Audience:
    return Audience(count(reached), {why: count(n) for why, n in left_out.items() if n})


def by_reason(reasons: Mapping[str, int]) -> dict[str, int]:
    """How many are left out, by the reason in words of this mall; ``reasons`` are the gate's."""
    found: Counter[str] = Counter()
    for reason, number in reasons.items():
        found[REASONS.get(reason, OTHER)] += number
    return dict(found)


def _table() -> Advertising:
    table = policy().document.body.advertising
    if table is None:
        msg = "the policy in force lets nobody be advertised to"
        raise NotFound(msg)
    return table


def _must_write(actor: Actor) -> None:
    _refuse_unless(allowed=actor.role in WRITERS, what="advertise")
    at_work.must_be_trained(actor, "advertise")


def _refuse_unless(*, allowed: bool, what: str) -> None:
    if not allowed:
        msg = f"refused to {what}: the role has no part in it"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")
