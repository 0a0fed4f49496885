"""One order on its way out: what is sent, what the courier gets, and what came of it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yaksok.journeys import dispatch as sending
from yaksok.journeys import dispatch_queue
from yaksok.kernel.ids import OrderId
from yaksok.web import wording
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting, may_dispatch, trained_only
from yaksok.web.design.templatetags.design import moment
from yaksok.web.language import current
from yaksok.web.session import PersonRequest

STEPS = {
    "handed": _("택배회사가 받았어요"),
    "picked_up": _("택배 기사가 가져갔어요"),
    "in_transit": _("가고 있어요"),
    "delivered": _("배송을 마쳤어요"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@trained_only
def dispatch(request: PersonRequest, order_id: UUID) -> HttpResponse:
    """The order; posted, it is handed over."""
    actor = acting(request)
    results: tuple[showing.Said, ...] = ()
    if request.method == "POST":
        results = showing.results(sending.dispatch([order_id], actor))
    found = dispatch_queue.detail(actor, OrderId(order_id))
    row, language = found.row, current()
    shown = {
        "here": "orders",
        "results": results,
        "order": row,
        "state_label": showing.state(row.state),
        "name": row.name,
        "lines": [
            {
                "name": line.name[language],
                "option": line.option[language],
                "quantity": line.quantity,
            }
            for line in row.lines
        ],
        "attempts": showing.attempts(row),
        "tracking": [
            {"at": moment(step.at), "label": wording.said(STEPS, step.state)}
            for step in found.steps
        ],
        "may_dispatch": may_dispatch(actor),
        "role_label": showing.role(actor),
    }
    return render(request, "console/dispatch.html", shown)
