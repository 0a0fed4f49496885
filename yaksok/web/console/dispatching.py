"""One order on its way out: what is sent, what the courier gets, and what came of it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yaksok.journeys import dispatch as sending
from yaksok.journeys import dispatch_queue
from yaksok.kernel.ids import OrderId
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting, may_dispatch, trained_only
from yaksok.web.session import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@trained_only
@takes(Text(ko="택배회사에 넘기기", en="Handing over to the courier"))
def dispatch(request: PersonRequest, order_id: UUID) -> HttpResponse:
    """The order; posted, it is handed over."""
    actor = acting(request)
    results: tuple[showing.Said, ...] = ()
    if request.method == "POST":
        results = showing.results(sending.dispatch([order_id], actor))
    found = dispatch_queue.detail(actor, OrderId(order_id))
    row = found.row
    shown = {
        "here": "orders",
        "results": results,
        "order": row,
        "state_label": showing.state(row.state),
        "name": row.name,
        "lines": showing.lines(row),
        "attempts": showing.attempts(row),
        "tracking": showing.steps(found),
        "may_dispatch": may_dispatch(actor),
        "role_label": showing.role(actor),
    }
    return render(request, "console/dispatch.html", shown)
