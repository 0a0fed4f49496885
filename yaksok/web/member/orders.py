"""The member's orders: a list, and each with what was given for it, masked."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.journeys import my_orders
from yaksok.kernel.ids import OrderId
from yaksok.policy.vocabulary import RecordKind
from yaksok.web import wording
from yaksok.web.admission import members_only
from yaksok.web.member.entering import person_of
from yaksok.web.session import PersonRequest


@require_safe
@members_only
def orders(request: PersonRequest) -> HttpResponse:
    """The list, newest first."""
    found = my_orders.orders(person_of(request).actor)
    return render(request, "member/orders.html", {"here": "orders", "orders": found})


@require_safe
@members_only
def order(request: PersonRequest, order_id: UUID) -> HttpResponse:
    """One order; somebody else's is not found, like one that never was."""
    found = my_orders.order(person_of(request).actor, OrderId(order_id))
    shown = {
        "here": "orders",
        "order": found,
        "recipient": wording.masks(found.recipient_masked, RecordKind.ORDER_RECIPIENT),
        "payer": wording.masks(found.payer_masked, RecordKind.ORDER_PAYER),
    }
    return render(request, "member/order.html", shown)
