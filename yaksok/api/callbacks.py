"""Partners report here. What counts is the signature over the raw body, checked in the journey."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from yaksok.journeys import dispatch, pay


@require_POST
def payment(request: HttpRequest) -> HttpResponse:
    """The payment provider says what became of a payment. 204 when taken, also when repeated."""
    pay.webhook(request.body, dict(request.headers))
    return HttpResponse(status=204)


@require_POST
def courier(request: HttpRequest) -> HttpResponse:
    """The courier says where a parcel is. 204 when taken, also when repeated."""
    dispatch.tracked(request.body, dict(request.headers))
    return HttpResponse(status=204)
