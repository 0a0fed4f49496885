"""Writes an order and everything that belongs to it, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import coupons, ending
from yaksok.journeys.basket import Basket
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import (
    OrderId,
    RecordId,
    SubjectId,
    new_id,
    new_order_number,
    new_subject_id,
)
from yaksok.mall.accounts import credentials
from yaksok.mall.catalogue import shelf, stock
from yaksok.mall.orders import finding, moving, placing
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.placing import NewLine, NewOrder
from yaksok.mall.orders.states import OrderState
from yaksok.mall.payments import book
from yaksok.policy.entries import Text
from yaksok.policy.forms import SAME_AS_PAYER, Form
from yaksok.policy.in_force import policy
from yaksok.policy.notice import Notice
from yaksok.policy.safe_number import PROVIDER
from yaksok.policy.vocabulary import AgeClass, Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import ledger
from yaksok.privacy.consent.ledger import Answer, Receipt
from yaksok.privacy.vault import gate
from yaksok.privacy.vault.gate import Sealing

SAVE_ADDRESS = "save_address"
PROVE_FIRST = Text(
    ko="주소록에 다른 주소가 있어요. 회원가입/변경에서 비밀번호를 다시 적고 바꾸거나, 이 표시를 지워 주세요.",
    en="Your address book holds another address. Change it on your page after repeating the password,"
    " or untick this.",
)
SECRET = "lookup_secret"  # noqa: S105 - the name of a field
Spoken = dict[Language, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be ordered, by whom, and what they answered. ``values`` go to the gate only.

    ``coupon`` is the id of the coupon that was chosen, as it was posted; "" for none.
    """

    attempt: UUID
    actor: Actor
    language: Language
    basket: Basket
    form: Form
    values: Mapping[str, str]
    told: Notice
    stepped_up: bool = False
    coupon: str = ""

    @property
    def member(self) -> SubjectId | None:
        """Who orders as a member; None for guests."""
        return self.actor.subject if self.actor.role is Role.MEMBER else None

    @property
    def guardian(self) -> SubjectId | None:
        """Who orders for a child, and pays and receives themself (P9.6); None for everybody else."""
        return self.actor.subject if self.actor.role is Role.GUARDIAN else None

    def items(self, kind: RecordKind) -> dict[Item, str]:
        """What was answered for the record ``kind``, but what is kept as a verifier only."""
        fields = self.form.of(kind).items()
        given = {item: self.values[name] for name, item in fields if name in self.values}
        given.pop(Item.PASSWORD, None)
        if self.guardian and kind is RecordKind.ORDER_RECIPIENT:
            payer = self.items(RecordKind.ORDER_PAYER)
            given |= {item: payer[item] for item in (Item.NAME, Item.PHONE) if item in payer}
        return given

    @property
    def for_themself(self) -> bool:
        """Whether the recipient is who pays: they said so, or it is the same name and phone."""
        payer, recipient = (
            self.items(RecordKind.ORDER_PAYER),
            self.items(RecordKind.ORDER_RECIPIENT),
        )
        same = all(payer.get(item) == recipient.get(item) for item in (Item.NAME, Item.PHONE))
        return SAME_AS_PAYER in self.values or same

    @property
    def safe_number(self) -> bool:
        """Whether the courier is to get a safe number instead of the recipient's telephone."""
        return PROVIDER in self.values

    def answer_to(self, slug: str) -> str:
        """What was answered to the question of the product ``slug``; "" if nothing."""
        return self.values.get(field_of(slug), "")

    @property
    def secret(self) -> str:
        """What a guest set to look the order up by; "" for members."""
        return self.values.get(SECRET, "")


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The ids of what was sealed for an order."""

    payer: RecordId
    recipient: RecordId
    extras: Mapping[str, RecordId]


def field_of(slug: str) -> str:
    """How the form calls the answer to the question of the product ``slug``."""
    return f"extra_{slug}"


@retrying
def place_in_one(plan: Plan, verifier: str | None) -> tuple[Order, UUID | None]:
    """The new order and the reference of its payment; no reference when the attempt was used before.

    A guest becomes two fresh subjects, payer and recipient, that nothing links to another order. A
    member pays as themself; if somebody else receives, that is a fresh subject too (decision 0012). A
    guardian who orders for a child pays and receives.

    Raises:
        SoldOut: some goods are gone; nothing is written.
        NotFound: the member left while this was under way; nothing of theirs is kept anew.
        Invalid: another address would take the place of the one that is held, and the password was
            not repeated (P8.5); another order uses the coupon, or it does not hold; or a version took effect meanwhile, of which the person was not told.
            Nothing is written.
    """
    payer = plan.member or plan.guardian or new_subject_id()
    themself = plan.guardian or (plan.member and plan.for_themself)
    recipient = payer if themself else new_subject_id()
    order = OrderId(new_id())
    with keeper():
        plan.told.must_be_of(policy(), plan.language)
        if plan.member:
            credentials.must_lock(plan.member)
        if not placing.claim(plan.attempt, payer, order):
            place = finding.by_attempt(plan.attempt)
            assert place is not None  # noqa: S101 - the row that was in the way
            return finding.of(*place), None
        others = _other_names(plan)
        sealed = _seal(plan, payer, recipient)
        number = new_order_number()
        spent = coupons.spend(
            plan.member,
            plan.coupon,
            order,
            goods_total=plan.basket.goods_total,
            fee=plan.basket.shipping_fee,
            language=plan.language,
        )
        written = placing.write(
            NewOrder(
                subject=payer,
                id=order,
                number=number,
                recipient=recipient,
                payer_record=sealed.payer,
                recipient_record=sealed.recipient,
                member=plan.member is not None,
                language=plan.language,
                goods_total=plan.basket.goods_total,
                shipping_fee=plan.basket.shipping_fee,
                lines=_lines(plan, others, sealed.extras),
                verifier=verifier,
                discount=spent.discount,
                coupon=spent.coupon,
                safe_number=plan.safe_number,
            )
        )
        reference = book.add(payer, order, written.total)
        # Last, because others wait for these rows until the transaction ends.
        stock.reserve([(line.variant_id, line.quantity) for line in plan.basket.lines], order)
        return written, reference


@retrying
def superseded(order: Order, attempt: UUID) -> None:
    """End an unpaid order, because its buyer came back and answered otherwise; free its attempt."""
    with keeper():
        now = moving.lock(order.subject, order.id)
        if now.state is OrderState.AWAITING_PAYMENT:
            stock.release(now.id)
            ending.at_once(moving.move(now, OrderState.CANCELLED))
            placing.disclaim(attempt)
        elif now.state in {OrderState.CANCELLED, OrderState.EXPIRED}:
            placing.disclaim(attempt)


def _seal(plan: Plan, payer: SubjectId, recipient: SubjectId) -> _Sealed:
    actor = plan.actor if plan.member else Actor.guest(payer)
    receipts = _receipts(plan, payer, recipient)
    answered = dict.fromkeys(
        line.product_slug for line in plan.basket.lines if plan.answer_to(line.product_slug)
    )
    sealings = [
        Sealing(payer, RecordKind.ORDER_PAYER, plan.items(RecordKind.ORDER_PAYER), receipts[payer]),
        Sealing(
            recipient,
            RecordKind.ORDER_RECIPIENT,
            plan.items(RecordKind.ORDER_RECIPIENT),
            receipts[recipient],
        ),
    ]
    sealings += [
        Sealing(payer, RecordKind.ORDER_EXTRA, {Item.EXTRA: plan.answer_to(slug)}, receipts[payer])
        for slug in answered
    ]
    ids = gate.seal_all(sealings, purpose=Purpose.ORDER, actor=actor)
    if plan.member and SAVE_ADDRESS in plan.values:
        _save_address(plan, plan.member, receipts[payer])
    return _Sealed(ids[0], ids[1], dict(zip(answered, ids[2:], strict=True)))


def _receipts(plan: Plan, payer: SubjectId, recipient: SubjectId) -> dict[SubjectId, Receipt]:
    attested = {
        box.name: box.name in plan.values
        for box in plan.form.boxes
        if box.attests is Item.AGE_CLASS
    }
    adult = bool(attested) and all(attested.values())
    age = AgeClass.ADULT if adult else AgeClass.UNKNOWN
    subjects = list(dict.fromkeys((payer, recipient)))
    received = ledger.receive_all(
        [Answer(subject, attested, age) for subject in subjects],
        notice=plan.told.hash,
        policy_version=plan.told.version,
        language=plan.language,
    )
    return dict(zip(subjects, received, strict=True))


def _save_address(plan: Plan, member: SubjectId, receipt: Receipt) -> None:
    kind, purpose = RecordKind.ADDRESS_BOOK, Purpose.ORDER
    given = plan.items(RecordKind.ORDER_RECIPIENT)
    values = {item: given[item] for item in policy().having(kind, given)}
    if not any(held.kind is kind for held in gate.holdings(member)):
        gate.seal(member, kind, values, purpose=purpose, actor=plan.actor, receipt=receipt)
        return
    now = gate.open_items(member, list(values), kind=kind, purpose=purpose, actor=plan.actor)
    if {item: value.reveal() for item, value in now.items()} == values:
        return
    if not plan.stepped_up:
        raise Invalid({SAVE_ADDRESS: PROVE_FIRST.in_(plan.language)})
    gate.amend(member, kind, values, purpose=purpose, actor=plan.actor)


def _other_names(plan: Plan) -> dict[UUID, tuple[str, str]]:
    """Names and options of the goods in the language that is not shown."""
    other = next(one for one in Language if one is not plan.language)
    offers = shelf.offers([line.variant_id for line in plan.basket.lines], other)
    return {variant: (offer.name, offer.option) for variant, offer in offers.items()}


def _lines(
    plan: Plan,
    others: Mapping[UUID, tuple[str, str]],
    extras: Mapping[str, RecordId],
) -> list[NewLine]:
    asked = {question.product_slug: question.label for question in plan.basket.questions}
    left = dict(extras)
    lines = []
    for line in plan.basket.lines:
        name, option = others.get(line.variant_id, (line.name, line.option))
        slug = line.product_slug
        extra = left.pop(slug, None)
        lines.append(
            NewLine(
                variant=line.variant_id,
                product_slug=slug,
                name=_both(plan.language, line.name, name),
                option=_both(plan.language, line.option, option),
                unit_price=line.unit_price,
                quantity=line.quantity,
                weight_g=line.weight_g,
                question=asked[slug].as_dict() if extra else None,
                extra=extra,
            )
        )
    return lines


def _both(shown: Language, text: str, other: str) -> Spoken:
    return {language: text if language is shown else other for language in Language}
