"""The notice board: a list and its notices, the same for everybody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.journeys import board
from yaksok.web import wording
from yaksok.web.language import current
from yaksok.web.storefront.paging import ways


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """One page of the list, newest first."""
    page = board.notices(current(), request.GET.get("page", ""))
    listed = [(wording.NOTICES[line.kind], line) for line in page.lines]
    shown = {"page": page, "listed": listed, "ways": ways(page, {})}
    return render(request, "storefront/notices.html", shown)


@require_safe
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice, and what corrects it."""
    found = board.notice(notice_id, current())
    shown = {
        "notice": found,
        "parts": board.parts(found.body),
        "kind": wording.NOTICES[found.kind],
    }
    return render(request, "storefront/notice_post.html", shown)
