"""What people ask about their own data: the cast's guest orders, and requests at the desk."""

from dataclasses import dataclass
from uuid import uuid4

from tests.cast import people, trades
from tests.cast.people import Colleague, Member, Person
from yaksok.database.roles import keeper
from yaksok.journeys import rights_ask, rights_desk
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import OrderId, SubjectId, new_id, new_order_number, new_subject_id
from yaksok.mall.accounts.verifiers import verifier_of
from yaksok.mall.orders import placing
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.shipping import parcels
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.post import tokens
from yaksok.privacy.post.letters_rights import RIGHTS
from yaksok.privacy.post.models import Letter
from yaksok.privacy.rights.register import Request
from yaksok.privacy.rights.words import Kind
from yaksok.privacy.vault import gate

KO = Language.KOREAN
SECRET = "a quiet river bend"
HERE = "198.51.100.7"


@dataclass(frozen=True, slots=True)
class GuestOrder:
    """An order of somebody without an account, and what payer and recipient know."""

    payer: Person
    recipient: Person
    order: Order
    tracking: str

    @property
    def guest(self) -> Actor:
        """Who pays, acting."""
        return Actor.guest(self.order.subject)

    @property
    def digits(self) -> str:
        """The last digits of the phone that the parcel goes to."""
        return self.recipient.phone[-4:]


def guest_order(state: OrderState = OrderState.PAID) -> GuestOrder:
    """An order of a guest that stands at ``state``; from DISPATCHING on a parcel is on its way."""
    payer, recipient = people.person(), people.recipient()
    buyer, other = new_subject_id(), new_subject_id()
    with keeper():
        paying = gate.seal(
            buyer,
            RecordKind.ORDER_PAYER,
            {Item.NAME: payer.name, Item.PHONE: payer.phone, Item.EMAIL: payer.email},
            purpose=Purpose.ORDER,
            actor=Actor.guest(buyer),
            receipt=trades.told(buyer),
        )
        receiving = gate.seal(
            other,
            RecordKind.ORDER_RECIPIENT,
            {
                Item.NAME: recipient.name,
                Item.PHONE: recipient.phone,
                Item.POSTCODE: recipient.postcode,
                Item.ADDRESS: recipient.address,
            },
            purpose=Purpose.ORDER,
            actor=Actor.system("check_out"),
            receipt=trades.told(other),
        )
        order = OrderId(new_id())
        placing.write(
            placing.NewOrder(
                subject=buyer,
                id=order,
                number=new_order_number(),
                recipient=other,
                payer_record=paying,
                recipient_record=receiving,
                member=False,
                language=KO,
                goods_total=18_000,
                shipping_fee=3_000,
                lines=[
                    placing.NewLine(
                        variant=uuid4(),
                        product_slug="white-cup",
                        name={KO: "백자 찻잔", Language.ENGLISH: "White porcelain cup"},
                        option={KO: "", Language.ENGLISH: ""},
                        unit_price=18_000,
                        quantity=1,
                        weight_g=300,
                    )
                ],
                verifier=verifier_of(SECRET),
            )
        )
    found = trades.stands_at(buyer, order, state)
    return GuestOrder(payer, recipient, found, parcel_of(found))


def parcel_of(order: Order) -> str:
    """The courier's number of the parcel of ``order``, which the courier has from now on."""
    number = f"6{uuid4().int % 10**11:011d}"
    with keeper():
        parcels.open_for(order.subject, order.id)
        parcels.handed(order.subject, order.id, number)
    return number


def words(kind: Kind, text: str = "고쳐 주세요") -> dict[str, str]:
    """What a person posts who asks in their own words."""
    return {"kind": kind.value, "body": text, "notice": rights_ask.begin(KO).notice.hash}


def objection(text: str = "") -> dict[str, str]:
    """What a person posts who objects."""
    return {"body": text, "notice": rights_ask.begin(KO).notice.hash}


def called(who: Colleague, kind: Kind, member: Member | None = None, /, **other: str) -> Request:
    """A request that came by phone; the caller shows who they are if they are ``member``."""
    said = {}
    if member is not None:
        said = {"said_login_id": member.person.login_id, "said_email": member.person.email}
    posted = {
        "kind": kind.value,
        "way": "phone",
        "language": "ko",
        "body": "전화로 말씀하신 것",
        "notice": rights_desk.begin(who.actor, KO).notice.hash,
        **said,
        **other,
    }
    return rights_desk.take(who.actor, posted, language=KO)


def link_of(bought: GuestOrder) -> str:
    """The secret of the last letter with a link."""
    return link_of_subject(bought.order.subject)


def link_of_subject(subject: SubjectId) -> str:
    """The secret of the last letter with a link, which went to ``subject``."""
    with keeper():
        letter = Letter.objects.filter(template="rights_link").order_by("id").last()
        assert letter
        assert letter.subject_id == subject
        return tokens.token_of(subject, letter.id, RIGHTS)
