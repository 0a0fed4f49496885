"""Leave: a plan that adds up, the password, one transaction, and a certificate to take along.

Leaving waits for nothing. Data of an order that is paid and not delivered stays sealed until it is
delivered, because somebody must still bring the parcel; the next sweep after that destroys it
(P3.10, :mod:`yaksok.journeys.sweep`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import leaving, membership_end, tell
from yaksok.journeys.membership_end import Held, records
from yaksok.journeys.password import must_prove
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import NotFound
from yaksok.kernel.holdings import ROWS, Keep
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import law
from yaksok.policy.text import item_name, kind_name
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.post.outbox import Sealed
from yaksok.privacy.retention import cases, certificate, ends, holdings
from yaksok.privacy.retention.certificate import Certificate, Verified
from yaksok.privacy.rights import register as requests
from yaksok.privacy.vault import gate

LEFT = "left"

UNTIL_DELIVERED = Text(
    ko="주문한 상품이 배송될 때까지, 그 뒤에는 법이 정한 것만",
    en="until the order is delivered; then only what a law keeps",
)
UNTIL_LIFTED = Text(ko="법에 따른 보존이 풀릴 때까지", en="until the legal hold is lifted")
DONE_FIRST = Text(ko="배송을 마치려고", en="to deliver what was ordered")


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the plan: what it is, and whether it goes now.

    What stays has ``until`` in words and, where a date is set, ``kept_until``; ``law`` says why.
    """

    label: str
    kind: str
    goes_now: bool
    kept_until: datetime | None = None
    until: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True)
class LeavingPlan:
    """Everything that is held, each with its fate; ``now_count + kept_count`` is all of it.

    ``unreadable_by`` is when what goes now cannot be read in any backup either.
    """

    rows: tuple[Row, ...]
    unreadable_by: datetime
    open_orders: tuple[str, ...]

    @property
    def now_count(self) -> int:
        """How many rows go now."""
        return sum(row.goes_now for row in self.rows)

    @property
    def kept_count(self) -> int:
        """How many rows stay."""
        return len(self.rows) - self.now_count


def plan(actor: Actor, *, language: Language) -> LeavingPlan:
    """What would go now and what would stay, item by item, if the member left.

    Shows names of items and no values. Changes nothing.
    """
    subject = _who(actor)
    with keeper():
        fates = leaving.fates(subject)
        held = records(fates)
        rows = [
            *(row for one in held for row in _rows(one, language)),
            *(_statutory(held, language) for held in fates.statutory),
            *_tables(subject, language, waits=any(one.waits for one in held)),
        ]
        return LeavingPlan(tuple(rows), gate.unreadable_by(), fates.open_orders)


def confirm(actor: Actor, password: str, *, language: Language) -> Certificate:
    """Leave. What goes is gone when this returns; the certificate cannot be made a second time.

    One transaction: what a law keeps is sealed anew under keys of its own, out of reach of every
    screen; all other records, the password, every session and every row that ends with the person
    are erased; the destruction register and the register of requests get their lines. After it the
    last letter leaves, once: no address is kept to try again with.

    Raises:
        Invalid: the password is wrong; nothing was erased.
        Throttled: too many wrong ones.

    Records:
        Event.VAULT_RECORD_ERASED for each record, Event.RETENTION_RECORD_DESTROYED,
        Event.RIGHTS_REQUEST_ANSWERED, Event.MEMBER_SESSION_CLOSED.

    Source:
        P3.3, P3.6-P3.10, P8.3.
    """
    subject = _who(actor)
    must_prove(subject, password, language=language)
    done, letter = _leave(subject, actor, language)
    tell.farewell(letter)
    return done


def on_request(actor: Actor, *, language: Language) -> Certificate:
    """Leave, for a member who asked by phone or mail and showed who they are otherwise (P8.3).

    The same as :func:`confirm`, but for the password: whoever calls has made sure of the person.
    """
    done, letter = _leave(_who(actor), actor, language)
    tell.farewell(letter)
    return done


def verify(text: str) -> Verified:
    """Whether ``text`` is a certificate of this mall, unaltered. Needs no account, stores nothing."""
    return certificate.verify(text)


def public_key() -> str:
    """The key by which anybody can check this mall's certificates without it: Ed25519, in hex."""
    return certificate.public_key().hex()


@retrying
def _leave(
    subject: SubjectId, actor: Actor, language: Language
) -> tuple[Certificate, Sealed | None]:
    with keeper():
        credentials.must_lock(subject)
        trail = gate.trail_of(subject)
        letter = tell.goodbye(subject, language=language)
        requests.answered_at_once(
            subject,
            requests.Kind.DELETE,
            items={item for one in records(leaving.fates(subject)) for item in one.given},
            outcome=requests.Outcome.DONE,
            actor=actor,
            trail=trail,
        )
        log.record(
            Event.MEMBER_SESSION_CLOSED, actor=actor, trail=trail, promise="P3.3", reason=LEFT
        )
        cases.close_all(subject, at=clock.now())
        done = membership_end.end(subject, actor=actor, reason=LEFT)
    return done, letter


def _rows(one: Held, language: Language) -> Iterable[Row]:
    kind, stays = kind_name(policy(), one.kind, language), one.stays()
    for item in sorted(one.given):
        label = item_name(item, language)
        name, until = stays.get(item, ("", None))
        why = law(name).title.in_(language) if name else ""
        if one.waits:
            words = UNTIL_DELIVERED.in_(language)
            yield Row(label, kind, goes_now=False, until=words, law=why or DONE_FIRST.in_(language))
        elif name:
            yield Row(label, kind, goes_now=False, kept_until=until, law=why)
        else:
            yield Row(label, kind, goes_now=True)


def _statutory(held: gate.Held, language: Language) -> Row:
    return Row(
        kind_name(policy(), held.kind, language),
        kind_name(policy(), held.kind, language),
        goes_now=False,
        kept_until=held.destroy_after,
        until="" if held.destroy_after else UNTIL_LIFTED.in_(language),
        law=policy().document.body.records[held.kind].end.reason.in_(language),
    )


def _tables(subject: SubjectId, language: Language, *, waits: bool) -> Iterable[Row]:
    """What is held outside of the vault, as the apps declare it; ``waits`` when a record stays."""
    for holding, count in holdings.rows_of(subject):
        label = holding.ko if language is Language.KOREAN else holding.en
        label = f"{label} ({count})" if count > 1 else label
        kept = [end for end in holding.columns.values() if isinstance(end, Keep)]
        with_record = holding.table == ends.BEGAN and not waits
        if holding.by == ROWS or not kept or with_record:
            yield Row(label, "", goes_now=True)
        else:
            until = kept[0].how_long(korean=language is Language.KOREAN)
            why = kept[0].why(korean=language is Language.KOREAN)
            yield Row(label, "", goes_now=False, until=until, law=why)


def _who(actor: Actor) -> SubjectId:
    if actor.subject is None:
        msg = "nobody can leave for somebody who is not known"
        raise NotFound(msg)
    return actor.subject
