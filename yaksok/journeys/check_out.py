"""From a basket to an order that waits for its payment.

The form is the policy's (P1.5, P2.1), the notice was read before (P3.6), and everything that is written
is written in one transaction: goods set aside, records sealed, order and payment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID, uuid4

from yaksok.database.roles import keeper
from yaksok.journeys import basket as baskets
from yaksok.journeys import coupons, payment_window, safe_numbers
from yaksok.journeys.basket import Basket
from yaksok.journeys.placing_order import Plan, field_of, place_in_one, superseded
from yaksok.journeys.questions import Question
from yaksok.journeys.repeating import Again, again
from yaksok.journeys.terms_limits import must_not_be_limited
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Busy, Invalid, Refused
from yaksok.kernel.money import shown as money
from yaksok.mall.accounts.verifiers import verifier_of
from yaksok.mall.catalogue.stock import SoldOut
from yaksok.mall.orders.states import OrderState
from yaksok.policy import forms
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.notice import NOTICE_CHANGED, Notice, notice
from yaksok.policy.vocabulary import AgeClass, FormName, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.guardians.age import GuardianNeeded
from yaksok.privacy.vault import gate

ALSO = frozenset({"attempt", coupons.FIELD, "lines", "notice", "total"})
"""Names on the form that carry nothing personal."""

FORMS = {
    Role.GUARDIAN: FormName.CHECKOUT_GUARDIAN,
    Role.MEMBER: FormName.CHECKOUT_MEMBER,
}
"""Which form somebody fills in; everybody else that of guests."""

NOTHING = Text(
    ko="주문할 상품이 없어요. 상품을 먼저 담아 주세요.",
    en="There is nothing to order. Put goods in first.",
)
NO_CHARGE = Text(
    ko="낼 금액이 없는 주문은 받지 못해요. 다른 상품을 함께 담아 주세요.",
    en="An order that costs nothing cannot be taken. Add another product.",
)
GONE = Text(
    ko="{name}: 그사이 다 팔렸어요. 이 상품을 빼거나 다른 상품을 골라 주세요.",
    en="{name}: sold out in the meantime. Leave it out, or choose something else.",
)
FEWER = Text(
    ko="{name}: 그사이 {left}개만 남았어요. 수량을 줄여 주세요.",
    en="{name}: only {left} left in the meantime. Take fewer.",
)
PRICE_CHANGED = Text(
    ko="그사이 금액이 {total}으로 바뀌었어요. 확인하고 다시 눌러 주세요.",
    en="The total has changed to {total}. Check it, and press again.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the order page shows. ``attempt`` comes back with the form, and makes one order at most.

    ``prefill`` holds plain values of a member's own who stepped up: for the page, and nothing else.
    ``coupons`` are those of the member for this basket, and which one is chosen.
    """

    attempt: UUID
    basket: Basket
    form: forms.Form
    notice: Notice
    prefill: Mapping[str, str]
    coupons: coupons.Offer


@dataclass(frozen=True, slots=True)
class Placed:
    """An order, and where it is paid; no address when it is paid or is being confirmed."""

    order_number: str
    payment_url: str | None
    total: int


def begin(
    lines: Sequence[tuple[object, object]],
    *,
    actor: Actor,
    language: Language,
    stepped_up: bool = False,
    coupon: str = "",
) -> Draft:
    """The order page for ``lines``.

    Arguments:
        stepped_up: Whether the member proved themself again just now. Only then their own data is
            filled in: a stolen session reveals nothing (P8.5).
        coupon: The id of the coupon that was chosen, if the form was sent before.

    Records:
        Event.VAULT_ITEMS_OPENED when something is filled in.
    """
    priced = baskets.price(lines, language)
    name = _form_name(actor)
    shown = _asking(_form(actor), priced.questions)
    prefill = _prefill(actor) if stepped_up and name is FormName.CHECKOUT_MEMBER else {}
    return Draft(
        uuid4(),
        priced,
        shown,
        _notice(policy().hash, name, language, bool(priced.questions)),
        prefill,
        coupons.for_order(actor, priced.goods_total, priced.shipping_fee, language, coupon),
    )


def place(
    attempt: UUID,
    lines: Sequence[tuple[object, object]],
    posted: Mapping[str, str],
    *,
    actor: Actor,
    language: Language,
    stepped_up: bool = False,
) -> Placed:
    """An order for ``lines``, its goods set aside for 15 minutes, and the window where it is paid.

    The same attempt with the same answers gives the same order: a double click, the back button and
    a reload order nothing twice. With other answers it takes the place of the one not paid yet.

    Arguments:
        posted: The form's fields, and with them ``notice`` (the hash that was shown, P3.6) and, if
            the page sends it, ``total`` in won before a discount (so that nobody pays a price they
            have not seen); and ``coupon``, the id of a coupon of the member's.
        stepped_up: Whether the member proved themself again just now. Only then an address that is
            held makes way for another (P8.5).

    Raises:
        Undeclared: a field that the policy does not declare; nothing is stored (P1.5).
        Invalid: what the person can do, by field; "" is the order as a whole (goods that are gone).
        Busy: the provider does not answer. The order is there; the same attempt goes on with it.

    Refuses:
        Refused: the notice was not shown (P3.6), an age is not attested (P9.2), or the membership
            is limited under article 7 of the terms (P3.4).
        GuardianNeeded: a child orders nothing; their guardian does (P9.6).

    Records:
        Event.VAULT_RECORD_SEALED for payer, recipient and each answer.

    Cost:
        Some 25 statements whatever the number of lines, one call to the provider, and for a guest
        one Argon2id verifier.
    """
    must_not_be_limited(actor)
    priced = baskets.price(lines, language)
    name = _form_name(actor)
    shown = _asking(_form(actor), priced.questions)
    values = forms.read(shown, posted, language, also=ALSO)
    told = _must_be_told(posted, name, language, asking=bool(priced.questions))
    coupon = posted.get(coupons.FIELD, "")
    plan = Plan(attempt, actor, language, priced, shown, values, told, stepped_up, coupon)
    trouble = _trouble(plan, posted)
    if trouble is None and (placed := _placed(plan)):
        return placed
    if known := again(plan):
        if placed := _go_on(known):
            return placed
        superseded(known.order, attempt)
        plan = replace(plan, basket=baskets.price(lines, language))
        trouble = _trouble(plan, posted)
    if trouble is not None:
        raise Invalid({"": trouble})
    if placed := _placed(plan):
        return placed
    msg = "the same order is being placed by another request; try again in a moment"
    raise Busy(msg)


def _go_on(known: Again) -> Placed | None:
    """The order that this attempt made before; None when it must make way for another."""
    order = known.order
    if known.differs or order.state in {OrderState.CANCELLED, OrderState.EXPIRED}:
        return None
    url = payment_window.address(order)
    return Placed(order.number, url, order.total)


def _placed(plan: Plan) -> Placed | None:
    """A new order with its window; None when the attempt made one before."""
    verifier = verifier_of(plan.secret) if plan.secret else None
    try:
        order, reference = place_in_one(plan, verifier)
    except SoldOut as gone:
        raise Invalid({"": _gone(plan, gone)}) from None
    if reference is None:
        return None
    names = [line.name for line in plan.basket.lines]
    url = payment_window.open_window(order, reference, names)
    return Placed(order.number, url, order.total)


def _gone(plan: Plan, gone: SoldOut) -> str:
    names = _names(plan.basket)
    said = [
        (FEWER if left else GONE).in_(plan.language).format(name=names.get(variant, ""), left=left)
        for variant, left in gone.left.items()
    ]
    return " ".join(said)


def _names(basket: Basket) -> dict[UUID, str]:
    return {line.variant_id: f"{line.name} {line.option}".strip() for line in basket.lines}


def _form_name(actor: Actor) -> FormName:
    return FORMS.get(actor.role, FormName.CHECKOUT_GUEST)


def _asking(form: forms.Form, questions: Sequence[Question]) -> forms.Form:
    """``form`` with what the goods of this basket ask besides (P2.13)."""
    for question in questions if form.per_product else ():
        form = form.asking(
            field_of(question.product_slug),
            question.label,
            question.reason,
            required=question.required,
            max_length=question.max_length,
        )
    return form


@lru_cache(maxsize=32)
def _notice(document: str, name: FormName, language: Language, asking: bool) -> Notice:  # noqa: ARG001, FBT001 - the key
    return notice(policy(), name, language, asking=asking)


def _must_be_told(
    posted: Mapping[str, str], name: FormName, language: Language, *, asking: bool
) -> Notice:
    told = _notice(policy().hash, name, language, asking)
    given = posted.get("notice", "")
    if not given:
        msg = "refused to take an order: the person was not told the purpose before"
        raise Refused(msg, promise="P3.6")
    if given != told.hash:
        raise Invalid({"": NOTICE_CHANGED.in_(language)})
    return told


def _trouble(plan: Plan, posted: Mapping[str, str]) -> str | None:
    """Why this basket cannot be ordered, as a sentence; None when it can."""
    priced, language = plan.basket, plan.language
    names = _names(priced)
    if priced.problems:
        return " ".join(
            f"{names[problem.variant_id]}: {problem.text}"
            if problem.variant_id in names
            else problem.text
            for problem in priced.problems
        )
    if not priced.lines:
        return NOTHING.in_(language)
    if priced.total <= 0:
        return NO_CHARGE.in_(language)
    if posted.get("total", str(priced.total)) != str(priced.total):
        return PRICE_CHANGED.in_(language).format(total=money(priced.total, language.value))
    return None


def _form(actor: Actor) -> forms.Form:
    """The order form; a member's has only what they agreed to give (P1.9). A child has none (P9.6)."""
    name = _form_name(actor)
    if actor.subject is None or name is not FormName.CHECKOUT_MEMBER:
        return safe_numbers.asked(forms.form(policy(), name))
    with keeper():
        facts = ledger.standing(actor.subject)
    if facts.age is AgeClass.CHILD:
        raise GuardianNeeded
    return safe_numbers.asked(forms.for_person(policy(), name, facts))


def _prefill(actor: Actor) -> dict[str, str]:
    if actor.subject is None:
        return {}
    form = _form(actor)
    sources = {
        RecordKind.ORDER_PAYER: (RecordKind.MEMBERSHIP, {Item.NAME, Item.PHONE, Item.EMAIL}),
        RecordKind.ORDER_RECIPIENT: (
            RecordKind.ADDRESS_BOOK,
            {Item.NAME, Item.PHONE, Item.POSTCODE, Item.ADDRESS},
        ),
    }
    filled: dict[str, str] = {}
    with keeper():
        held = {record.kind for record in gate.holdings(actor.subject)}
        facts = ledger.standing(actor.subject)
        for kind, (source, wanted) in sources.items():
            declared = policy().items.get(source, frozenset()) & wanted
            items = {i for i in declared if forms.is_agreed(policy(), source, i, facts)}
            if source not in held or not items:
                continue
            opened = gate.open_items(
                actor.subject, items, kind=source, purpose=Purpose.ORDER, actor=actor
            )
            fields = form.of(kind).items()
            filled |= {name: opened[item].reveal() for name, item in fields if item in opened}
    return filled
