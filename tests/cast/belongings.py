"""Whatever a member can leave behind, each planted in a line: for tests of what becomes of all of it.

A new thing that the mall keeps about a member is one more function in :data:`EVERYTHING`.
"""

from collections.abc import Callable, Mapping
from uuid import UUID, uuid4

from django.db import connection

from tests.cast import asking, people, trades
from tests.cast.people import Member
from yaksok.database.roles import keeper
from yaksok.journeys import correct, coupon_desk, coupons, reviews, terms_cases
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import new_subject_id
from yaksok.mall.orders import finding
from yaksok.mall.orders.finding import Order
from yaksok.mall.orders.states import OrderState
from yaksok.mall.payments import book
from yaksok.mall.payments.book import PaymentState
from yaksok.mall.promotions import book as promotions
from yaksok.mall.waiting import book as waits
from yaksok.policy.in_force import policy
from yaksok.policy.notice import notice
from yaksok.policy.vocabulary import FormName, Language
from yaksok.privacy.retention import cases
from yaksok.privacy.retention.cases import Ground

KOREAN = Language.KOREAN


def officer() -> Actor:
    """One of the officers."""
    return Actor(Role.OFFICER, new_subject_id(), trained=True)


def delivered_order(member: Member) -> Order:
    """An order whose parcel came."""
    return trades.order_of(member, OrderState.DELIVERED)


def open_order(member: Member) -> Order:
    """An order whose parcel is on its way."""
    order = trades.order_of(member, OrderState.SHIPPED)
    with keeper():
        book.add(order.subject, order.id, order.total)
    return order


def pending_refund(member: Member) -> Order:
    """A cancelled order whose money is on its way back."""
    order = trades.order_of(member, OrderState.PAID)
    with keeper():
        book.add(order.subject, order.id, order.total)
        (payment,) = book.of_order(order.subject, order.id)
        book.change(payment, PaymentState.CANCELLING)
    return trades.stands_at(order.subject, order.id, OrderState.CANCELLED)


def refunded(order: Order) -> None:
    """The money of ``order`` is back."""
    with keeper():
        for payment in book.of_order(order.subject, order.id):
            book.change(payment, PaymentState.CANCELLED)


def log_ins(member: Member) -> None:
    """A session, and the record of the log-in."""
    member.logs_in()


def address_book(member: Member) -> None:
    """An address, a name and a phone number to fill in forms with."""
    member.agrees("prefill")
    fields = {
        "name": member.person.name,
        "book_name": member.person.name,
        "book_phone": member.person.phone,
        "book_postcode": member.person.postcode,
        "book_address": member.person.address,
    }
    correct.correct(member.actor, fields, stepped_up=True, language=KOREAN)


def wait_for_goods(member: Member) -> None:
    """Goods that they wait for."""
    with keeper():
        waits.add(waits.Wait(member.subject, uuid4(), KOREAN))


def open_inquiry(member: Member) -> None:
    """A question that nobody answered."""
    asking.asks(member.actor)


def answered_inquiry(member: Member) -> None:
    """A question that was answered."""
    asking.answers(people.clerk().actor, asking.asks(member.actor).ticket)


def terms_case(member: Member) -> None:
    """A case about the membership, in which the member explained."""
    by = officer()
    key = terms_cases.warn(member.person.login_id, Ground.UNPAID_DEBT, actor=by, language=KOREAN)
    for _ in range(terms_cases.REPEATS):
        terms_cases.repeated(key, actor=by)
    terms_cases.give_notice(key, actor=by)
    shown = terms_cases.mine(member.actor, KOREAN)
    assert shown
    fields = {"body": "보냈습니다.", "notice": shown.notice.hash}
    terms_cases.explain(fields, actor=member.actor, language=KOREAN)
    with keeper():
        assert cases.of(member.subject)[0].explanation


def coupons_of(member: Member) -> None:
    """Two coupons: one that an order used, and one in the box."""
    order = trades.order_of(member, OrderState.DELIVERED)
    today = clock.now().astimezone(clock.SEOUL).date().isoformat()
    form = {"name_ko": "쿠폰", "name_en": "Coupon", "worth": "amount", "amount": "1000"}
    form |= {"starts_on": today, "ends_on": today, "number": "9"}
    for _ in range(2):
        code = people.mark().upper()
        coupon_desk.make(officer(), form | {"code": code}, language=KOREAN)
        coupons.take(member.actor, code, language=KOREAN)
    with keeper():
        used = promotions.of(member.subject)[0].coupon
        promotions.use(member.subject, used.id, order.id)


def review(member: Member) -> None:
    """A review of goods that came."""
    order = trades.order_of(member, OrderState.DELIVERED)
    with keeper():
        (line, *_) = finding.lines_of(order.subject, order.id)
    told = notice(policy(), FormName.REVIEW, KOREAN).hash
    fields = {"body": "잘 받았어요.", "stars": "5", "notice": told}
    reviews.write(member.actor, order.id, line.variant, fields, language=KOREAN)


EVERYTHING: Mapping[str, Callable[[Member], object]] = {
    "an address book": address_book,
    "an answered inquiry": answered_inquiry,
    "an open inquiry": open_inquiry,
    "an order that came": delivered_order,
    "an order under way": open_order,
    "a case about the membership": terms_case,
    "a review": review,
    "coupons": coupons_of,
    "a refund under way": pending_refund,
    "goods to wait for": wait_for_goods,
    "log-ins": log_ins,
}
"""By name, what puts one of them there."""


def tables_naming(one: UUID) -> dict[str, int]:
    """How many rows of each table of the database hold this id, in whatever column. Asks no app."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, c.relname, array_agg(a.attname::text) FROM pg_attribute a"
            " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE a.atttypid = 'uuid'::regtype AND c.relkind IN ('r', 'p') AND NOT a.attisdropped"
            " AND n.nspname !~ '^pg_' GROUP BY 1, 2"
        )
        found = {}
        for schema, table, columns in cursor.fetchall():
            where = " OR ".join(f"{column} = %s" for column in columns)
            cursor.execute(
                f"SELECT count(*) FROM {schema}.{table} WHERE {where}",
                [one] * len(columns),
            )
            (count,) = cursor.fetchone()
            if count:
                found[str(table)] = int(count)
        return found
