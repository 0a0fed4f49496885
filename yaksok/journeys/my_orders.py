"""A member sees their orders."""

from yaksok.database.roles import keeper
from yaksok.journeys.order_view import OrderView, Summary, summary, view
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import NotFound
from yaksok.kernel.ids import OrderId, SubjectId
from yaksok.mall.orders import finding


def orders(actor: Actor) -> list[Summary]:
    """The member's orders, newest first, 200 at most. Opens nothing. Two statements.

    Raises:
        NotFound: ``actor`` is not a member.
    """
    subject = _member(actor)
    with keeper():
        found = finding.of_subject(subject)
        lines = finding.lines_at([(order.subject, order.id) for order in found])
    return [summary(order, lines[order.id]) for order in found if order.member]


def order(actor: Actor, order_id: OrderId) -> OrderView:
    """One of the member's orders, masked.

    Raises:
        NotFound: the member has no such order; somebody else's looks the same.

    Records:
        Event.VAULT_MASKS_SHOWN for payer and recipient.
    """
    subject = _member(actor)
    with keeper():
        return view(finding.of(subject, order_id), actor=actor, journey="my_orders")


def _member(actor: Actor) -> SubjectId:
    if actor.role is not Role.MEMBER or actor.subject is None:
        msg = "only members have a list of orders"
        raise NotFound(msg)
    return actor.subject
