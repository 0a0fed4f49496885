"""Staff hide a review for one of the reasons that there are, and the writer is told which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import at_work, reviews
from yaksok.journeys.reviews import WHY
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.mall.accounts import credentials
from yaksok.mall.reviews import book
from yaksok.mall.reviews.book import Review
from yaksok.mall.reviews.words import FOR_STAFF, Hidden
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event
from yaksok.privacy.post import outbox
from yaksok.privacy.post.letters import Template
from yaksok.privacy.vault import gate

KEEPERS = frozenset({Role.CLERK, Role.OFFICER})
PATH = "/my/reviews"
AT_ONCE = 50
"""Reviews of one list."""

NO_REASON = Text(ko="가리는 까닭을 하나 고릅니다.", en="Choose a reason.")


@dataclass(frozen=True, slots=True)
class Listed:
    """A review as staff see it: what everybody sees, and whether it is hidden and was changed since.

    ``again``: it was written where one was hidden before, and waits to be shown or hidden.
    """

    id: UUID
    product_slug: str
    stars: int
    words: str
    written_at: datetime
    why_hidden: str
    changed_since: bool
    again: bool


def reasons(language: Language) -> tuple[tuple[str, str], ...]:
    """Every reason for which a review is hidden, as a value and in words."""
    return tuple((why.value, WHY[why].in_(language)) for why in FOR_STAFF)


def newest(actor: Actor, *, hidden: bool, language: Language) -> tuple[Listed, ...]:
    """The newest reviews of all goods, those that are hidden or those that are not, with their words.

    Refuses:
        Refused: the role has no part in it (P7.13), or has no current training (P7.14).

    Records:
        Event.VAULT_ITEMS_OPENED for each, in the trail of its writer.
    """
    _must_keep(actor)
    with keeper():
        found = book.newest(hidden=hidden, limit=AT_ONCE)
        opened = _opened(found, actor)
    return tuple(_listed(one, opened, language) for one in found)


@retrying
def hide(actor: Actor, review: UUID, why: str, *, language: Language) -> bool:
    """Let nobody read a review; the writer is written to. False when it was hidden before.

    Arguments:
        why: One of ``FOR_STAFF``, as it was posted. That somebody does not like the goods is none.

    Raises:
        Invalid: no such reason.
        NotFound: there is no such review (any more).

    Refuses:
        Refused: the role has no part in it (P7.13).

    Records:
        Event.REVIEWS_REVIEW_HIDDEN with the reason.
    """
    _must_keep(actor)
    if why not in FOR_STAFF:
        raise Invalid({"why": NO_REASON.in_(language)})
    with keeper():
        found = book.lock(review)
        if found.hidden not in {None, Hidden.AGAIN}:
            return False
        book.hide(found, Hidden(why), at=clock.now())
        _write(Event.REVIEWS_REVIEW_HIDDEN, actor, found, why)
        _tell(found, Hidden(why))
    return True


@retrying
def show(actor: Actor, review: UUID) -> bool:
    """Let everybody read a hidden review again. False when it was not hidden.

    Raises, refuses like :func:`hide`.

    Records:
        Event.REVIEWS_REVIEW_SHOWN.
    """
    _must_keep(actor)
    with keeper():
        found = book.lock(review)
        if found.hidden is None:
            return False
        book.show(found)
        _write(Event.REVIEWS_REVIEW_SHOWN, actor, found, found.hidden.value)
    return True


def _opened(found: Sequence[Review], actor: Actor) -> dict[gate.Name, str]:
    """The words; not of somebody who stopped the use of their data, and who stops no list by that."""
    kind, purpose = RecordKind.REVIEW, Purpose.MEMBER_SERVICE
    subjects = {one.subject for one in found}
    sifted = gate.sift(subjects, [Item.BODY], kind=kind, purpose=purpose, actor=actor)
    names = [(one.subject, one.record) for one in found if one.subject in sifted.permitted]
    opened = gate.open_many(
        names, [Item.BODY], kind=kind, purpose=purpose, actor=actor, reason="review_desk"
    )
    return {name: values[Item.BODY].reveal() for name, values in opened.items()}


def _listed(one: Review, words: dict[gate.Name, str], language: Language) -> Listed:
    changed = bool(one.hidden_at and one.edited_at and one.edited_at > one.hidden_at)
    return Listed(
        one.id,
        one.product_slug,
        one.stars,
        words.get((one.subject, one.record), ""),
        one.written_at,
        WHY[one.hidden].in_(language) if one.hidden else "",
        changed,
        one.hidden is Hidden.AGAIN,
    )


def _tell(review: Review, why: Hidden) -> None:
    """Note the letter; not to somebody who left between the list and the button."""
    if not credentials.lock(review.subject) or not policy().having(
        RecordKind.MEMBERSHIP, [Item.EMAIL]
    ):
        return
    held = gate.holdings(review.subject)
    record = next(one.record for one in held if one.kind is RecordKind.MEMBERSHIP)
    outbox.note(
        review.subject,
        Template.REVIEW_HIDDEN,
        kind=RecordKind.MEMBERSHIP,
        record=record,
        language=review.language,
        context={"why": WHY[why].in_(review.language), "path": PATH},
    )


def _write(event: Event, actor: Actor, review: Review, why: str) -> None:
    log.record(
        event,
        actor=actor,
        trail=gate.trail_of(review.subject),
        kinds=[RecordKind.REVIEW],
        purpose=Purpose.MEMBER_SERVICE,
        promise="P1.4",
        reason=why,
    )


def _must_keep(actor: Actor) -> None:
    at_work.trained(actor, KEEPERS, "look after reviews")
    if not reviews.offered():
        msg = "there are no reviews under the policy in force"
        raise NotFound(msg)
