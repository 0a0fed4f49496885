"""Reviews (구매 후기): a member says what they think of goods that they received, for everybody to read.

A convenience by name (P1.4), while the policy in force offers it. The words are the person's: sealed
under a key of their own, read by everybody because the writer published them, changed and deleted by
the writer at once, and gone with the person. Nothing that says who wrote them is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import OrderId, RecordId, SubjectId
from yaksok.mall.accounts import credentials
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Line
from yaksok.mall.orders.states import OrderState
from yaksok.mall.reviews import book
from yaksok.mall.reviews.book import Review
from yaksok.mall.reviews.contact import names_contact
from yaksok.mall.reviews.words import Hidden
from yaksok.policy import forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import FormName, Item, Language, Purpose, RecordKind, Service
from yaksok.privacy.consent import ledger
from yaksok.privacy.retention import destroying
from yaksok.privacy.vault import gate

KIND, WORDS = RecordKind.REVIEW, frozenset({Item.BODY})
ALSO = frozenset({"notice", "stars"})
"""Names on the form that carry nothing personal."""

NO_STARS = Text(ko="별점을 하나 골라 주세요.", en="Choose how many stars.")
CONTACT = Text(
    ko="전화번호나 이메일처럼 보이는 글이 있어 올리지 않았어요. 누구나 읽는 글이니 빼고 다시 눌러 주세요.",
    en="It holds what looks like a telephone number or an e-mail address. Everybody can read it, so"
    " leave that out and send it again.",
)
WHY: Mapping[Hidden, Text] = {
    Hidden.AGAIN: Text(
        ko="전에 가린 후기를 새로 쓰신 것이라 직원이 먼저 살펴보는 중",
        en="one was hidden here before, so staff look at the new one first",
    ),
    Hidden.ABUSE: Text(ko="욕설이나 비방", en="insults or abuse"),
    Hidden.ADVERTISING: Text(ko="다른 상품이나 서비스의 광고", en="advertising of something else"),
    Hidden.OTHER_GOODS: Text(ko="이 상품과 관계없는 내용", en="not about these goods"),
    Hidden.PERSONAL: Text(
        ko="누구인지 알 수 있는 정보나 연락처", en="it says who somebody is, or how to reach them"
    ),
    Hidden.RIGHTS: Text(ko="다른 사람의 저작물", en="the work of somebody else"),
}
"""Why a review was hidden, in words. There is no other reason."""


@dataclass(frozen=True, slots=True)
class Bought:
    """A line of an order that the member may review."""

    order: OrderId
    variant: UUID
    product_slug: str
    name: str
    option: str
    delivered_at: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    """A review of the member's own. ``why_hidden`` is "" while everybody may read it."""

    id: UUID
    order: OrderId
    variant: UUID
    product_slug: str
    name: str
    stars: int
    words: str
    written_at: datetime
    edited_at: datetime | None
    why_hidden: str


@dataclass(frozen=True, slots=True)
class Own:
    """What the member can review, and what they wrote, both newest first."""

    to_write: tuple[Bought, ...]
    written: tuple[Mine, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """The form, the notice beside it, the goods it is about, and what is there already."""

    form: forms.Form
    notice: Notice
    bought: Bought
    review: Mine | None


def offered() -> bool:
    """Whether the policy in force names the service, and has a form for it."""
    body = policy().document.body
    service = body.services.get(Service.REVIEWS)
    named = service is not None and service.purpose is Purpose.MEMBER_SERVICE
    return named and KIND in body.records and FormName.REVIEW in body.forms


def mine(actor: Actor, language: Language) -> Own:
    """What the member can review and what they wrote, with the words.

    Raises:
        NotFound: somebody else than a member asks, or the service is not offered.

    Records:
        Event.VAULT_ITEMS_OPENED for each review.
    """
    subject = _who(actor)
    with keeper():
        lines = _lines(subject)
        written = book.of(subject)
        words = _own_words(written, actor)
    names = {(one.order, one.variant): _bought(one, at, language) for one, at in lines}
    done = {(one.order, one.variant) for one in written}
    return Own(
        tuple(bought for key, bought in names.items() if key not in done),
        tuple(_mine(one, words, names, language) for one in written),
    )


def begin(actor: Actor, order: UUID, variant: UUID, *, language: Language) -> Writing:
    """The form for one line of a delivered order; filled when the member reviewed it before.

    Raises:
        NotFound: the member received no such thing.
    """
    own = mine(actor, language)
    review = next((m for m in own.written if (m.order, m.variant) == (order, variant)), None)
    with keeper():
        line, at = _line(_who(actor), OrderId(order), variant)
    return Writing(
        forms.form(policy(), FormName.REVIEW),
        notice(policy(), FormName.REVIEW, language),
        _bought(line, at, language),
        review,
    )


@retrying
def write(
    actor: Actor, order: UUID, variant: UUID, posted: Mapping[str, str], *, language: Language
) -> UUID:
    """Publish a review of one line of a delivered order, or change the one that is there; its id.

    A review that staff hid stays hidden when it is changed, until they have looked again. One that is
    written in the place of a hidden one which the writer deleted waits for them as well.

    Arguments:
        posted: The form's fields, ``notice`` (the hash that was shown, P3.6), and ``stars``, 1 to 5.

    Raises:
        Undeclared: a field that the policy does not declare (P1.5).
        Invalid: what the person can do, by field. Words with a resident registration number, a
            telephone number or an e-mail address are not taken (P2.5).
        NotFound: the member received no such thing, or has left.

    Refuses:
        Refused: the policy does not let this member give it (P9.2, P1.10).

    Records:
        Event.VAULT_RECORD_SEALED or Event.VAULT_RECORD_AMENDED.
    """
    subject = _who(actor)
    told = notice(policy(), FormName.REVIEW, language)
    words, stars = _read(posted, told, language)
    with keeper():
        told.must_be_of(policy(), language)
        credentials.must_lock(subject)
        line, _ = _line(subject, OrderId(order), variant)
        known = book.at_line(subject, line.order, variant)
        if known is not None:
            gate.amend(
                subject,
                KIND,
                {Item.BODY: words},
                purpose=Purpose.RIGHTS,
                actor=actor,
                record=known.record,
            )
            book.edited(known, stars, at=clock.now())
            return known.id
        record = gate.seal(
            subject,
            KIND,
            {Item.BODY: words},
            purpose=Purpose.MEMBER_SERVICE,
            actor=actor,
            receipt=ledger.receive(
                subject,
                given={},
                notice=told.hash,
                policy_version=told.version,
                language=language,
            ),
        )
        review = _new(subject, line, record, stars, language)
        book.add(review)
    return review.id


def waits(actor: Actor, review: UUID) -> bool:
    """Whether nobody reads a review of the member's own before staff have looked at it."""
    subject = _who(actor)
    with keeper():
        return any(one.hidden is not None for one in book.of(subject) if one.id == review)


@retrying
def delete(actor: Actor, review: UUID) -> None:
    """Delete a review of the member's own: words, stars and all, at once.

    Of one that was hidden it stays known, until staff show a new one or the member leaves, that a new one
    of the same purchase is looked at first.

    Raises:
        NotFound: the member wrote no such review.

    Records:
        Event.VAULT_RECORD_ERASED.
    """
    subject = _who(actor)
    with keeper():
        found = book.lock(review, subject)
        destroying.destroy(
            subject,
            {found.record: KIND},
            actor=actor,
            purpose=Purpose.RIGHTS,
            reason="review_deleted",
        )


def _new(
    subject: SubjectId, line: Line, record: RecordId, stars: int, language: Language
) -> Review:
    """A review that is read at once; where one was hidden before, only after staff looked at it."""
    now = clock.now()
    again = book.was_hidden(subject, line.order, line.variant)
    return Review(
        subject,
        book.new_review_id(),
        line.order,
        line.variant,
        line.product_slug,
        record,
        language,
        stars,
        now,
        hidden_at=now if again else None,
        hidden=Hidden.AGAIN if again else None,
    )


def _read(posted: Mapping[str, str], told: Notice, language: Language) -> tuple[str, int]:
    """The words and the stars that were posted."""
    shown = forms.form(policy(), FormName.REVIEW)
    problems: dict[str, str] = {}
    values: Mapping[str, str] = {}
    try:
        values = forms.read(shown, posted, language, also=ALSO)
    except Invalid as invalid:
        problems = dict(invalid.problems)
    field = next(name for name, item in shown.of(KIND).items() if item is Item.BODY)
    if names_contact(values.get(field, "")):
        problems[field] = CONTACT.in_(language)
    if posted.get("stars", "") not in {str(n) for n in book.STARS}:
        problems["stars"] = NO_STARS.in_(language)
    if problems:
        raise Invalid(problems)
    if posted.get("notice", "") != told.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    return values[field], int(posted["stars"])


def _lines(subject: SubjectId) -> list[tuple[Line, datetime]]:
    """Lines of orders that reached ``subject``, the newest order first, and when."""
    orders = {
        one.id: one
        for one in finding.of_subject(subject)
        if one.member and one.state is OrderState.DELIVERED
    }
    lines = finding.lines_at([(subject, order) for order in orders])
    return [
        (line, one.delivered_at or one.changed_at)
        for key, one in orders.items()
        for line in lines.get(key, ())
    ]


def _line(subject: SubjectId, order: OrderId, variant: UUID) -> tuple[Line, datetime]:
    found = finding.of(subject, order)
    lines = finding.lines_of(subject, order)
    line = next((one for one in lines if one.variant == variant), None)
    if line is None or not found.member or found.state is not OrderState.DELIVERED:
        msg = "nothing that can be reviewed"
        raise NotFound(msg)
    return line, found.delivered_at or found.changed_at


def _own_words(written: Iterable[Review], actor: Actor) -> Mapping[gate.Name, str]:
    names = [(one.subject, one.record) for one in written]
    opened = gate.open_many(
        names, WORDS, kind=KIND, purpose=Purpose.RIGHTS, actor=actor, reason="own_reviews"
    )
    return {name: values[Item.BODY].reveal() for name, values in opened.items()}


def _bought(line: Line, at: datetime, language: Language) -> Bought:
    return Bought(
        line.order,
        line.variant,
        line.product_slug,
        line.name[language],
        line.option[language],
        at,
    )


def _mine(
    one: Review,
    words: Mapping[gate.Name, str],
    names: Mapping[tuple[OrderId, UUID], Bought],
    language: Language,
) -> Mine:
    bought = names.get((one.order, one.variant))
    return Mine(
        one.id,
        one.order,
        one.variant,
        one.product_slug,
        bought.name if bought else one.product_slug,
        one.stars,
        words.get((one.subject, one.record), ""),
        one.written_at,
        one.edited_at,
        WHY[one.hidden].in_(language) if one.hidden else "",
    )


def _who(actor: Actor) -> SubjectId:
    if actor.role is not Role.MEMBER or actor.subject is None or not offered():
        msg = "only members write reviews, while the policy offers it"
        raise NotFound(msg)
    return actor.subject
