"""Whether a member wants advertising: by each channel, and at night; and what they are told of it.

Agreeing and taking it back is done by :mod:`yaksok.journeys.consents`, like any other consent. Here is
what advertising has beside that: a number that is given for it, a letter with the result of every
answer (Network Act 50(7)), and until when the consent holds (50(8)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper
from yaksok.journeys import ad_addresses, ad_browsers, ad_letters, consent_words, consents
from yaksok.journeys.ad_letters import Round
from yaksok.journeys.rounds import Told
from yaksok.journeys.speaking import day
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.policy import advertising, forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import notice
from yaksok.policy.vocabulary import Channel, FormName, Language, Purpose
from yaksok.privacy.consent import channels, reminding
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

MALL = Actor.system("marketing_consent")
ALSO = frozenset({"consent", "mark"})
"""Names on the form that carry nothing personal."""

PATH = "/my/advertising"

GIVEN = Text(ko="동의", en="consent")
WITHDRAWN = Text(ko="동의 철회", en="withdrawal")
STARTED = Text(
    ko="동의하신 대로 보내 드립니다. {until}이 되기 전에 계속 받으실지 다시 여쭙니다.",
    en="You are sent what you agreed to. Before {until} we ask whether you still want it.",
)
ENDED = Text(
    ko="더는 보내지 않습니다. 이 동의로 보관하던 연락처는 파기했습니다.",
    en="Nothing is sent any more. The address that was kept by this consent was destroyed.",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One consent to advertising as it stands for a member.

    ``to`` is the mask of the address, "" when there is none. ``waits`` says that the person has not
    shown yet that it is theirs. ``asked`` and ``paused``: it was asked again; and not answered in time.
    ``told_at`` is when the letter with the result was written. ``field`` is what the form calls the
    number without which it cannot be agreed to; "" when none is needed. ``browser`` says that it is
    agreed to by a browser, for itself, and ``field`` is for what the browser says then; ``gone``: the
    one that was agreed for is not reached any more.
    """

    name: str
    text: str
    refusing: str
    mark: str
    stands: bool
    since: datetime | None
    until: datetime | None
    changed_at: datetime | None
    told_at: datetime | None
    asked: bool
    paused: bool
    waits: bool
    to: str
    field: str
    browser: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Advertising:
    """The whole page: every consent, the field for a number, and how else it is refused.

    ``key`` is the mall's public key, to which a browser binds where it is reached; "" if none is asked.
    """

    wanted: tuple[Wanted, ...]
    form: forms.Form
    sender: str
    phone: str
    key: str


def offered() -> bool:
    """Whether the mall advertises at all under the policy in force."""
    return policy().document.body.advertising is not None


def names() -> frozenset[str]:
    """Every consent to advertising, which has a page of its own."""
    return advertising.consents(policy().document.body)


def view(actor: Actor, language: Language) -> Advertising:
    """What the member agreed to, since when, until when, and what is asked for it.

    Raises:
        NotFound: nobody is advertised to under the policy in force.
    """
    subject = _who(actor)
    table = policy().document.body.advertising
    if table is None:
        msg = "the mall does not advertise"
        raise NotFound(msg)
    with keeper():
        known = {one.name: one for one in channels.of(subject)}
        masks = _masks(subject, known, actor)
    names = [*advertising.channels(policy().document.body), *([table.night] if table.night else [])]
    return Advertising(
        tuple(_wanted(n, known.get(n), masks.get(n, ""), language) for n in names),
        forms.form(policy(), FormName.ADVERTISING),
        table.sender.in_(language),
        table.opt_out_phone,
        ad_browsers.key() if Channel.PUSH in table.channels else "",
    )


def told(language: Language) -> str:
    """The hash of what is said about the number that is asked for (P3.6)."""
    return notice(policy(), FormName.ADVERTISING, language).hash


def agree(actor: Actor, posted: Mapping[str, str], *, language: Language) -> None:
    """Agree to one consent to advertising, or say again that it is still wanted.

    Arguments:
        posted: ``consent``, the ``mark`` of the words that were read, and the number where text
            messages may go, or that may be called, if the mall does not have one for this; or what a
            browser says of where it is notified.

    Raises:
        NotFound: the policy in force asks no such consent.
        Undeclared: a name that the form does not have.
        Invalid: there is no number, or it is none; the words have changed meanwhile.

    Refuses:
        Refused: the member is not known to be of age (P9.7), or refused such use (P4.8).
    """
    form = forms.form(policy(), FormName.ADVERTISING)
    values = forms.read(form, posted, language, also=ALSO)
    typed = {item: values[n] for n, item in form.of(ad_addresses.KIND).items() if n in values}
    name = posted.get("consent", "")
    if name not in advertising.consents(policy().document.body):
        msg = "the policy asks no such consent"
        raise NotFound(msg)
    consents.give(actor, name, language=language, mark=posted.get("mark", ""), given=typed)


def tell_results() -> Told:
    """Write to everybody what became of their answer. A job; within a minute, where the law says 14 days."""
    return ad_letters.send(
        Round(Template.ADVERTISING_RESULT, reminding.untold, reminding.told, _result), MALL
    )


def _result(due: reminding.Due, language: Language) -> dict[str, str]:
    until = day(due.lapses_at, language) if due.lapses_at else ""
    said = (STARTED if due.stands else ENDED).in_(language).format(until=until)
    return {
        "fact": (GIVEN if due.stands else WITHDRAWN).in_(language),
        "what": ad_letters.text_of(due.name, language),
        "day": day(due.at, language),
        "result": said,
        "path": PATH,
    }


def _wanted(
    name: str, known: channels.Subscription | None, mask: str, language: Language
) -> Wanted:
    on = known if known is not None and known.stands else None
    channel = advertising.channels(policy().document.body).get(name)
    browser = channel is Channel.PUSH
    needs = browser or (channel in ad_addresses.PROOFS and on is None)
    return Wanted(
        name=name,
        text=ad_letters.text_of(name, language),
        refusing=consent_words.refusing(policy(), name).in_(language),
        mark=consent_words.mark(policy(), name, language),
        stands=on is not None,
        since=on.since if on else None,
        until=on.lapses_at if on else None,
        changed_at=known.changed_at if known else None,
        told_at=known.told_at if known else None,
        asked=bool(on and on.asked_at),
        paused=bool(on and on.paused),
        waits=bool(on and on.record is not None and not on.reachable),
        to=mask,
        field=_field(channel) if channel is not None and needs else "",
        browser=browser,
        gone=bool(browser and on and on.record is None),
    )


def _field(channel: Channel) -> str:
    """What the form calls the address of ``channel``."""
    shown = forms.form(policy(), FormName.ADVERTISING).of(ad_addresses.KIND)
    item = advertising.ADDRESS[channel]
    return next((name for name, one in shown.items() if one is item), "")


def _masks(
    subject: SubjectId, known: Mapping[str, channels.Subscription], actor: Actor
) -> dict[str, str]:
    """The masks of the addresses that advertising goes to, by consent."""
    shown = {}
    for name, channel in advertising.channels(policy().document.body).items():
        record = known[name].record if name in known else None
        if record is None:
            continue
        one, item = (subject, record), advertising.ADDRESS[channel]
        found = gate.show_masks(
            [one], [item], kind=ad_addresses.KIND, purpose=Purpose.RIGHTS, actor=actor
        )
        shown[name] = found.get(one, {}).get(item, "")
    return shown


def _who(actor: Actor) -> SubjectId:
    if actor.subject is None:
        msg = "there is nothing to want for somebody who is not known"
        raise NotFound(msg)
    return actor.subject
