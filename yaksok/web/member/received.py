"""누가 받아 갔나요: everybody who received something, for what, and what each answered afterwards."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.journeys import received
from yaksok.journeys.received import Given, Recipient
from yaksok.web import wording
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.outcomes import OUTCOMES, STATES
from yaksok.web.session import PersonRequest


@require_safe
@members_only
def page(request: PersonRequest) -> HttpResponse:
    """Recipients, newest handover first, without any value."""
    found = received.view(person_of(request).actor, current())
    shown = {"here": "received", "recipients": [_recipient(one) for one in found]}
    return render(request, "member/received.html", shown)


def _recipient(one: Recipient) -> dict[str, object]:
    return {
        "is": one,
        "given": list(_given(one.given)),
    }


def _given(handed: Iterable[Given]) -> Iterable[dict[str, object]]:
    for one in handed:
        yield {
            "is": one,
            "items": wording.items(one.items, one.kind),
            "state": wording.said(STATES, one.state),
            "followed": [(after, wording.said(OUTCOMES, after.outcome)) for after in one.followed],
        }
