"""Reviews at the console: read the newest, hide one for a reason, show it again."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yaksok.journeys import review_desk
from yaksok.kernel.errors import Invalid
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting, trained_only
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

HIDDEN = "hidden"


@require_safe
@staff_only
@trained_only
@takes(Text(ko="후기 (콘솔)", en="Reviews (console)"), address=frozenset({"state"}))
def reviews(request: PersonRequest) -> HttpResponse:
    """The newest that everybody reads, or those that are hidden."""
    return _list(request, hidden=request.GET.get("state") == HIDDEN)


@require_POST
@staff_only
@takes(Text(ko="후기 가리기 (콘솔)", en="Hiding a review (console)"), fields=frozenset({"why"}))
def hide(request: PersonRequest, review_id: UUID) -> HttpResponse:
    """Nobody reads it any more; the writer is told why."""
    why = posted(request).get("why", "")
    try:
        review_desk.hide(acting(request), review_id, why, language=current())
    except Invalid as invalid:
        return _list(request, hidden=False, problem=str(invalid.problems["why"]))
    return HttpResponseRedirect(reverse("console:reviews"))


@require_POST
@staff_only
@takes(Text(ko="후기 다시 보이기 (콘솔)", en="Showing a review again (console)"))
def show(request: PersonRequest, review_id: UUID) -> HttpResponse:
    """Everybody reads it again."""
    review_desk.show(acting(request), review_id)
    return HttpResponseRedirect(f"{reverse('console:reviews')}?state={HIDDEN}")


def _list(request: PersonRequest, *, hidden: bool, problem: str = "") -> HttpResponse:
    actor = acting(request)
    shown = {
        "here": "reviews",
        "role_label": showing.role(actor),
        "reviews": review_desk.newest(actor, hidden=hidden, language=current()),
        "reasons": review_desk.reasons(current()),
        "hidden": hidden,
        "problem": problem,
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "console/reviews.html", shown, status=status)
