"""Receipts of notices and consents, taken along as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from yaksok.journeys import receipts
from yaksok.web.admission import members_only
from yaksok.web.language import current
from yaksok.web.member.entering import person_of
from yaksok.web.session import PersonRequest


@require_safe
@members_only
def every(request: PersonRequest) -> HttpResponse:
    """All receipts of the member in one file."""
    return _file(receipts.every(person_of(request).actor, current()), receipts.FILE)


@require_safe
@members_only
def one(request: PersonRequest, receipt_id: UUID) -> HttpResponse:
    """One receipt as a file."""
    actor = person_of(request).actor
    return _file(receipts.one(actor, receipt_id, current()), f"{receipts.FILE}-{receipt_id}")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response
