"""Partners report here. What counts is the signature over the raw body, checked in the journey."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from yaksok.journeys import dispatch, pay, programmes
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text


@require_POST
@takes(
    Text(ko="결제 회사의 알림", en="News of the payment provider"),
    fields=frozenset({"eventType", "data.orderId"}),
    signed=True,
)
def payment(request: HttpRequest) -> HttpResponse:
    """The payment provider says what became of a payment. 204 when taken, also when repeated."""
    pay.webhook(request.body, dict(request.headers))
    return HttpResponse(status=204)


@require_POST
@takes(
    Text(ko="택배회사의 알림", en="News of the courier"),
    fields=frozenset({"at", "event", "parcel", "state", "tracking_number"}),
    signed=True,
)
def courier(request: HttpRequest) -> HttpResponse:
    """The courier says where a parcel is. 204 when taken, also when repeated."""
    dispatch.tracked(request.body, dict(request.headers))
    return HttpResponse(status=204)


@require_POST
@takes(
    Text(ko="제휴 회사의 알림", en="News of a partner"),
    fields=frozenset({"request", "result"}),
    signed=True,
)
def partner(request: HttpRequest, name: str) -> HttpResponse:
    """A partner says what it did with a message. 204 when taken, also when repeated."""
    programmes.hear(name, request.body, dict(request.headers))
    return HttpResponse(status=204)
