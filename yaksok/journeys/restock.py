"""Restock notice (재입고 알림): a member waits for goods that are sold out, and is written to once.

A convenience by name (P1.4): it exists only while the policy in force offers it, and a person is
written to only while the policy permits it about them. What is newer than somebody's consent leaves
their address alone, and their wait standing (P1.9).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys.rounds import Told, together, until_nobody
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import SubjectId
from yaksok.mall.accounts import credentials
from yaksok.mall.catalogue import shelf
from yaksok.mall.catalogue.goods import Offer, Product
from yaksok.mall.waiting import book
from yaksok.policy.decide import Permit
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Item, Language, Purpose, RecordKind, Service
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

MALL = Actor.system("restock")
KIND, PURPOSE, ITEMS = RecordKind.MEMBERSHIP, Purpose.RESTOCK_NOTICE, frozenset({Item.EMAIL})
AT_ONCE = 200
"""Waits, and articles, of one transaction."""

AGAIN = timedelta(hours=1)
"""After that a wait is looked at again whose member the policy did not permit to be written to."""

Back = Mapping[UUID, Mapping[Language, Offer]]


@dataclass(frozen=True, slots=True)
class SoldOut:
    """An article that is sold out, and whether the member waits for it."""

    variant: UUID
    label: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a member waits for, and since when."""

    variant: UUID
    product_slug: str
    name: str
    option: str
    since: datetime


def offered() -> bool:
    """Whether the policy in force offers the service: by name, and with a grant to open the address."""
    service = policy().document.body.services.get(Service.RESTOCK_NOTICE)
    rule = policy().rules.get((Role.SYSTEM, Action.OPEN, KIND, PURPOSE, None))
    return (
        service is not None
        and service.purpose is PURPOSE
        and rule is not None
        and (rule.items >= ITEMS)
    )


def sold_out(actor: Actor, product: Product) -> tuple[SoldOut, ...]:
    """The articles of ``product`` that the member can wait for; none for whom it is not offered.

    Cost:
        Nothing unless a member looks at something sold out; then two queries.
    """
    gone = [one for one in product.variants if not one.left]
    if not gone or actor.role is not Role.MEMBER or actor.subject is None:
        return ()
    with keeper():
        if not offered() or not _may_be_told(actor.subject):
            return ()
        waits = book.of(actor.subject)
    return tuple(SoldOut(one.id, one.label, one.id in waits) for one in gone)


def mine(actor: Actor, language: Language) -> tuple[Waiting, ...]:
    """What the member waits for, newest first; nothing when the service is not offered."""
    subject = _who(actor)
    with keeper():
        waits = book.of(subject) if offered() else {}
    offers = shelf.offers(list(waits), language) if waits else {}
    return tuple(
        Waiting(variant, offer.product_slug, offer.name, offer.option, since)
        for variant, since in waits.items()
        if (offer := offers.get(variant)) is not None
    )


@retrying
def wait(actor: Actor, variant: str, *, language: Language) -> str:
    """Write down that the member waits for ``variant``; the slug of its product.

    What can be bought is not waited for. Asking twice is asking once.

    Raises:
        NotFound: the service is not offered, or there is no such article, or the member has left.

    Refuses:
        Refused: the policy does not permit to write to this member.
    """
    subject = _who(actor)
    with keeper():
        offer = _offer(variant, language)
        credentials.must_lock(subject)
        answer = gate.foresee(subject, ITEMS, kind=KIND, purpose=PURPOSE, actor=MALL)
        if not isinstance(answer, Permit):
            raise answer.as_error()
        if offer.left == 0:
            book.add(book.Wait(subject, offer.variant_id, language))
    return offer.product_slug


@retrying
def stop(actor: Actor, variant: str, *, language: Language) -> str:
    """The member waits for ``variant`` no more; the slug of its product.

    Raises:
        NotFound: the service is not offered, or there is no such article.
    """
    subject = _who(actor)
    with keeper():
        offer = _offer(variant, language)
        book.remove(subject, offer.variant_id)
    return offer.product_slug


def tell() -> Told:
    """Note a letter to everybody whose goods are back. A job; safe at any time, by several at once.

    A wait and its letter change places in one transaction, so each is used once whatever is cut off.
    The address is opened when the letter leaves, for this purpose, after the policy was asked again.

    Records:
        Event.VAULT_ACCESS_REFUSED with the number of those passed over, for each promise.

    Cost:
        Six statements for 200 members; memory holds one batch.
    """
    return together(until_nobody(partial(_some, back)) for back in _back())


def _back() -> Iterator[Back]:
    """Articles that somebody waits for and that can be bought now, as they are called."""
    with keeper():
        articles = book.articles() if offered() else []
    for start in range(0, len(articles), AT_ONCE):
        some = articles[start : start + AT_ONCE]
        spoken = {language: shelf.offers(some, language) for language in Language}
        yield {
            variant: {language: offers[variant] for language, offers in spoken.items()}
            for variant, offer in spoken[Language.KOREAN].items()
            if offer.active and offer.left
        }


@retrying
def _some(back: Back) -> Told | None:
    """One batch; None when nobody is left who waits for any of ``back``."""
    with keeper():
        waits = book.due(back, AT_ONCE) if back else []
        if not waits:
            return None
        found = gate.sift(
            {wait.subject for wait in waits}, ITEMS, kind=KIND, purpose=PURPOSE, actor=MALL
        )
        used = book.use([wait for wait in waits if wait.subject in found.permitted])
        outbox.note_all(
            [
                outbox.Note(
                    wait.subject,
                    Template.RESTOCKED,
                    KIND,
                    found.permitted[wait.subject],
                    wait.language,
                    _words(back[wait.variant][wait.language]),
                )
                for wait in used
            ]
        )
        others = [wait for wait in waits if wait.subject not in found.permitted]
        book.postpone(others, clock.now() + AGAIN)
        return Told(len(used), len(others))


def _words(offer: Offer) -> dict[str, str]:
    product = f"{offer.name} ({offer.option})" if offer.option else offer.name
    return {"product": product, "path": f"/product/{offer.product_slug}"}


def _may_be_told(subject: SubjectId) -> bool:
    answer = gate.foresee(subject, ITEMS, kind=KIND, purpose=PURPOSE, actor=MALL)
    return isinstance(answer, Permit)


def _offer(variant: str, language: Language) -> Offer:
    if offered():
        try:
            key = UUID(variant[:36])
        except ValueError:
            raise NotFound(NO_SUCH) from None
        offer = shelf.offers([key], language).get(key)
        if offer is not None and offer.active:
            return offer
    raise NotFound(NO_SUCH)


NO_SUCH = "there is no such article, or nobody is told when it is back"


def _who(actor: Actor) -> SubjectId:
    if actor.role is not Role.MEMBER or actor.subject is None:
        msg = "only members are told when goods are back"
        raise NotFound(msg)
    return actor.subject
