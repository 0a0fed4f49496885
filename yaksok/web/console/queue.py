"""The orders to be sent: a dense list, filters, keyboard, and handing over many at once."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from yaksok.journeys import dispatch as sending
from yaksok.journeys import dispatch_queue, undone
from yaksok.journeys.dispatch_queue import AT_WORK, Filter, Queue
from yaksok.journeys.undone import Undone
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import OrderId
from yaksok.mall.orders.states import OrderState
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting, may_dispatch, trained_only
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

DELIVERED = "delivered"
BY_STATE = {
    "": AT_WORK,
    "paid": (OrderState.PAID,),
    "dispatching": (OrderState.DISPATCHING,),
    "shipped": (OrderState.SHIPPED,),
    DELIVERED: (OrderState.DELIVERED,),
}
BY_AGE = {"": None, "1": timedelta(days=1), "2": timedelta(days=2), "3": timedelta(days=3)}
UNDONE = {
    Undone.BROKEN: _("받는 곳에 닿지 않은 정정이나 삭제"),
    Undone.GIVEN_UP: _("택배회사에 넘기지 못하고 그만둔 소포"),
    Undone.NOT_CONFIRMED: _("파일로 넘기고 운송장 번호를 받지 못한 소포"),
    Undone.NOT_GIVEN: _("제공하지 못하고 그만둔 것"),
    Undone.TO_TELEPHONE: _("택배회사에 전화로 알릴 정정이나 삭제"),
}
"""What waits for a person and is done by no clock."""
SEEN_TO = {
    Undone.GIVEN_UP: "console:orders",
    **dict.fromkeys(undone.IN_FILES, "console:sheets"),
}
AT_ONCE = 50
"""Orders that one click may hand over."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@trained_only
@takes(
    Text(ko="보낼 주문", en="Orders to send"),
    many=frozenset({"order"}),
    address=frozenset({"after", "age", "state"}),
)
def orders(request: PersonRequest) -> HttpResponse:
    """The list; a posted selection is handed over, and each order's outcome stands on top."""
    actor = acting(request)
    if actor.role is Role.MARKETER:
        return HttpResponseRedirect(reverse("console:advertising"))
    results: tuple[showing.Said, ...] = ()
    if request.method == "POST":
        chosen = [one for one in map(_uuid, posted(request).every("order")) if one is not None]
        results = showing.results(sending.dispatch(chosen[:AT_ONCE], actor))
    found = dispatch_queue.queue(actor, _filter(request))
    shown = {
        "here": "orders",
        "results": results,
        "rows": showing.rows(found.rows),
        "states": showing.choices(showing.STATES, request.GET.get("state", "")),
        "ages": showing.choices(showing.AGES, request.GET.get("age", "")),
        "may_dispatch": may_dispatch(actor),
        "role_label": showing.role(actor),
        "undone": _undone(actor),
        **_courier(found),
        **_paging(request, found),
    }
    return render(request, "console/orders.html", shown)


@require_safe
@staff_only
def states(request: PersonRequest) -> HttpResponse:
    """Where the orders of the list stand now. Asks for no name, so nothing is shown or recorded."""
    nameless = replace(acting(request), trained=False)
    every = (*AT_WORK, OrderState.DELIVERED)
    found = dispatch_queue.queue(nameless, replace(_filter(request), states=every))
    return JsonResponse(
        {
            one.number: {
                "state": one.state,
                "label": showing.state(one.state),
                "dispatchable": one.dispatchable,
            }
            for one in found.rows
        }
    )


def _filter(request: PersonRequest) -> Filter:
    after = _uuid(request.GET.get("after", ""))
    return Filter(
        states=BY_STATE.get(request.GET.get("state", ""), AT_WORK),
        older_than=BY_AGE.get(request.GET.get("age", "")),
        after=OrderId(after) if after else None,
    )


def _undone(actor: Actor) -> list[dict[str, object]]:
    """What waits for somebody, in words, and where they see to it."""
    return [
        {
            "said": UNDONE[one.what],
            "count": one.count,
            "age": showing.age(one.age),
            "to": reverse(SEEN_TO.get(one.what, "console:sharing")) if one.here else "",
        }
        for one in undone.left(actor)
    ]


def _courier(found: Queue) -> dict[str, object]:
    return {
        "courier_down": found.waiting > 0,
        "waiting": found.waiting,
        "next_try": showing.clock_time(found.next_try),
        "without_number": found.without_number,
    }


def _paging(request: PersonRequest, found: Queue) -> dict[str, str]:
    kept = {name: request.GET.get(name, "") for name in ("state", "age")}
    kept = {name: value for name, value in kept.items() if value}
    on = {**kept, "after": str(found.rows[-1].order_id)} if found.more and found.rows else {}
    return {
        "first_page": urlencode(kept) if request.GET.get("after") else "",
        "at_first": "" if request.GET.get("after") else "1",
        "later_page": urlencode(on),
        "query": request.GET.urlencode(),
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
