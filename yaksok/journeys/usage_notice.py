"""Tell each member once a year what is used of theirs, for what, and who received it (PIPA 20-2).

The letter says it by kinds and names of items, never by a value, and leads to the page that says the
same at any time. Guests are told in their order, and have no year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from yaksok.database.roles import keeper, retrying
from yaksok.journeys.rounds import Told, until_nobody
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.clock import SEOUL
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.mall.orders import finding
from yaksok.policy.in_force import policy
from yaksok.policy.lineage import NEVER_ASKED
from yaksok.policy.text import item_name, kind_name
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import telling, yearly
from yaksok.privacy.disclosure import register
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

MALL = Actor.system("usage_notice")
KIND, PURPOSE, ITEMS = RecordKind.MEMBERSHIP, Purpose.MEMBER_SERVICE, frozenset({Item.EMAIL})
PATH = "/my/usage"
AT_ONCE = 100
"""Members of one transaction."""

AGAIN = timedelta(days=1)
"""After that a member is looked at again whom the policy did not permit to be written to."""

ALL = 1_000_000
"""Orders of one member: all of them."""


@dataclass(frozen=True, slots=True)
class Use:
    """One kind of record that is held: which items were given, and for what they serve."""

    label: str
    items: tuple[str, ...]
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """One company that received something since ``since``: what, for what, how often, when last."""

    company: str
    items: tuple[str, ...]
    purpose: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Usage:
    """What a member is told. ``told_at`` is when the last letter was noted, None before the first."""

    since: datetime
    uses: tuple[Use, ...]
    received: tuple[Received, ...]
    told_at: datetime | None
    next_at: datetime


def view(actor: Actor, language: Language) -> Usage:
    """The same as in the letter, as it is now.

    Raises:
        NotFound: nobody is known who could be told.
    """
    if actor.subject is None:
        msg = "there is no usage of somebody who is not known"
        raise NotFound(msg)
    with keeper():
        standing = yearly.of(actor.subject) or yearly.beginning(actor.subject)
        return Usage(
            since=standing.since,
            uses=_uses(actor.subject, language),
            received=_received(actor.subject, standing.since, language),
            told_at=standing.told_at,
            next_at=standing.next_at,
        )


def tell() -> Told:
    """Note the letters that are due. A job; safe at any time, by several workers at once.

    That a member was told is written down in the transaction that notes their letter.

    Records:
        Event.VAULT_ACCESS_REFUSED with the number of those passed over, for each promise.
    """
    with keeper():
        yearly.enrol(gate.holders(KIND))
    return until_nobody(_some)


@retrying
def _some() -> Told | None:
    """One batch; None when nobody is left to be told."""
    with keeper():
        due = yearly.due(AT_ONCE)
        if not due:
            return None
        found = gate.sift(due.keys(), ITEMS, kind=KIND, purpose=PURPOSE, actor=MALL)
        reached = {subject: due[subject] for subject in due if subject in found.permitted}
        spoken = telling.languages(reached.keys())
        outbox.note_all(
            [
                outbox.Note(
                    subject,
                    Template.USAGE_NOTICE,
                    KIND,
                    found.permitted[subject],
                    language := spoken.get(subject, Language.KOREAN),
                    _words(subject, since, language),
                )
                for subject, since in reached.items()
            ]
        )
        yearly.told(reached)
        others = due.keys() - reached.keys()
        yearly.postpone(others, clock.now() + AGAIN)
        return Told(len(reached), len(others))


def _words(subject: SubjectId, since: datetime, language: Language) -> dict[str, str]:
    korean = language is Language.KOREAN
    uses = [
        f"- {one.label}: {', '.join(one.items)} ({'목적' if korean else 'for'}: {', '.join(one.purposes)})"
        for one in _uses(subject, language)
    ]
    received = [
        f"- {one.company}: {', '.join(one.items)} ({one.purpose})"
        for one in _received(subject, since, language)
    ]
    nobody = "- 아무도 받아 가지 않았어요." if korean else "- Nobody received anything."
    return {
        "since": f"{since.astimezone(SEOUL):%Y-%m-%d}",
        "until": f"{clock.now().astimezone(SEOUL):%Y-%m-%d}",
        "uses": "\n".join(uses),
        "received": "\n".join(received) or nobody,
        "path": PATH,
    }


def _uses(subject: SubjectId, language: Language) -> tuple[Use, ...]:
    """Every kind of record that is held of the member and those to whom they order; opens nothing."""
    held: dict[RecordKind, set[Item]] = {}
    for person in _persons(subject):
        for one in gate.holdings(person):
            name = (person, one.record)
            given = gate.given([name], kind=one.kind).get(name, frozenset())
            held.setdefault(one.kind, set()).update(given)
    of = policy()
    said = of.document.body.purposes
    return tuple(
        Use(
            kind_name(of, kind, language),
            tuple(item_name(item, language) for item in sorted(items)),
            tuple(said[p].text.in_(language) for p in _own(of.purposes[kind]) if p in said),
        )
        for kind, items in sorted(held.items())
        if kind in of.purposes and items
    )


def _own(purposes: Iterable[Purpose]) -> list[Purpose]:
    """Those of ``purposes`` that are a use by the mall, not a person's right or a duty of law."""
    return sorted(set(purposes) - NEVER_ASKED)


def _received(subject: SubjectId, since: datetime, language: Language) -> tuple[Received, ...]:
    """Who received something since then, company by company."""
    sent: dict[tuple[str, str], list[register.Entry]] = {}
    for entry in register.for_subjects(_persons(subject)):
        if entry.sent_at is not None and entry.sent_at >= since and entry.items:
            sent.setdefault((entry.recipient, entry.purpose), []).append(entry)
    return tuple(
        _company(recipient, purpose, entries, language)
        for (recipient, purpose), entries in sorted(sent.items())
    )


def _company(
    recipient: str, purpose: str, entries: Iterable[register.Entry], language: Language
) -> Received:
    body = policy().document.body
    known = body.recipients.get(recipient)
    listed = list(entries)
    items = sorted({item for one in listed for item in one.items})
    why = body.purposes.get(Purpose(purpose))
    return Received(
        company=known.company.in_(language) if known else recipient,
        items=tuple(item_name(item, language) for item in items),
        purpose=why.text.in_(language) if why else purpose,
        times=len(listed),
        last_at=max(one.sent_at for one in listed if one.sent_at),
    )


def _persons(subject: SubjectId) -> list[SubjectId]:
    """The member, and the recipients that their orders name."""
    orders = finding.of_subject(subject, limit=ALL)
    return list(dict.fromkeys([subject, *(order.recipient for order in orders)]))
