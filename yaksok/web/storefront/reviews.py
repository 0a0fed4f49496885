"""What members say about one product. Its words are opened for each reader, so no edge keeps this page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.journeys import browse, reading_reviews
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.web.language import current
from yaksok.web.session import PersonRequest
from yaksok.web.storefront.paging import ways


@require_safe
@takes(Text(ko="구매 후기", en="Reviews"), address=frozenset({"page"}))
def reviews(request: PersonRequest, slug: str) -> HttpResponse:
    """One page of the reviews of a product, the newest first."""
    product = browse.product(slug, current())
    page = reading_reviews.page(slug, request.GET.get("page", ""))
    shown = {"product": product, "page": page, "figures": page.figures, "ways": ways(page, {})}
    return render(request, "storefront/reviews.html", shown)
