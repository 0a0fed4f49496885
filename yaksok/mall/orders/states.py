"""Where an order can stand, and from where to where it may go."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class OrderState(StrEnum):
    """Where an order stands."""

    AWAITING_PAYMENT = "awaiting_payment"
    """Placed, stock set aside, not paid. Can be paid until it expires."""
    CANCELLED = "cancelled"
    """Ended unpaid, or its money goes back."""
    CONFIRMING = "confirming"
    """The provider was or is being asked to take the money; only its answer ends this."""
    DELIVERED = "delivered"
    DISPATCHING = "dispatching"
    """The courier was or is being told."""
    EXPIRED = "expired"
    """Nobody paid in time; what was set aside is for others again."""
    PAID = "paid"
    REFUSED = "refused"
    """Approved too late: the goods were gone, so the money was not taken or goes back."""
    SHIPPED = "shipped"


LEGAL: Mapping[OrderState, frozenset[OrderState]] = MappingProxyType(
    {
        OrderState.AWAITING_PAYMENT: frozenset(
            {OrderState.CANCELLED, OrderState.CONFIRMING, OrderState.EXPIRED}
        ),
        OrderState.CANCELLED: frozenset(),
        OrderState.CONFIRMING: frozenset(
            {OrderState.AWAITING_PAYMENT, OrderState.EXPIRED, OrderState.PAID, OrderState.REFUSED}
        ),
        OrderState.DELIVERED: frozenset(),
        OrderState.DISPATCHING: frozenset({OrderState.PAID, OrderState.SHIPPED}),
        OrderState.EXPIRED: frozenset({OrderState.CONFIRMING, OrderState.REFUSED}),
        OrderState.PAID: frozenset({OrderState.CANCELLED, OrderState.DISPATCHING}),
        OrderState.REFUSED: frozenset(),
        OrderState.SHIPPED: frozenset({OrderState.DELIVERED}),
    }
)
"""From each state, where an order may go next. What is not here does not happen."""

BOUGHT = frozenset(
    {OrderState.PAID, OrderState.DISPATCHING, OrderState.SHIPPED, OrderState.DELIVERED}
)
"""The money is here."""

OVER = frozenset({OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REFUSED})
"""Nothing was bought."""
