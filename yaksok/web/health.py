"""``/healthz``: whether the mall can serve now. Says states and ages, never an address or a key."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from yaksok.evidence.running import look


@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's shape
    """200 when everything a shopper needs answers, else 503; what is wrong stands in the body."""
    state = look()
    return JsonResponse(state.as_dict(), status=200 if state.well else 503)
