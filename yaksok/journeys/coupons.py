"""Coupons of a member (쿠폰함): take one by its code, see them, use one with an order.

A convenience by name (P1.4): it exists only while the policy in force offers it. A coupon is used by
one order at a time: two forms that are sent at once wait for each other, and whoever comes second is
told. An order that comes to nothing gives its coupon back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.guard import throttle
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.kernel.ids import OrderId, SubjectId
from yaksok.kernel.money import shown as money
from yaksok.mall.accounts import credentials
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.promotions import book
from yaksok.mall.promotions.book import Coupon, Held, Taking
from yaksok.mall.promotions.worth import Worth
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import AgeClass, Language, Purpose, Service
from yaksok.privacy.consent import ledger

CODE_MAX = 20
"""The longest code, in characters."""

TRIES, TRIES_SECONDS = 20, 3600
"""Codes that one member may try in an hour."""

SCOPE = "coupons:take"
FIELD = "coupon"
"""What the order form calls the coupon."""

SAID: Mapping[Taking, Text] = {
    Taking.ALREADY: Text(
        ko="이미 받은 쿠폰이에요. 아래 쿠폰함에서 볼 수 있어요.",
        en="You have this coupon already. It is in the box below.",
    ),
    Taking.ENDED: Text(
        ko="받을 수 있는 때가 지난 쿠폰이에요.", en="The time to take this coupon is over."
    ),
    Taking.NONE_LEFT: Text(
        ko="준비한 쿠폰이 모두 나갔어요.", en="All of these coupons have been taken."
    ),
    Taking.NOT_YET: Text(
        ko="아직 받을 때가 되지 않은 쿠폰이에요.", en="This coupon cannot be taken yet."
    ),
    Taking.UNKNOWN: Text(
        ko="그런 번호의 쿠폰이 없어요. 글자를 하나씩 다시 봐 주세요.",
        en="There is no coupon with this code. Check it letter by letter.",
    ),
}
NO_CODE = Text(ko="쿠폰 번호를 적어 주세요.", en="Type the code of the coupon.")
OF_AGE = Text(
    ko="쿠폰은 스스로 주문할 수 있는 회원만 받아요.",
    en="Coupons are for members who order for themselves.",
)
NOT_YOURS = Text(
    ko="고르신 쿠폰이 쿠폰함에 없어요. 다시 골라 주세요.",
    en="The coupon that you chose is not in your box. Choose again.",
)
USED = Text(
    ko="고르신 쿠폰은 다른 주문에 쓰고 있어요. 다른 쿠폰을 고르거나 쓰지 않음을 골라 주세요.",
    en="Another order uses this coupon. Choose another one, or none.",
)
WAITS = Text(ko="결제를 기다리는 주문이 쓰고 있어요", en="used by an order that is not paid yet")
OVER = Text(
    ko="고르신 쿠폰은 쓸 수 있는 때가 아니에요. 다른 쿠폰을 고르거나 쓰지 않음을 골라 주세요.",
    en="This coupon cannot be used now. Choose another one, or none.",
)
TOO_LITTLE = Text(
    ko="이 쿠폰은 상품 금액이 {least}부터일 때 쓸 수 있어요.",
    en="This coupon holds for goods from {least}.",
)
NOTHING_LEFT = Text(
    ko="이 쿠폰을 쓰면 낼 금액이 없어져서 쓸 수 없어요. 다른 상품을 함께 담아 주세요.",
    en="With this coupon nothing would be left to pay, so it cannot be used. Add another product.",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A coupon as its holder sees it. ``terms`` says what it is worth and from which sum on."""

    id: UUID
    code: str
    name: str
    worth: str
    terms: str
    until: datetime
    used_at: datetime | None
    not_yet: bool


@dataclass(frozen=True, slots=True)
class Box:
    """The box: what can be used now or soon, what was used, and what nobody can use any more."""

    usable: tuple[Shown, ...]
    used: tuple[Shown, ...]
    expired: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A coupon on the order form: what it takes off, and what is left to pay; or why it cannot be."""

    id: UUID
    name: str
    discount: int
    total: int
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The coupons on the order form, the one that takes off most first, and which one is chosen."""

    choices: tuple[Choice, ...] = ()
    chosen: Choice | None = None


NO_OFFER = Offer()


@dataclass(frozen=True, slots=True)
class Spent:
    """What an order got off, in won, and by which coupon."""

    discount: int = 0
    coupon: UUID | None = None


NOT_SPENT = Spent()


def offered() -> bool:
    """Whether the policy in force names the service."""
    service = policy().document.body.services.get(Service.COUPONS)
    return service is not None and service.purpose is Purpose.MEMBER_SERVICE


def mine(actor: Actor, language: Language) -> Box:
    """The box of the member.

    Raises:
        NotFound: somebody else than a member asks, or the service is not offered.
    """
    subject = _who(actor)
    with keeper():
        held = book.of(subject)
    at = clock.now()
    return Box(
        usable=_shown((one for one in held if one.order is None and _alive(one, at)), language),
        used=_shown((one for one in held if one.order is not None), language),
        expired=_shown(
            (one for one in held if one.order is None and not _alive(one, at)), language
        ),
    )


@retrying
def take(actor: Actor, code: str, *, language: Language) -> None:
    """Put the coupon with ``code`` into the member's box; it is theirs once.

    Raises:
        Invalid: there is no such coupon for this member, and why.
        Throttled: more than twenty codes in an hour: codes are not to be guessed.
        NotFound: the member has left, or the service is not offered.
    """
    subject = _who(actor)
    typed = normal(code)
    if not typed:
        raise Invalid({"code": NO_CODE.in_(language)})
    throttle.spend(SCOPE, subject.hex, limit=TRIES, seconds=TRIES_SECONDS)
    with keeper():
        credentials.must_lock(subject)
        if ledger.standing(subject).age is not AgeClass.ADULT:
            raise Invalid({"code": OF_AGE.in_(language)})
        became = book.take(subject, typed)
    if became is not Taking.TAKEN:
        raise Invalid({"code": SAID[became].in_(language)})


def normal(code: str) -> str:
    """A code as it is kept: capitals without spaces; "" when it cannot be one."""
    typed = "".join(code[: CODE_MAX * 4].split()).upper()
    fits = len(typed) <= CODE_MAX and typed.isascii()
    return typed if fits and typed.replace("-", "").isalnum() else ""


def for_order(
    actor: Actor, goods_total: int, fee: int, language: Language, chosen: str = ""
) -> Offer:
    """The coupons of the member for an order of these sums; none for anybody else.

    Arguments:
        chosen: What the form brought back, if it was sent before.
    """
    if actor.role is not Role.MEMBER or actor.subject is None or not offered():
        return NO_OFFER
    with keeper():
        held = book.of(actor.subject)
        waiting = _unpaid(actor.subject) if any(one.order for one in held) else frozenset()
    at = clock.now()
    choices = [
        _choice(one.coupon, goods_total, fee, language, waits=_waits(one, waiting, chosen))
        for one in held
        if (one.order is None or one.order in waiting) and one.coupon.holds(at)
    ]
    choices.sort(key=lambda one: (bool(one.why_not), -one.discount))
    same = (one for one in choices if str(one.id) == chosen and not one.why_not)
    return Offer(tuple(choices), next(same, None))


def spend(
    subject: SubjectId | None,
    chosen: str,
    order: OrderId,
    *,
    goods_total: int,
    fee: int,
    language: Language,
) -> Spent:
    """What the coupon ``chosen`` takes off ``order``, which uses it from now on.

    Part of the transaction that writes the order.

    Arguments:
        subject: The member who orders; None for everybody else, who have no coupons.
        chosen: The id of a coupon, as it was posted; "" for none.

    Raises:
        Invalid: it is not theirs, another order uses it, or it does not hold for this order.
    """
    if not chosen:
        return NOT_SPENT
    held = book.lock(subject, _id(chosen, language)) if subject and offered() else None
    if subject is None or held is None:
        raise Invalid({FIELD: NOT_YOURS.in_(language)})
    if held.order is not None:
        raise Invalid({FIELD: USED.in_(language)})
    if not held.coupon.holds(clock.now()):
        raise Invalid({FIELD: OVER.in_(language)})
    choice = _choice(held.coupon, goods_total, fee, language)
    if choice.why_not:
        raise Invalid({FIELD: choice.why_not})
    book.use(subject, held.coupon.id, order)
    return Spent(choice.discount, held.coupon.id)


def spend_again(order: Order) -> bool:
    """Whether ``order`` may go on with its coupon: it was given back, and nobody else uses it.

    Of somebody who has left no coupon is there, and none can be used twice: their order goes on.
    """
    if order.coupon is None:
        return True
    held = book.lock(order.subject, order.coupon)
    if held is None or held.order == order.id:
        return True
    if held.order is not None:
        return False
    book.use(order.subject, held.coupon.id, order.id)
    return True


def worth(of: Worth, language: Language) -> str:
    """What a coupon takes off, in words."""
    if of.amount is not None:
        return money(of.amount, language.value)
    return WORTH.in_(language).format(percent=of.percent, cap=money(of.cap or 0, language.value))


def terms(least: int, language: Language) -> str:
    """From which sum of goods on a coupon holds, in words; "" for any."""
    return FROM.in_(language).format(least=money(least, language.value)) if least else ""


WORTH = Text(ko="{percent}% (최대 {cap})", en="{percent}% (at most {cap})")
FROM = Text(ko="상품 금액 {least}부터", en="for goods from {least}")


def _unpaid(subject: SubjectId) -> frozenset[OrderId]:
    """The orders of ``subject`` that can still be paid."""
    orders = finding.of_subject(subject)
    return frozenset(one.id for one in orders if one.state is OrderState.AWAITING_PAYMENT)


def _waits(held: Held, waiting: frozenset[OrderId], chosen: str) -> bool:
    """Whether it is not to be chosen; what was chosen before may make way for itself."""
    return held.order in waiting and str(held.coupon.id) != chosen


def _choice(
    coupon: Coupon, goods_total: int, fee: int, language: Language, *, waits: bool = False
) -> Choice:
    off = coupon.worth.off(goods_total)
    left = goods_total + fee - off
    why_not = WAITS.in_(language) if waits else ""
    if goods_total < coupon.least:
        why_not = TOO_LITTLE.in_(language).format(least=money(coupon.least, language.value))
    elif left <= 0:
        why_not = NOTHING_LEFT.in_(language)
    return Choice(coupon.id, coupon.name[language], off, left, why_not)


def _alive(held: Held, at: datetime) -> bool:
    return at < held.coupon.until_at


def _shown(held: Iterable[Held], language: Language) -> tuple[Shown, ...]:
    at = clock.now()
    return tuple(
        Shown(
            one.coupon.id,
            one.coupon.code,
            one.coupon.name[language],
            worth(one.coupon.worth, language),
            terms(one.coupon.least, language),
            one.coupon.until_at,
            one.used_at,
            at < one.coupon.starts_at,
        )
        for one in held
    )


def _id(typed: str, language: Language) -> UUID:
    try:
        return UUID(typed[:36])
    except ValueError:
        raise Invalid({FIELD: NOT_YOURS.in_(language)}) from None


def _who(actor: Actor) -> SubjectId:
    if actor.role is not Role.MEMBER or actor.subject is None or not offered():
        msg = "only members have coupons, while the policy offers them"
        raise NotFound(msg)
    return actor.subject
