"""Looking around: home, category, product, search. The same page for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yaksok.journeys import board, browse, reading_reviews, restock
from yaksok.journeys.basket import FREE_SHIPPING_FROM, MOST_OF_ONE, SHIPPING_FEE
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.web.language import current
from yaksok.web.session import PersonRequest
from yaksok.web.storefront.paging import ways
from yaksok.web.storefront.visitors import actor_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    shown = {
        "home": browse.home(current()),
        "latest": board.latest(current()),
        "policy": policy(),
    }
    return render(request, "storefront/home.html", shown)


@require_safe
@takes(Text(ko="분류", en="Category"), address=frozenset({"in_stock", "page", "sort"}))
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of a category, sorted and filtered as the address says."""
    asked = request.GET
    in_stock = asked.get("in_stock") == "1"
    listing = browse.category(
        slug, asked.get("sort", ""), asked.get("page", ""), current(), in_stock=in_stock
    )
    kept = {"sort": listing.sort.value, "in_stock": "1" if in_stock else ""}
    shown = {"listing": listing, "page": listing.page, "ways": ways(listing.page, kept)}
    return render(request, "storefront/category.html", shown)


@require_safe
def product(request: PersonRequest, slug: str) -> HttpResponse:
    """One product with what it takes to buy it."""
    found = browse.product(slug, current())
    facts = {"fee": SHIPPING_FEE, "free_from": FREE_SHIPPING_FROM, "most": MOST_OF_ONE}
    buyable = [one for one in found.variants if one.left]
    chosen = buyable[0] if len(buyable) == 1 else None
    shown: dict[str, object] = {"product": found, "chosen": chosen, **facts}
    shown["question"] = browse.question(found)
    shown["sold_out"] = restock.sold_out(actor_of(request), found)
    shown["figures"] = reading_reviews.figures(slug)
    return render(request, "storefront/product.html", shown)


@require_safe
@takes(Text(ko="찾기", en="Search"), address=frozenset({"page", "q"}))
def search(request: HttpRequest) -> HttpResponse:
    """What a search found, or what else to try."""
    found = browse.search(request.GET.get("q", ""), request.GET.get("page", ""), current())
    shown = {"found": found, "query": found.query, "page": found.page}
    shown["ways"] = ways(found.page, {"q": found.query})
    if not found.page.total:
        shown["categories"] = browse.categories(current())
    return render(request, "storefront/search.html", shown)
